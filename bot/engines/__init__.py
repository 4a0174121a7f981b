"""Engines read windows, group notes and write drafts."""

from dataclasses import dataclass
from typing import Protocol

from bot.core.arrangement import Grouping
from bot.core.ledger import Evidence
from bot.core.notes import KeptNote, Reading
from bot.core.state import TopicState
from bot.core.summary import EngineFacts, Intent
from bot.core.windows import Window


@dataclass(frozen=True, slots=True)
class Draft:
    """A suggested reply before it is kept: text, and what it stands on."""

    intent: Intent
    text: str
    addresses: tuple[int, ...]
    evidence: tuple[Evidence, ...]
    beyond: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants suggested. `viewer` is their author id, never answered themselves."""

    count: int = 3
    intent: Intent | None = None
    viewer: str | None = None


class Engine(Protocol):
    """What the partner asks of an engine; every call may raise EngineFailed."""

    @property
    def facts(self) -> EngineFacts:
        """Name, model and prompts: what the reader is told, and what readings are kept under."""
        ...

    @property
    def window_budget(self) -> int:
        """How many characters of new sentences a window may hold."""
        ...

    async def read(self, window: Window) -> Reading:
        """Notes on one window: a function of the window and nothing else."""
        ...

    async def group(self, state: TopicState, pending: tuple[KeptNote, ...]) -> Grouping:
        """Where the pending view notes belong."""
        ...

    async def suggest(self, state: TopicState, wanted: Wanted) -> tuple[Draft, ...]:
        """Up to `wanted.count` drafts, each with another intent where it can."""
        ...
