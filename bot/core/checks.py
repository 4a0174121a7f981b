"""The checker: what a model wrote reaches nobody before every part of it is seen to be founded.

It finds what code can find: numbers, links, names and quotes that are in no sentence it stands
on, marks that would have an effect on Discord, words of consensus that the counts do not bear
out, text that does not fit. Whether a claim renders its sentences well it cannot tell; that is
why a claim is always shown with its quotes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.core.inert import visible
from bot.core.wordlists import CONSENSUS, EVERYBODY, FIRST_PERSON, MAJORITY, ORDINARY, RECANTING

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]+|discord\.gg/\S+", re.IGNORECASE)
_HOST = re.compile(
    r"\b(?:[a-z0-9-]+\.)+(?:com|net|org|io|gg|co|dev|app|xyz|ru|info|me)\b/?\S*", re.I
)
_PING = re.compile(r"@(?:everyone|here)|<[@#/][!&]?[\w:]+>?|<t:\d+", re.IGNORECASE)
_MASKED_LINK = re.compile(r"\]\s*\(")
_MARKUP = re.compile(r"</?[a-z][^>]*>|!\[|```|^#{1,3} |\|\|", re.IGNORECASE | re.MULTILINE)
_QUOTED = re.compile(
    r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|「([^「」]+)」|(?<!\w)\"([^\"]+)\"(?!\w)"
)
_LABEL = re.compile(r"\b[PSVNQ]\d+\b|\b\d+\.\d+\b(?=[)\]])")
_WORD = re.compile(r"[^\W\d_]+")
_WORD_OR_NUMBER = re.compile(r"[^\W_]+")
_I = re.compile(r"(?<![\w./])I(?![\w./-])")
_LETTER = re.compile(r"[^\W\d_]")
_ENDS = tuple(".!?…。！？؟।\"'”’»)」")
SHORT_QUOTE = 3
"""Words in quotation marks up to this many are taken for emphasis, not for a quote."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a text stands on.

    `sentences` are the words of its evidence, `given` what code put before the model besides
    (counts, the names that it may use), `names` the people of the topic. `holders` of `speakers`
    hold the view that the text tells of; without them no word of consensus is borne out.
    `limit` is in characters.
    """

    sentences: tuple[str, ...]
    given: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    holders: int = 0
    speakers: int = 0
    limit: int = 1000


def faults(text: str, grounds: Grounds) -> tuple[str, ...]:
    """What is unfounded or unfit in a text, as reasons for the receipt; empty where it may pass."""
    return tuple(dict.fromkeys(_faults(text, grounds)))


def _faults(text: str, grounds: Grounds) -> Iterator[str]:
    stands_on = _plain(" \n ".join(grounds.sentences))
    if not _LETTER.search(text):
        yield "empty"
    if len(text) > grounds.limit:
        yield "too_long"
    if visible(text) != text or "\x1b" in text:
        yield "control_character"
    if _PING.search(text):
        yield "ping"
    if _MASKED_LINK.search(text) or _MARKUP.search(text):
        yield "markup"
    if any(_plain(link) not in stands_on for link in _links(text)):
        yield "invented_link"
    if any(not _has_number(number, stands_on, grounds.given) for number in _numbers(text)):
        yield "invented_number"
    if any(_plain(quote) not in stands_on for quote in _quotes(text)):
        yield "invented_quote"
    if any(_plain(name) not in stands_on for name in _named(text, grounds)):
        yield "invented_name"
    if _LABEL.search(text):
        yield "label"
    yield from _consensus(text, grounds)


def unfinished(text: str, limit: int) -> bool:
    """Whether a text was cut off by a limit in the middle of a sentence."""
    return len(text) >= limit - 1 and not text.rstrip().endswith(_ENDS)


def speaks_of_itself(text: str) -> bool:
    """Whether a text speaks in the first person, as a claim about what somebody holds does not."""
    words = _words(text)
    return bool(_I.search(text)) or any(f" {word} " in words for word in FIRST_PERSON)


def recants(text: str) -> bool:
    """Whether a text says, in the words of a list, that its writer has changed their mind."""
    words = _words(text)
    return any(f" {phrase} " in words for phrase in RECANTING)


def shares_run(text: str, sentences: Iterable[str], length: int) -> bool:
    """Whether a text has `length` words in a row that one of the sentences has too."""
    runs = {run for sentence in sentences for run in _runs(sentence, length)}
    return any(run in runs for run in _runs(text, length))


def _runs(text: str, length: int) -> Iterator[tuple[str, ...]]:
    words = _WORD_OR_NUMBER.findall(text.casefold())
    return (tuple(words[at : at + length]) for at in range(len(words) - length + 1))


def _plain(text: str) -> str:
    """Text for comparison: case, white space and the shape of quotation marks don't count."""
    text = re.sub(r"[‘’‚‛´`]", "'", text.casefold())
    text = re.sub(r"[“”„«»]", '"', text)
    return " ".join(text.split()).strip(" .,;:!?…")


def _links(text: str) -> Iterator[str]:
    for pattern in (_LINK, _HOST):
        yield from (found.group().rstrip(".,;:!?'\"") for found in pattern.finditer(text))


def _numbers(text: str) -> Iterator[str]:
    without_labels = _LABEL.sub(" ", text)
    return (found.group() for found in _NUMBER.finditer(without_labels))


def _has_number(number: str, stands_on: str, given: frozenset[str]) -> bool:
    return number in given or number in {found.group() for found in _NUMBER.finditer(stands_on)}


def _quotes(text: str) -> Iterator[str]:
    for found in _QUOTED.finditer(text):
        words = next(group for group in found.groups() if group)
        for part in re.split(r"…|\.\.\.|\[…\]", words):
            if len(part.split()) > SHORT_QUOTE:
                yield part


def _named(text: str, grounds: Grounds) -> Iterator[str]:
    """Names of the topic's people that the text says and that nobody gave it.

    A name that is an ordinary word ("will") counts only where it is written as a name.
    """
    allowed = {name.casefold() for name in grounds.given}
    for name in grounds.names:
        known = name.strip()
        if len(known) < 2 or known.casefold() in allowed or not _LETTER.search(known):
            continue
        ordinary = known.casefold() in ORDINARY
        flags = 0 if ordinary else re.IGNORECASE
        written = known.title() if ordinary else known
        pattern = rf"(?<!\w){re.escape(written)}(?!\w)"
        if any(
            not _opens_sentence(text, m.start()) or not ordinary
            for m in re.finditer(pattern, text, flags)
        ):
            yield known


def _opens_sentence(text: str, position: int) -> bool:
    before = text[:position].rstrip(" \"'“‘(*_")
    return not before or before.endswith((".", "!", "?", "\n", ":", "…"))


def _consensus(text: str, grounds: Grounds) -> Iterable[str]:
    words, said = _words(text), _words(" ".join(grounds.sentences))
    everybody = {phrase for phrase in EVERYBODY if f" {phrase} " not in said}
    all_hold = grounds.speakers > 1 and grounds.holders == grounds.speakers
    most_hold = grounds.speakers > 1 and grounds.holders * 2 > grounds.speakers
    if not all_hold and any(f" {phrase} " in words for phrase in CONSENSUS | everybody):
        yield "unfounded_consensus"
    if not most_hold and any(f" {phrase} " in words for phrase in MAJORITY):
        yield "unfounded_consensus"


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "
