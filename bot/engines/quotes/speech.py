"""What the form of a sentence tells: whether it says something, whether it asks.

Form only: letters, length, punctuation, and a short list of polite phrases. It knows nothing of
what a sentence means, so what it can't tell it lets pass.
"""

import re
from collections.abc import Iterator, Sequence

from bot.core.letters import MARKS
from bot.core.sentences import Sentence, SentenceKind
from bot.engines.quotes.phrases import GREETINGS, PLEASANTRIES, THANKS, UNSPACED_THANKS

_TRIMMINGS = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]++@[\w-]+\.[\w.-]+"  # links, addresses
    r"|<(?:a?:\w+:|@[!&]?|#|t:|/[\w ]+:)\d+(?::\w)?>|@(?:everyone|here)\b|:\w+:"  # pings, emoji
)
_CODE = re.compile(r"`[^`]*`")
_LETTERS = rf"[^\W\d_](?:[^\W\d_]|[{MARKS}])*"
_WORD = re.compile(rf"{_LETTERS}(?:['’]{_LETTERS})*")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+")
_CLAUSE = re.compile(r"[,;:!?.…()\n，。！？、]+|\s[-–—]+\s|—")
_LAUGHTER = re.compile(r"a?(?:ha){2,}h?|(?:he){2,}|(?:ja){2,}|l+o+l+|lmf?ao+|rofl|x+d+|w{3,}|k{4,}")
_QUESTION_MARK = re.compile("[?？؟\u037e\u055e⁇⁈⁉]")
_CLOSING_QUOTES = frozenset("\"'”’»」』“")
LONGEST_THANKS = 10
"""Words of a clause that opens with thanks up to which it is nothing but thanks."""
LONGEST_GREETING = 4
LEAST_SAID = 2
"""Words below which a sentence says nothing that could be quoted."""
LEAST_ASKED = 3
"""Words below which a question is a tag ("right?") or an exclamation ("what?!")."""


def says_something(sentence: Sentence) -> bool:
    """Whether a sentence is prose with something in it besides thanks, greetings and laughter."""
    if sentence.kind is not SentenceKind.PROSE:
        return False
    return sum(map(_said, _clauses(sentence.text))) >= LEAST_SAID


def asks(sentence: Sentence) -> bool:
    """Whether a sentence is a question in its own right: a quoted one and a tag are not."""
    if sentence.kind is not SentenceKind.PROSE or not _QUESTION_MARK.search(sentence.text):
        return False
    text = _TRIMMINGS.sub(" ", _CODE.sub(" ", sentence.text))
    marks = text[_end_of_words(text) :]
    after = _QUESTION_MARK.split(marks)[1:]
    if not after or not _CLOSING_QUOTES.isdisjoint(after[-1]):
        return False
    return length(text) >= LEAST_ASKED


def _end_of_words(text: str) -> int:
    return max((end for end, letter in enumerate(text, start=1) if letter.isalnum()), default=0)


def words(text: str) -> list[str]:
    """The words of a text in lower case, links and mentions apart."""
    return _WORD.findall(_TRIMMINGS.sub(" ", text).casefold().replace("’", "'"))


def length(text: str) -> int:
    """How many words a text has, as `count` counts them."""
    return count(words(text))


def count(said: Sequence[str]) -> int:
    """How many words those are; two characters count as one where words aren't spaced."""
    together = " ".join(said)
    if together.isascii():
        return len(said)
    unspaced = sum(map(len, _UNSPACED.findall(together)))
    return len(_WORD.findall(_UNSPACED.sub(" ", together))) + (unspaced + 1) // 2


def _clauses(text: str) -> Iterator[str]:
    plain = _TRIMMINGS.sub(" ", text).casefold()
    return (clause for clause in _CLAUSE.split(plain) if clause.strip())


def _said(clause: str) -> int:
    """How many words of a clause say something."""
    if clause.strip().startswith(UNSPACED_THANKS):
        return 0
    found = _WORD.findall(clause)
    words = [word for word in found if not _LAUGHTER.fullmatch(word)]
    if not words or " ".join(words) in PLEASANTRIES:
        return 0
    if words[0] in THANKS and len(words) <= LONGEST_THANKS:
        return 0
    if words[0] in GREETINGS and len(words) <= LONGEST_GREETING:
        return 0
    laughed = len(words) < len(found)
    return 0 if laughed and len(words) <= LEAST_SAID else count(words)
