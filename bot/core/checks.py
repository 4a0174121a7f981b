"""The checker: a model's words reach nobody before every part of them is seen to be founded.

It finds what code can find: numbers, links, names and quotations that are in no sentence they stand
on, marks that would have an effect on Discord, words of consensus that nobody said, text that does
not fit. Whether a statement renders its sentences well it cannot tell.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.core.copies import copies, runs
from bot.core.figures import figures, given
from bot.core.folding import folded
from bot.core.inert import visible
from bot.core.links import dotted, links
from bot.core.wordlists import ALL, CONSENSUS, EVERYBODY, LEADING, MAJORITY, ORDINARY

_PING = re.compile(r"(?<!\w)@\w|<[@#/][!&]?[\w:]+>?|<t:\d+|<id:", re.IGNORECASE)
_HANDLE = re.compile(r"@(\w+)")
_MASKED_LINK = re.compile(r"\]\s*\(")
_MARKUP = re.compile(
    r"</?[a-z!][^>]*>|<a?:\w+:\d+>|!\[|```|^\s*(?:#{1,6} |-# |>)|\|\|", re.IGNORECASE | re.MULTILINE
)
_LIVE = re.compile(r"[a-z][a-z0-9+.-]*:|www\.|discord", re.IGNORECASE)
"""How addresses begin that a chat turns into links; a bare `w3.org` is a name like any other."""
_QUOTED = re.compile(
    r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|「([^「」]+)」|(?<!\w)\"([^\"]+)\"(?!\w)"
)
_LABEL = re.compile(r"\bP\d+s?\b|\b\d+\.\d+\b(?=[)\]])")
_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")
_IDENTIFIER = re.compile(r"[^\s\d]?[\w./#-]*\d[\w./#-]*")
_COUNTED_NAME = re.compile(r"([^\W\d_]{2,})\W{1,2}(\d+)\b")
SHORT_QUOTE = 3
"""Words in quotation marks up to this many are taken for emphasis, not for a quotation."""
INSTRUCTED = 8
"""Words in a row that the instructions of the model have too, and that are no chance."""
TELLING = 8
"""Letters of a word of consensus from which it is one by itself: majority, unanimous."""
CODE = 4
"""Digits in a row that are the name of something more often than a quantity (EIP-7610)."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a text stands on.

    `sentences` are the words of its evidence; `around` are other words of the discussion, folded,
    which bear out the names of things but no quantity. `names` are the people of the topic, folded,
    of whom `known` may be named. `instructions` are what the model was told to do, none of which
    is for a reader. `limit` is in characters.
    """

    sentences: tuple[str, ...]
    around: str = ""
    names: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    instructions: str = ""
    limit: int = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """A reason for the receipt, and what is wrong in words for the model."""

    reason: str
    told: str


def faults(text: str, grounds: Grounds) -> tuple[Fault, ...]:
    """What is unfounded or unfit in a text, each reason once; empty where it may pass."""
    found: dict[str, Fault] = {}
    for fault in _faults(text, grounds):
        found.setdefault(fault.reason, fault)
    return tuple(found.values())


def _faults(text: str, grounds: Grounds) -> Iterator[Fault]:
    if not _LETTER.search(text):
        yield Fault("empty", "there are no words")
    if len(text) > grounds.limit:
        yield Fault("too_long", f"it has over {grounds.limit} characters")
        return  # the other checks are made for texts that may be shown
    if visible(text) != text:
        yield Fault("control_character", "it has control characters")
    text = folded(text)
    if any(_is_live(text, found, grounds) for found in _PING.finditer(text)):
        yield Fault("ping", "it has a mention; write plain words")
    if _MASKED_LINK.search(text) or _MARKUP.search(text):
        yield Fault("markup", "it has markup; write plain words")
    if _LABEL.search(text):
        yield Fault("label", "it has a label or an id in a place where there is none")
    told = _told(grounds.instructions)
    if copies(text, told, INSTRUCTED, grounds.sentences):
        yield Fault("instructions", "it repeats your instructions; say what the people say")
    yield from _unfounded(text, grounds)
    yield from _consensus(text, grounds)


def _is_live(text: str, ping: re.Match[str], grounds: Grounds) -> bool:
    """Whether a mark may ping; a word that people write with an @ pings nobody, but for two."""
    word = _HANDLE.match(text, ping.start())
    if word is None or word[1].casefold().startswith(("everyone", "here")):
        return True
    said = f"{folded(' '.join(grounds.sentences))} {grounds.around}".casefold()
    return word.group().casefold() not in said


def _unfounded(text: str, grounds: Grounds) -> Iterator[Fault]:
    """What is in none of the sentences, though only they could give it."""
    said = folded(" \n ".join(grounds.sentences))
    yield from _linked(text, said, grounds.around)
    for number in _numbers(text, said, grounds.around):
        yield Fault("invented_number", f"the number {number} is not in the sentences that it cites")
    stands_on = _plain(said)
    for quotation in _quotations(text):
        if _plain(quotation) not in stands_on:
            told = f'the words "{quotation}" are not in the sentences that it cites'
            yield Fault("invented_quote", f"{told}; leave out the quotation marks or quote exactly")
    for name in _named(text, grounds):
        if _plain(name) not in stands_on:
            yield Fault("invented_name", f"it names {name}; name people by their labels")


def _linked(text: str, said: str, around: str) -> Iterator[Fault]:
    for found in links(text):
        if _LIVE.match(found) or found.casefold() not in said.casefold():
            yield Fault("link", f"it has the address {found}; say in words what is there")
            return
    for host in dotted(text):
        if host.casefold() not in said.casefold() and host.casefold() not in around.casefold():
            yield Fault("invented_link", f"{host} is in no message")


def _numbers(text: str, said: str, around: str) -> Iterator[str]:
    """Quantities that the sentences lack, and names with digits that nobody in sight writes."""
    bare = _LABEL.sub(" ", text)
    for number in dict.fromkeys(figures(bare)):
        if not given(number, said) and not (_is_name(number, bare, around)):
            yield number


def _is_name(number: str, text: str, around: str) -> bool:
    """Whether a number is a part of a name that the discussion has: `Option 1`, `EIP-7610`."""
    if not number.replace(".", "").isdecimal() or not _stands(rf"(?<![\d.,]){number}", around):
        return False
    if len(number) >= CODE:
        return True
    tokens = (found.group() for found in _IDENTIFIER.finditer(text))
    if any(number in token and _LETTER.search(token) for token in tokens):
        return True
    words = [word for word, counted in _COUNTED_NAME.findall(text) if counted == number]
    return any(_stands(rf"{word}\W{{1,2}}{number}", around) for word in words)


def _stands(pattern: str, text: str) -> bool:
    return re.search(rf"{pattern}(?!\d)", text, re.IGNORECASE) is not None


@lru_cache(maxsize=16)
def _told(instructions: str) -> frozenset[str]:
    """The same for every call of a prompt; people's words are never kept like this."""
    return runs(instructions, INSTRUCTED)


def _plain(text: str) -> str:
    """Text for comparison: case, white space and the shape of quotation marks don't count."""
    text = re.sub(r"[‘’‚‛´`]", "'", text.casefold())
    text = re.sub(r"[“”„«»]", '"', text)
    return " ".join(re.sub(r"[*_~]+", "", text).split()).strip(" .,;:!?…")


def _quotations(text: str) -> Iterator[str]:
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
    allowed = {folded(name).strip().casefold() for name in grounds.known}
    for name in grounds.names:
        whole = name.strip()
        if whole.casefold() in allowed:
            continue
        if says(text, whole, as_name=whole.casefold() in ORDINARY):
            yield whole
        parts = [part for part in whole.split() if len(part) > 2 and part[0].isupper()]
        rest = [part for part in parts if part != whole and part.casefold() not in ORDINARY]
        yield from (part for part in rest if says(text, part, as_name=True))


def says(text: str, name: str, *, as_name: bool) -> bool:
    """Whether a text has a name as a word; `as_name`: only where it is written as one."""
    if len(name) < 2 or not _LETTER.search(name):
        return False
    if text.isascii() and name.isascii() and name.lower() not in text.lower():
        return False  # what most of a topic's people come to, many times over
    written = name.title() if as_name else name
    pattern = rf"(?<!\w){re.escape(written)}(?!\w)"
    found = re.finditer(pattern, text, 0 if as_name else re.IGNORECASE)
    return any(not as_name or not _opens_sentence(text, match.start()) for match in found)


def _opens_sentence(text: str, position: int) -> bool:
    before = text[:position].rstrip(" \"'“‘(*_")
    return not before or before.endswith((".", "!", "?", "\n", ":", "…"))


def _consensus(text: str, grounds: Grounds) -> Iterator[Fault]:
    words, said = _words(text), _words(folded(" ".join(grounds.sentences)))
    for phrase in CONSENSUS | EVERYBODY | MAJORITY:
        is_there = _speaks_for(phrase, text) if phrase in EVERYBODY else f" {phrase} " in words
        if is_there and not _is_said(phrase, said):
            told = f'it says "{phrase}", and none of its sentences does; nobody has counted'
            yield Fault("unfounded_consensus", told)


def _speaks_for(everybody: str, text: str) -> bool:
    """Whether everybody does something, not whether something is done to them ("asks everyone")."""
    opening = rf"(?:^|[^\w\s]\s*|\b(?:{'|'.join(LEADING)})\s+){everybody}\b"
    return re.search(opening, text.casefold().replace("'", " ")) is not None


def _is_said(phrase: str, said: str) -> bool:
    """Whether sentences have a phrase, or the long word that makes it one ("by majority")."""
    if phrase in EVERYBODY and any(f" {word} " in said for word in EVERYBODY | ALL):
        return True
    longest = max((word for word in phrase.split() if word not in EVERYBODY), key=len, default="")
    return f" {phrase} " in said or (len(longest) >= TELLING and f" {longest} " in said)


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def reasons(found: Iterable[Fault]) -> tuple[str, ...]:
    """The reasons alone, each once."""
    return tuple(dict.fromkeys(fault.reason for fault in found))
