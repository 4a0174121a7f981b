"""Edits: whether one only mends typing mistakes, so that what was written of the words may stay.

Where that is not certain, the edit counts as more: to write anew costs little, and a brief that
denies what its sentence says costs trust. Spelling is compared in scripts that set words apart, and
negations are known in the languages of the word lists.
"""

import re
import unicodedata
from collections.abc import Iterator

from bot.core.folding import folded
from bot.core.model import Message, Place
from bot.core.sentences import Sentence, SentenceKind, split
from bot.core.wordlists import NEGATIONS, NUMBERS

ONE_IN = 5
"""Of so many words of a sentence one may be spelt differently; one may in any sentence."""
LEAST_LETTERS = 4
"""Letters of a word that may lose, get or change one: shorter ones are soon other words."""
_LETTER_FOR_LETTER = (SentenceKind.CODE, SentenceKind.CONTESTED)
_CODE = re.compile(r"`[^`]+`")
_EXACT = re.compile(r"[\d@#<>/\\]|\w[.:]\w")
"""Marks a number, a mention, an emoji, an address or a file name."""
_AROUND = ".,;:!?…()[]{}\"'“”„‘’«»*_"
_TOKEN = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*|\?+|[^\w\s]")
_APOSTROPHE = re.compile("['’ʼ]")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u9fff\uac00-\ud7af]"
)


def mended(before: Message, after: Message) -> dict[Place, Place] | None:
    """Where each sentence stands after an edit that only mends typing mistakes, by its old place.

    None where the edit does more. `contested` of both is where contested words stand then and now.
    """
    old, new = split(before), split(after)
    if _frame(before) != _frame(after) or len(old) != len(new):
        return None
    if not all(map(_is_mended, old, new)):
        return None
    return {_place(one): _place(other) for one, other in zip(old, new, strict=True)}


def _frame(message: Message) -> tuple[object, ...]:
    """What of a message no mended mistake changes; spoiler marks may stand between sentences."""
    spoilers = message.content.count("||")
    named = tuple(each.person for each in message.mentions)
    return message.author.source_id, message.reply_to, message.attachments, named, spoilers


def _is_mended(one: Sentence, other: Sentence) -> bool:
    if one.kind is not other.kind:
        return False
    return one.text == other.text or (
        one.kind not in _LETTER_FOR_LETTER and _nearly_same(folded(one.text), folded(other.text))
    )


def _nearly_same(one: str, other: str) -> bool:
    """Whether two sentences have the same words, but for a few that are spelt differently."""
    words, others = list(_words(one)), list(_words(other))
    if len(words) != len(others) or list(_exact(one)) != list(_exact(other)):
        return False
    changed = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return len(changed) <= max(1, len(words) // ONE_IN) and all(_respelt(*pair) for pair in changed)


def _words(text: str) -> Iterator[str]:
    """Words without case and apostrophes, question marks, and signs that are no punctuation."""
    for found in _TOKEN.findall(text.casefold()):
        word = _APOSTROPHE.sub("", found)
        if word.startswith("?"):
            yield "?"
        elif word and not unicodedata.category(word[0]).startswith("P"):
            yield word


def _exact(text: str) -> Iterator[str]:
    """Pieces in which no character may change."""
    yield from _CODE.findall(text)
    yield from (piece.strip(_AROUND) for piece in text.split() if _EXACT.search(piece))


def _respelt(one: str, other: str) -> bool:
    """Whether two words are likely the same one, with a typing mistake in either."""
    pair = (one, other)
    if any(word in NEGATIONS or word in NUMBERS or _UNSPACED.search(word) for word in pair):
        return False
    shorter = min(len(one), len(other))
    same = next((place for place in range(shorter) if one[place] != other[place]), shorter)
    rest, other_rest = one[same:], other[same:]
    if rest[1::-1] == other_rest[:2] and rest[2:] == other_rest[2:]:
        return True
    return same > 0 and shorter >= LEAST_LETTERS and _one_step(rest, other_rest)


def _one_step(one: str, other: str) -> bool:
    """Whether the first letter was put in, left out or replaced."""
    return one[1:] == other[1:] or one[1:] == other or one == other[1:]


def _place(sentence: Sentence) -> Place:
    return sentence.span.start, sentence.span.end
