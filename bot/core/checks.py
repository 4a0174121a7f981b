"""The checker: a model's words reach nobody before every part of them is seen to be founded.

It finds what code can find: numbers, links, names and quotations that are in no sentence they stand
on, marks that would have an effect on Discord, views of a crowd that nobody counted, text that does
not fit. Whether a statement renders its sentences well it cannot tell. Takes linear time.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from bot.core.copies import copies, runs
from bot.core.crowds import crowds
from bot.core.figures import figures, is_given, values
from bot.core.folding import folded
from bot.core.inert import visible
from bot.core.links import dotted, links
from bot.core.lookalikes import alike, stacked
from bot.core.quotations import invented, quotations
from bot.core.roster import Roster
from bot.core.surroundings import Surroundings

_PING = re.compile(r"(?<!\w)@\w|@(?:everyone|here)|<[@#/][!&]?[\w:]+>?|<t:\d+|<id:", re.IGNORECASE)
_HANDLE = re.compile(r"@(\w+)")
_MASKED_LINK = re.compile(r"\]\s?\(")
_MARKUP = re.compile(
    r"</?[a-z!][^<>]*>|<a?:\w+:\d+>|!\[|`|\|\||~~|\|[ :]*-{2}"
    r"|^[^\S\n]*(?:#{1,6}\s|-#|>|[-+*•]\s|\|)",
    re.IGNORECASE | re.MULTILINE,
)
_LISTED = re.compile(r"\n[^\S\n]*\d{1,3}[.)]\s")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])[^*\n]*\*(?!\w)|(?<!\w)(__?)(?=[^\s_])[^\n_]*\1(?!\w)"
)
_LIVE = re.compile(r"[a-z0-9+.-]*:|www\.|discord|dis\.gd", re.IGNORECASE)
"""How addresses begin that a chat turns into links; a bare `w3.org` is a name like any other."""
_LABEL = re.compile(r"(?<![A-Za-z0-9_])P\d+s?(?![A-Za-z0-9_])|\b\d+\.\d+\b(?=[)\]])")
_LETTER = re.compile(r"[^\W\d_]")
INSTRUCTED = 8
"""Words in a row that the instructions of the model have too, and that are no chance."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a text stands on.

    Its numbers, quotations and links stand in `sentences`, the words of its evidence. `context` is
    what these are read in, whose names it may say and whose words it may use; `around` bears out
    the names of things. Of the people of `roster` those `known` may be named. `instructions` are
    what the model was told to do, none of which is for a reader. `absence`: it may say what nobody
    has done yet. `limit` is in characters.
    """

    sentences: tuple[str, ...]
    context: tuple[str, ...] = ()
    around: Surroundings = field(default_factory=Surroundings)
    roster: Roster = field(default_factory=Roster)
    known: frozenset[str] = frozenset()
    instructions: str = ""
    absence: bool = False
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
    if len(text) > grounds.limit:
        yield Fault("too_long", f"it has over {grounds.limit} characters")
        return  # the other checks are made for texts that may be shown
    if not _LETTER.search(text):
        yield Fault("empty", "there are no words")
    if visible(text) != text or stacked(text):
        yield Fault("control_character", "it has control characters")
    yield from _marked(folded(text), grounds)
    if copies(text, _told(grounds.instructions), INSTRUCTED, _read(grounds)):
        yield Fault("instructions", "it repeats your instructions; say what the people say")
    yield from _unfounded(text, grounds)


def _marked(text: str, grounds: Grounds) -> Iterator[Fault]:
    """What would have an effect, or looks as if code had written it."""
    if any(_is_live(text, found, grounds) for found in _PING.finditer(text)):
        yield Fault("ping", "it has a mention; write plain words")
    if _MASKED_LINK.search(text) or _MARKUP.search(text) or _LISTED.search(text):
        yield Fault("markup", "it has markup; write plain words")
    elif _EMPHASIS.search(text.replace("**", "")):
        yield Fault("markup", "it has markup; bold is all that there may be")
    if _LABEL.search(text):
        yield Fault("label", "it has a label or an id in a place where there is none")


def _is_live(text: str, ping: re.Match[str], grounds: Grounds) -> bool:
    """Whether a mark may ping; a word that people write with an @ pings nobody, but for two."""
    word = _HANDLE.match(text, ping.start())
    if word is None or word[1].casefold().startswith(("everyone", "here")):
        return True
    handle = alike(word.group()).casefold()
    said = (*map(alike, grounds.sentences), grounds.around.seen)
    return not any(handle in each.casefold() for each in said)


def _unfounded(text: str, grounds: Grounds) -> Iterator[Fault]:
    """What is in none of the sentences, though only they could give it."""
    seen, said = alike(text), "\n".join(grounds.sentences)
    said_alike = alike(said)
    yield from _linked(seen, said_alike, grounds.around)
    for number in _numbers(folded(text), folded(said), grounds.around):
        yield Fault("invented_number", f"the number {number} is not in the sentences that it cites")
    for quotation in quotations(text):
        if invented(quotation, said):
            told = f'the words "{quotation}" are not in the sentences that it cites'
            yield Fault("invented_quote", f"{told}; leave out the quotation marks or quote exactly")
    read = alike("\n".join(grounds.context))
    for name in grounds.roster.named(seen, grounds.known, f"{said_alike}\n{read}"):
        yield Fault("invented_name", f"it names {name}; name people by their labels")
    for phrase in crowds(seen, said_alike, absence=grounds.absence):
        told = f'it says "{phrase}", and none of its sentences does; nobody has counted'
        yield Fault("unfounded_consensus", told)


def _linked(text: str, said: str, around: Surroundings) -> Iterator[Fault]:
    said = said.casefold()
    for found in links(text):
        if _LIVE.match(found) or found.casefold() not in said:
            yield Fault("link", f"it has the address {found}; say in words what is there")
            return
    for host in dotted(text):
        if host.casefold() not in said and host.casefold() not in around.hosts:
            yield Fault("invented_link", f"{host} is in no message")


def _numbers(text: str, said: str, around: Surroundings) -> Iterator[str]:
    """Quantities that the sentences lack, and names with digits that nobody in sight writes."""
    bare, given = _LABEL.sub(" ", text), values(said)
    for number in dict.fromkeys(figures(bare)):
        if not (is_given(number, given) or around.has_name(number, bare)):
            yield number


def _read(grounds: Grounds) -> Iterator[str]:
    yield from grounds.sentences
    yield from grounds.context


@lru_cache(maxsize=16)
def _told(instructions: str) -> frozenset[str]:
    """The same for every call of a prompt; people's words are never kept like this."""
    return runs(instructions, INSTRUCTED)


def reasons(found: Iterable[Fault]) -> tuple[str, ...]:
    """The reasons alone, each once."""
    return tuple(dict.fromkeys(fault.reason for fault in found))
