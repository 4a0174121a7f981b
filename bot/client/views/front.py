"""The first page of a summary: what of it fits a card, and what is left to the second page.

Two limits hold: what a reader sees is short, and what Discord is sent counts every address as well.
Marks are left out first, then whole points and open items; never words of one that is shown.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import partial

from bot.client.views.cited_text import MANY, Marks, markdown, quotation, visible_length
from bot.client.views.words import dotted, name, plain
from bot.core.inert import shorten
from bot.core.summary import Evidence, Mark, ShownPerson, ShownPoint, Summary, Text

MOST_TEXTS = 12
"""Texts of a page, so that with its frame and buttons it stays under 40 components."""
MOST_OF_A_PART = 16
"""Points, people or items that are tried on one page."""
MOST_OF_A_POINT = 8
"""Marks of a point; more of them are rare."""
TITLE_LENGTH, STAND_LENGTH = 80, 200
"""Characters of a point's title, and of a person's line; only unchecked ones are longer."""
WHO_SAID_WHAT = "Who said what"
GOES_ON = f"-# There is more on the second page: {WHO_SAID_WHAT}."
_APART = "\0"
"""Between texts that are fitted together; no text has it in it."""


class Part(Enum):
    """The parts of a first page, from top to bottom."""

    TO_YOU = auto()
    LEAD = auto()
    STATE = auto()
    POINT = auto()
    PERSON = auto()
    OPEN = auto()


LEFT_OUT_FIRST = (Part.PERSON, Part.OPEN, Part.POINT, Part.TO_YOU, Part.STATE)
"""Of each part the last items go first, and the first of each only when nothing else is left."""


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of the page that is shown whole or not at all, and what it stands on."""

    part: Part
    written: Callable[[Marks], str]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """What a first page shows, text by text, and what has to stand on the second.

    Between its parts is an empty text, for a little room.
    """

    items: tuple[Item, ...]
    headings: tuple[str, str]
    left_out: tuple[Item, ...] = ()
    texts: tuple[str, ...] = ()

    def people(self, reader: str | None) -> int:
        """How many people are cited in it, the reader of a stretch not among them."""
        return len({each.author for item in self.items for each in item.evidence} - {reader})


def front(summary: Summary, visible: int, room: int) -> Front:
    """As much as fits `visible` characters for the eye and `room` for all that is sent."""
    page: Front | None = _whole(summary)
    while page:
        words = _with_marks(page, 0, 0)
        if words.count(_APART) < MOST_TEXTS and visible_length(words) <= visible:
            for text in _written(page):
                if len(text) <= room and visible_length(text) <= visible:
                    return replace(page, texts=tuple(text.split(_APART)) if text else ())
        page = _shorter(page)
    return Front((), summary.headings)


def person_line(person: ShownPerson, marks: Marks) -> str:
    """A person, and what they want or bring in; their own words where nobody put it in others."""
    if person.stand is None and person.evidence:
        return quotation(person.evidence[0], marks)
    stand = plain(shorten(person.stand or "", STAND_LENGTH)).strip()
    return f"{dotted((f'**{name(person.author)}**', stand))}{marks.behind(person.evidence)}"


def _written(page: Front) -> Iterator[str]:
    """All texts from top to bottom, each time with fewer marks.

    Second marks in a place go first, then those at the ends of points, then the others.
    """
    yield _with_marks(page, MANY, MANY, together=2)
    for of_points in range(MOST_OF_A_POINT, 0, -1):
        yield _with_marks(page, of_points, MANY)
    for of_each in (1, 0):
        yield _with_marks(page, of_each, of_each)


def _with_marks(page: Front, of_points: int, of_others: int, together: int = 1) -> str:
    written: dict[Part, list[str]] = {part: [] for part in Part}
    for item in page.items:
        marks = of_points if item.part is Part.POINT else of_others
        written[item.part].append(item.written(Marks(marks, together)))
    parts = [_APART.join(_texts(page, part, written[part])) for part in Part if written[part]]
    return (_APART * 2).join([*parts, *([GOES_ON] if page.left_out else [])])


def _shorter(page: Front) -> Front | None:
    """The same without one item; None where only the lead is left."""
    for fewest in (1, 0):
        for part in LEFT_OUT_FIRST:
            if len(of := _of(page.items, part)) > fewest:
                items = tuple(each for each in page.items if each is not of[-1])
                return Front(items, page.headings, (of[-1], *page.left_out))
    return None


def _of(items: Iterable[Item], part: Part) -> list[Item]:
    return [each for each in items if each.part is part]


def _whole(summary: Summary) -> Front:
    """All of the page, but for what is never shown together."""
    items = list(_items(summary))
    kept = [each for part in Part for each in _of(items, part)[:MOST_OF_A_PART]]
    left_out = tuple(each for each in items if each not in kept)
    return Front(tuple(kept), summary.headings, left_out)


def _items(summary: Summary) -> Iterator[Item]:
    for reply in summary.to_you:
        yield Item(Part.TO_YOU, partial(quotation, reply), (reply,))
    for place, line in enumerate(summary.lead.lines if summary.lead else ()):
        part = Part.STATE if place else Part.LEAD
        yield Item(part, partial(markdown, line), _cited(line))
    for point in summary.points:
        yield Item(Part.POINT, partial(_point, point), point.text.evidence)
    if not summary.lead and not summary.points:
        for person in summary.people:
            yield Item(Part.PERSON, partial(person_line, person), person.evidence)
    for text in summary.open:
        yield Item(Part.OPEN, partial(markdown, text), text.evidence)


def _cited(line: Text) -> tuple[Evidence, ...]:
    places = [place for part in line.parts if isinstance(part, Mark) for place in part.places]
    return tuple(line.evidence[place - 1] for place in places if 0 < place <= len(line.evidence))


def _point(point: ShownPoint, marks: Marks) -> str:
    title = plain(shorten(point.title, TITLE_LENGTH)).strip().rstrip(".:")
    lines = [f"- {markdown(line, marks)}" for line in point.text.lines]
    return "\n".join(([f"**{title}**"] if title else []) + lines)


def _texts(page: Front, part: Part, written: Sequence[str]) -> Iterator[str]:
    """Points and the lead each by themselves, with room around; the others as lists."""
    if part in (Part.LEAD, Part.POINT):
        yield from written
        return
    state, is_open = page.headings
    heading = {Part.TO_YOU: "To you", Part.STATE: state, Part.OPEN: is_open}.get(part)
    above = [f"**{plain(shorten(heading, TITLE_LENGTH)).strip()}**"] if heading else []
    mark = "- " if part in (Part.STATE, Part.OPEN) else ""
    yield "\n".join((*above, *(f"{mark}{line}" for line in written)))
