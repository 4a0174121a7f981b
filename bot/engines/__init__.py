"""Engines read windows, group notes and write drafts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.core.arrangement import Grouping
from bot.core.ledger import Evidence
from bot.core.notes import KeptNote, Reading
from bot.core.state import TopicState
from bot.core.summary import EngineFacts, Intent, Usage
from bot.core.windows import Window


@dataclass(frozen=True, slots=True)
class Draft:
    """A suggested reply before it is kept: text, and what it stands on.

    `seen` are the source ids of all messages that it was written in sight of, be it by a claim:
    it goes with each of them.
    """

    intent: Intent
    text: str
    addresses: tuple[int, ...]
    evidence: tuple[Evidence, ...]
    beyond: str | None = None
    seen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants suggested. `viewer` is their author id, never answered themselves."""

    count: int = 3
    intent: Intent | None = None
    viewer: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """An answer and the passages that it cites; None with the nearest ones."""

    text: str | None
    evidence: tuple[Evidence, ...]


class Purse(Protocol):
    """What the calls of one request are paid from."""

    async def reserve(self, purpose: str, most: Usage, seconds: float) -> int:
        """Sets aside what a call may cost at most, for no longer than so many seconds; an id.

        Raises OverBudget where there is not so much.
        """
        ...

    async def settle(self, reservation: int, usage: Usage) -> None:
        """Pays what the call did cost, which is nothing where it failed, and frees the rest."""
        ...


@dataclass(slots=True)
class Meter:
    """Adds up what one request cost, and what of its drafts was thrown out.

    Its calls are paid from the purse; without one they are nobody's concern.
    """

    purse: Purse | None = None
    usage: Usage = field(default_factory=Usage)
    rejected: Counter[str] = field(default_factory=Counter[str])

    def spend(self, usage: Usage) -> None:
        """Adds what a call cost."""
        self.usage += usage


class Engine(Protocol):
    """What the partner asks of an engine; every call may raise EngineFailed."""

    @property
    def facts(self) -> EngineFacts:
        """Name, model and prompts: what the reader is told, and what readings are kept under."""
        ...

    def metered(self, meter: Meter) -> "Engine":
        """The same engine, adding what it spends and rejects to a meter."""
        ...

    async def window_budget(self) -> int:
        """How many characters of new sentences a window may hold."""
        ...

    async def read(self, window: Window) -> Reading:
        """Notes on one window: a function of the window and nothing else."""
        ...

    async def group(self, state: TopicState, pending: tuple[KeptNote, ...]) -> Grouping:
        """Where the pending view notes belong."""
        ...

    async def headline(self, state: TopicState) -> str | None:
        """Two or three sentences over the whole, or None where it has none to offer."""
        ...

    async def suggest(self, state: TopicState, wanted: Wanted) -> tuple[Draft, ...]:
        """Up to `wanted.count` drafts, each with another intent where it can."""
        ...

    async def answer(
        self, state: TopicState, question: str, passages: Sequence[Evidence]
    ) -> AnswerDraft:
        """An answer from the passages, the nearest first."""
        ...

    async def close(self) -> None:
        """Lets go of connections."""
        ...
