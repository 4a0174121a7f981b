"""Pages: sections of text, distributed over as many cards as Discord's limits make of them.

Pure text, and which messages it rests on; what a section is about it must not know.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.archive import Basis

BODY = 2_600
"""Characters of a page's sections: what the 4,000 of a message leave beside title and receipt.
More would not be read in one go either."""
HEADING_FRAME = len("### \n")
CONTINUED = " (continued)"
MOST_TEXTS = 14
"""Texts of a page, so that with frames and buttons it stays under 40 components."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Parts that stand together wherever they fit, and what they rest on."""

    parts: tuple[str, ...]
    rests_on: frozenset[Basis] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its entries. One that `goes_on` began on a page before."""

    heading: str
    entries: tuple[Entry, ...]
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class PagePart:
    """What a page has of a section."""

    heading: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What fits one card."""

    parts: tuple[PagePart, ...] = ()
    rests_on: frozenset[Basis] = frozenset()


@dataclass(slots=True)
class _Draft:
    """A page as it fills: its parts, and the characters and texts that are left."""

    parts: list[tuple[str, list[str]]] = field(default_factory=list[tuple[str, list[str]]])
    room: int = BODY
    texts: int = MOST_TEXTS
    rests_on: set[Basis] = field(default_factory=set[Basis])

    def takes(self, heading: str, text: str, rests_on: frozenset[Basis]) -> bool:
        opens = not self.parts or self.parts[-1][0] != heading
        size = len(text) + (len(heading) + HEADING_FRAME if opens else 0)
        if self.parts and (size > self.room or not self.texts):
            return False
        if opens:
            self.parts.append((heading, []))
        self.parts[-1][1].append(text)
        self.room -= size
        self.texts -= 1
        self.rests_on |= rests_on
        return True

    def done(self) -> Page:
        parts = tuple(PagePart(heading, tuple(texts)) for heading, texts in self.parts)
        return Page(parts, frozenset(self.rests_on))


def paged(sections: Iterable[Section], room: int = BODY) -> tuple[Page, ...]:
    """The pages, at least one, each of at most so many characters where no part is longer."""
    pages: list[Page] = []
    page = _Draft(room=room)
    for section in sections:
        heading, again = section.heading, f"{section.heading}{CONTINUED}"
        for place, (text, rests_on) in enumerate(_texts(section.entries, room // 2)):
            heading = again if section.goes_on else heading
            if not page.takes(heading, text, rests_on):
                pages.append(page.done())
                page = _Draft(room=room)
                heading = again if place else heading
                page.takes(heading, text, rests_on)
    return (*pages, page.done())


def _texts(entries: Sequence[Entry], longest: int) -> Iterator[tuple[str, frozenset[Basis]]]:
    """Each entry in one, or in its parts where it is too long."""
    for entry in entries:
        whole = "\n".join(entry.parts)
        for text in (whole,) if len(whole) <= longest else entry.parts:
            yield text, entry.rests_on
