"""A thread that people talk in, and an engine whose every answer is known."""

import asyncio
import gc
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.core.arrangement import Grouping
from bot.core.errors import EngineFailed
from bot.core.ledger import Evidence, Viewpoint
from bot.core.model import Author, Message, Topic
from bot.core.notes import KeptNote, Note, NoteKind, Reading
from bot.core.state import TopicState
from bot.core.summary import EngineFacts, Quote, ShownViewpoint, Usage
from bot.core.windows import Window
from bot.engines import AnswerDraft, Draft, Engine, Meter, Wanted
from bot.engines.quotes import QuotesEngine
from bot.partner import DiscussionPartner
from bot.partner.threads import ArchiveThreads

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HATS = Topic("forum", "hats", "Hats")
ANA, BEN, CHO = Author("1", "ana"), Author("2", "ben"), Author("3", "cho")


def said(place: int, author: Author, words: str) -> Message:
    """The message in that place: its id and its minute after noon."""
    return Message(str(place), author, words, posted_at=NOON + timedelta(minutes=place))


SUN = said(
    1, ANA, "I think that hats should come back, because they keep the sun out of your eyes."
)
NUISANCE = said(2, BEN, "Hats are a nuisance in every train and every theatre, honestly.")
REPAIR = said(3, CHO, "Does anybody know where one can still have a hat repaired?")
THREAD = [SUN, NUISANCE, REPAIR]
LATER = said(4, BEN, "I would rather carry an umbrella than wear a hat on the train.")

Seen = Callable[[Window], Awaitable[None]]


async def _nothing(window: Window) -> None:
    """What happens while a window is read, unless a test says otherwise."""


@dataclass
class Scripted:
    """An engine that notes the first sentence of each message, and does as a test tells it."""

    budget: int = 10_000
    silent: Callable[[Window, Message | str], bool] = lambda window, message: False
    fails: frozenset[str] = frozenset()
    while_reading: Seen = _nothing
    windows: list[list[str]] = field(default_factory=list)
    headlines: int = 0
    closed: bool = False
    meter: Meter = field(default_factory=Meter)

    @property
    def facts(self) -> EngineFacts:
        return EngineFacts("llm", "scripted", {"read": "1"})

    def metered(self, meter: Meter) -> Engine:
        self.meter = meter
        return self

    async def window_budget(self) -> int:
        return self.budget

    async def read(self, window: Window) -> Reading:
        new = [each for each in window.messages if not each.context]
        self.windows.append([each.message for each in new])
        self._spend("read")
        await self.while_reading(window)
        return Reading(
            tuple(
                Note(NoteKind.VIEW, (each.sentences[0].span,), f"{each.author.name}'s view")
                for each in new
                if not self.silent(window, each.message)
            )
        )

    async def group(self, state: TopicState, pending: tuple[KeptNote, ...]) -> Grouping:
        self._spend("group")
        return Grouping()

    async def headline(self, state: TopicState) -> str | None:
        self.headlines += 1
        self._spend("headline")
        return f"Headline {self.headlines}."

    async def suggest(self, state: TopicState, wanted: Wanted) -> tuple[Draft, ...]:
        self._spend("suggest")
        return ()

    async def answer(
        self, state: TopicState, question: str, passages: Sequence[Evidence]
    ) -> AnswerDraft:
        self._spend("answer")
        return AnswerDraft("It says so.", tuple(passages[:1]))

    async def close(self) -> None:
        self.closed = True

    def _spend(self, what: str) -> None:
        self.meter.spend(Usage(1, 10, 5))
        if what in self.fails:
            raise EngineFailed(f"The model can't {what} today.")


def partner_over(path: Path, engine: Engine | None = None) -> DiscussionPartner:
    """A partner with that engine before the quotes engine, on a clock that stands at noon."""
    quotes: dict[str, Engine] = {"quotes": QuotesEngine()}
    engines = {"llm": engine, **quotes} if engine else quotes
    return DiscussionPartner(ArchiveThreads(path), engines, lambda: NOON)


Story = Callable[[DiscussionPartner, int], Awaitable[None]]


def tell(path: Path, engine: Engine | None, story: Story, thread: Sequence[Message] = ()) -> None:
    """Opens a partner on the thread, and lets the story happen."""

    async def opened() -> None:
        async with partner_over(path, engine) as partner:
            recorded = await partner.record(HATS, thread or THREAD)
            await asyncio.wait_for(story(partner, recorded.topic_id), timeout=20)

    asyncio.run(opened())


def held_in_memory(words: re.Pattern[str]) -> set[str]:
    """The words that are in any message, note, viewpoint or quote in this process.

    A test that looks here asks for `clean_memory`, so as not to find what others left.
    """
    gc.collect()
    kinds = (Message, Note, Viewpoint, Quote, ShownViewpoint)
    holding = [repr(each) for each in gc.get_objects() if isinstance(each, kinds)]
    return {word for each in holding for word in words.findall(each)}
