"""The checker: what a model wrote reaches nobody before every part of it is seen to be founded.

It finds what code can find: numbers, links, names and quotes that are in no sentence it stands
on, marks that would have an effect on Discord, words of consensus that the counts do not bear
out, text that does not fit. Whether a claim renders its sentences well it cannot tell; that is
why a claim is always shown with its quotes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.core.copies import Source, copies, source
from bot.core.figures import figures, given
from bot.core.folding import folded
from bot.core.inert import visible
from bot.core.links import dotted, links
from bot.core.wordlists import CONSENSUS, EVERYBODY, FIRST_PERSON, MAJORITY, ORDINARY, RECANTING

_PING = re.compile(r"(?<!\w)@\w|<[@#/][!&]?[\w:]+>?|<t:\d+|<id:", re.IGNORECASE)
_MASKED_LINK = re.compile(r"\]\s*\(")
_MARKUP = re.compile(
    r"</?[a-z!][^>]*>|<a?:\w+:\d+>|!\[|```|^\s*(?:#{1,6} |-# |>)|\|\|", re.IGNORECASE | re.MULTILINE
)
_QUOTED = re.compile(
    r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|「([^「」]+)」|(?<!\w)\"([^\"]+)\"(?!\w)"
)
_LABEL = re.compile(r"\b[PSVNQ]\d+\b|\b\d+\.\d+\b(?=[)\]])")
_WORD = re.compile(r"[^\W\d_]+")
_I = re.compile(r"(?<![\w./])I(?![\w./-])")
_LETTER = re.compile(r"[^\W\d_]")
_ENDS = tuple(".!?…。！？؟।\"'”’»)」")
SHORT_QUOTE = 3
"""Words in quotation marks up to this many are taken for emphasis, not for a quote."""
INSTRUCTED = 5
"""Words in a row that the instructions of the model have too, and that are no chance."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a text stands on.

    `sentences` are the words of its evidence, `given` what code put before the model besides
    (counts, the names that it may use), `names` the people of the topic. `holders` of `speakers`
    hold the view that the text tells of; without them no word of consensus is borne out.
    `instructions` are what the model was told to do, none of which is for a reader. `limit` is in
    characters.
    """

    sentences: tuple[str, ...]
    given: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    holders: int = 0
    speakers: int = 0
    instructions: str = ""
    limit: int = 1000


def faults(text: str, grounds: Grounds) -> tuple[str, ...]:
    """What is unfounded or unfit in a text, as reasons for the receipt; empty where it may pass."""
    return tuple(dict.fromkeys(_faults(text, grounds)))


def _faults(text: str, grounds: Grounds) -> Iterator[str]:
    if not _LETTER.search(text):
        yield "empty"
    if len(text) > grounds.limit:
        yield "too_long"
        return  # the other checks are made for texts that may be shown
    if visible(text) != text:
        yield "control_character"
    text = folded(text)
    if _PING.search(text):
        yield "ping"
    if _MASKED_LINK.search(text) or _MARKUP.search(text):
        yield "markup"
    if _LABEL.search(text):
        yield "label"
    if copies(text, _told(grounds.instructions), grounds.sentences):
        yield "instructions"
    yield from _unfounded(text, grounds)
    yield from _consensus(text, grounds)


def _unfounded(text: str, grounds: Grounds) -> Iterator[str]:
    """What is in none of the sentences, though only they could give it."""
    said = folded(" \n ".join(grounds.sentences))
    stands_on = _plain(said)
    found = list(links(text))
    if any(_plain(each) not in stands_on for each in (*found, *dotted(text))):
        yield "invented_link"
    elif found:
        yield "link"
    numbers = figures(_LABEL.sub(" ", text))
    if any(each not in grounds.given and not given(each, said) for each in numbers):
        yield "invented_number"
    if any(_plain(quote) not in stands_on for quote in _quotes(text)):
        yield "invented_quote"
    if any(_plain(name) not in stands_on for name in _named(text, grounds)):
        yield "invented_name"


@lru_cache(maxsize=16)
def _told(instructions: str) -> Source:
    """The same for every call of a prompt; people's words are never kept like this."""
    return source([instructions], INSTRUCTED)


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


def _plain(text: str) -> str:
    """Text for comparison: case, white space and the shape of quotation marks don't count."""
    text = re.sub(r"[‘’‚‛´`]", "'", text.casefold())
    text = re.sub(r"[“”„«»]", '"', text)
    return " ".join(text.split()).strip(" .,;:!?…")


def _quotes(text: str) -> Iterator[str]:
    for found in _QUOTED.finditer(text):
        words = next(group for group in found.groups() if group)
        for part in re.split(r"…|\.\.\.|\[…\]", words):
            if len(part.split()) > SHORT_QUOTE:
                yield part


def _named(text: str, grounds: Grounds) -> Iterator[str]:
    """Names of the topic's people that the text says and that nobody gave it.

    A name that is an ordinary word ("will"), or only a part of one, counts where it is written
    as a name.
    """
    allowed = {name.casefold() for name in grounds.given}
    for name in grounds.names:
        whole = folded(name).strip()
        if whole.casefold() in allowed:
            continue
        if _says(text, whole, as_name=whole.casefold() in ORDINARY):
            yield whole
        parts = [part for part in whole.split() if len(part) > 2 and part[0].isupper()]
        rest = [each for each in parts if each != whole and each.casefold() not in ORDINARY]
        yield from (each for each in rest if _says(text, each, as_name=True))


def _says(text: str, name: str, *, as_name: bool) -> bool:
    if len(name) < 2 or not _LETTER.search(name):
        return False
    if text.isascii() and name.isascii() and name.lower() not in text.lower():
        return False  # what most of a topic's people come to, many times over
    written = name.title() if as_name else name
    pattern = rf"(?<!\w){re.escape(written)}(?!\w)"
    found = re.finditer(pattern, text, 0 if as_name else re.IGNORECASE)
    return any(not as_name or not _opens_sentence(text, each.start()) for each in found)


def _opens_sentence(text: str, position: int) -> bool:
    before = text[:position].rstrip(" \"'“‘(*_")
    return not before or before.endswith((".", "!", "?", "\n", ":", "…"))


def _consensus(text: str, grounds: Grounds) -> Iterable[str]:
    words, said = _words(text), _words(folded(" ".join(grounds.sentences)))
    everybody = {phrase for phrase in EVERYBODY if f" {phrase} " not in said}
    all_hold = grounds.speakers > 1 and grounds.holders == grounds.speakers
    most_hold = grounds.speakers > 1 and grounds.holders * 2 > grounds.speakers
    if not all_hold and any(f" {phrase} " in words for phrase in CONSENSUS | everybody):
        yield "unfounded_consensus"
    if not most_hold and any(f" {phrase} " in words for phrase in MAJORITY):
        yield "unfounded_consensus"


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "
