"""What a suite is made of: cases with an expectation, and the figures that one case gives.

A suite knows nothing of engines: whoever is measured answers through `Drafting`.
"""

import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from bot.core.model import Thread, revision_of
from bot.core.summary import Answer, Suggestions, Summary
from bot.engines import Wanted
from bot.evals.sources import Sources


@dataclass(frozen=True, slots=True)
class Score:
    """A figure of one case, and what it counts for in the mean over the cases.

    A share of people has the number of people for its weight, so that the mean is the share of
    all people; what is meant to count once a case has the weight 1.
    """

    value: float
    weight: float = 1.0


Figures = Mapping[str, Score]


def share(part: float, whole: float) -> Score:
    """A share that is pooled over the cases; of nothing, it counts for nothing."""
    return Score(part / whole, whole) if whole else Score(0.0, 0.0)


@dataclass(frozen=True)
class Case:
    """A thread, what is asked about it if anything, and what is expected, in values of JSON."""

    name: str
    thread: Thread
    expected: Mapping[str, Any]
    question: str | None = None

    @cached_property
    def hash(self) -> str:
        """Of everything that the outcome may depend on: a changed case is another case."""
        said = [
            (each.source_id, each.author.name, each.content, each.reply_to)
            for each in self.thread.messages
        ]
        told = (self.thread.topic.title, said, self.question, self.expected)
        return revision_of(json.dumps(told, sort_keys=True))


class Drafting(Protocol):
    """Drafts on threads: what every contender can do. Every call may raise EngineFailed."""

    async def summarise(self, thread: Thread) -> Summary:
        """Where a thread stands."""
        ...

    async def ask(self, thread: Thread, question: str) -> Answer:
        """What a thread says to a question."""
        ...

    async def suggest(self, thread: Thread, wanted: Wanted) -> Suggestions:
        """Replies."""
        ...


def no_floors() -> dict[str, Callable[[Case], Figures]]:
    """For suites where doing next to nothing tells nothing."""
    return {}


@dataclass(frozen=True)
class Suite:
    """`about` says what it asks; `floors`, by name, are what is reached without any skill."""

    name: str
    about: str
    cases: Callable[[Sources], Iterator[Case]]
    run: Callable[[Case, Drafting], Awaitable[Figures]]
    floors: Mapping[str, Callable[[Case], Figures]] = field(default_factory=no_floors)
