"""The brief: what a stretch of a discussion comes to, each statement with its sentences.

A statement points at people and at sentences, and never holds their names or words: what is shown
follows from the messages as they are now.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.core.sentences import Span
from bot.core.summary import HEADINGS

MOST_WORDS = 300
"""Words of lead, points and open together: half a minute and a little more of reading."""
FEWEST_WORDS = 40
MOST_LEAD, MOST_STATE, MOST_POINTS, MOST_OPEN = 3, 6, 5, 4
"""Sentences of the lead; lines on where it stands; points; open items."""
_WORD = re.compile(r"\w[\w'’.,-]*")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Person:
    """A place in a text where somebody is named; `author` is their source id."""

    author: str


@dataclass(frozen=True, slots=True)
class Cites:
    """A place in a text behind words that these sentences bear out."""

    spans: tuple[Span, ...]


Part = str | Person | Cites


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a brief, in parts. `**` in the words turns bold on and off."""

    parts: tuple[Part, ...]

    @property
    def cites(self) -> tuple[Span, ...]:
        """The sentences that it rests on, each once."""
        spans = (span for part in self.parts if isinstance(part, Cites) for span in part.spans)
        return tuple(dict.fromkeys(spans))

    @property
    def people(self) -> tuple[str, ...]:
        """The ids of the people whom it names, in order."""
        named = (part.author for part in self.parts if isinstance(part, Person))
        return tuple(dict.fromkeys(named))

    @property
    def words(self) -> str:
        """Its own words, without names and citations."""
        return " ".join(part for part in self.parts if isinstance(part, str))


Paragraph = tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A title and its lines. `wanted_by` want this plan now; nobody does where it is no plan.

    The title is a statement without citations, or one without parts where there is no title.
    """

    title: Statement
    text: Paragraph
    wanted_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stand:
    """A person's line: what they want or bring in; None where their own sentence speaks."""

    author: str
    text: Statement | None
    cites: tuple[Span, ...]
    called: str = ""
    """The name that others use for them in the discussion, where it is another than theirs."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What a stretch comes to, and everybody with something to say in it, in order of appearance.

    `lead` says what it is about, `state` where it stands, in lines; `headings` are those of state
    and open in the discussion's language.
    """

    lead: Paragraph = ()
    state: Paragraph = ()
    points: tuple[Point, ...] = ()
    open: tuple[Paragraph, ...] = ()
    people: tuple[Stand, ...] = ()
    headings: tuple[str, str] = HEADINGS

    @property
    def front(self) -> Iterator[Statement]:
        """All statements of the first page, in order."""
        yield from (*self.lead, *self.state)
        for point in self.points:
            yield from point.text
        for item in self.open:
            yield from item

    @property
    def cites(self) -> tuple[Span, ...]:
        """All sentences that it rests on, each once, in the order of the brief."""
        front = (span for each in self.front for span in each.cites)
        stands = (span for each in self.people for span in each.cites)
        return tuple(dict.fromkeys((*front, *stands)))


def length(text: str) -> int:
    """The words of a text; two characters count as one where words are not set apart."""
    unspaced = len(_UNSPACED.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + (unspaced + 1) // 2


def limit(words: int) -> int:
    """How many words the first page may have over a discussion of so many words."""
    return max(FEWEST_WORDS, min(MOST_WORDS, words // 2))


def of_people(stands: Iterable[Stand]) -> frozenset[str]:
    """Who has a line."""
    return frozenset(each.author for each in stands)
