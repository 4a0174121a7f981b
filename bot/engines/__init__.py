"""Engines write briefs, suggestions and answers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.core.brief import Brief, Statement
from bot.core.discussion import Discussion
from bot.core.sentences import Span
from bot.core.summary import EngineFacts, Intent, Usage


@dataclass(frozen=True, slots=True)
class Material:
    """What a brief is written from: messages by their source ids, in order.

    `earlier` are briefs of what stands before them and is to be in the brief as well: one where a
    brief is carried on, one a chapter where a long discussion is put together. `background` is the
    brief of all that was before a stretch, for understanding it. `whole` are the messages that the
    brief is of, where these are more.
    """

    discussion: Discussion
    messages: tuple[str, ...]
    earlier: tuple[Brief, ...] = ()
    background: Brief | None = None
    whole: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A suggested reply before it is kept; `to` and `seen` are ids of authors and messages.

    It goes with each of the messages that it was written in sight of. `why` says in code's words
    why a place to join was chosen, where no model did.
    """

    intent: Intent
    text: str
    to: tuple[str, ...]
    cites: tuple[Span, ...]
    seen: frozenset[str]
    beyond: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants suggested. `viewer` is their author id, never answered themselves."""

    count: int = 3
    intent: Intent | None = None
    viewer: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """An answer in statements, none where there is none to give; and the ids of messages seen."""

    statements: tuple[Statement, ...]
    seen: frozenset[str]


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
        """Name, model and prompts: what the reader is told, and what briefs are kept under."""
        ...

    def metered(self, meter: Meter) -> "Engine":
        """The same engine, adding what it spends and rejects to a meter."""
        ...

    async def room(self) -> int:
        """Bytes of messages that one call takes in; 0 where there is no limit."""
        ...

    async def brief(self, material: Material) -> Brief:
        """The brief of the material. Everybody with something to say in it is in `people`."""
        ...

    async def suggest(
        self, material: Material, brief: Brief | None, wanted: Wanted
    ) -> tuple[Draft, ...]:
        """Up to `wanted.count` drafts. `brief` is of the whole topic, where there is one."""
        ...

    async def answer(
        self, discussion: Discussion, question: str, passages: Sequence[Span]
    ) -> AnswerDraft:
        """An answer from the whole discussion where it fits, else from passages, nearest first."""
        ...

    async def close(self) -> None:
        """Lets go of connections."""
        ...
