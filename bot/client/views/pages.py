"""Pages: sections of text, distributed over as many cards as Discord's limits make of them.

Pure text; what a section is about it must not know.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

BODY = 2_600
"""Characters of a page's sections: what the 4,000 of a message leave beside title and receipt.
More would not be read in one go either."""
HEADING_FRAME = len("### \n")
CONTINUED = " (continued)"
MOST_TEXTS = 14
"""Texts of a page, so that with frames and buttons it stays under 40 components."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its entries. An entry's parts stay together wherever they fit.

    One that `goes_on` began on a page before.
    """

    heading: str
    entries: tuple[tuple[str, ...], ...]
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class PagePart:
    """What a page has of a section."""

    heading: str
    texts: tuple[str, ...]


Page = tuple[PagePart, ...]


@dataclass(slots=True)
class _Draft:
    """A page as it fills: its parts, and the characters and texts that are left."""

    parts: list[tuple[str, list[str]]] = field(default_factory=list[tuple[str, list[str]]])
    room: int = BODY
    texts: int = MOST_TEXTS

    def takes(self, heading: str, text: str) -> bool:
        opens = not self.parts or self.parts[-1][0] != heading
        size = len(text) + (len(heading) + HEADING_FRAME if opens else 0)
        if self.parts and (size > self.room or not self.texts):
            return False
        if opens:
            self.parts.append((heading, []))
        self.parts[-1][1].append(text)
        self.room -= size
        self.texts -= 1
        return True

    def done(self) -> Page:
        return tuple(PagePart(heading, tuple(texts)) for heading, texts in self.parts)


def paged(sections: Iterable[Section], room: int = BODY) -> tuple[Page, ...]:
    """The pages, at least one, each of at most so many characters where no part is longer."""
    pages: list[Page] = []
    page = _Draft(room=room)
    for section in sections:
        heading, again = section.heading, f"{section.heading}{CONTINUED}"
        for place, text in enumerate(_texts(section.entries, room // 2)):
            heading = again if section.goes_on else heading
            if not page.takes(heading, text):
                pages.append(page.done())
                page = _Draft(room=room)
                heading = again if place else heading
                page.takes(heading, text)
    return (*pages, page.done())


def _texts(entries: Sequence[tuple[str, ...]], longest: int) -> Iterator[str]:
    """Each entry in one, or in its parts where it is too long."""
    for entry in entries:
        whole = "\n".join(entry)
        yield from (whole,) if len(whole) <= longest else entry
