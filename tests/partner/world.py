"""A thread that people talk in, and an engine whose every answer is known."""

import asyncio
import gc
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.core.brief import Brief, Cites, Person, Stand, Statement
from bot.core.discussion import Discussion
from bot.core.errors import EngineFailed
from bot.core.model import Author, Message, Topic
from bot.core.sentences import Span
from bot.core.summary import EngineFacts, Evidence, Summary, Usage
from bot.engines import AnswerDraft, Draft, Engine, Material, Meter, Wanted
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
LONG = [
    said(n, (ANA, BEN, CHO)[n % 3], f"I think that hat number {n:02} is the one that suits us all.")
    for n in range(1, 31)
]

Seen = Callable[[Material], Awaitable[None]]


async def nothing(material: Material) -> None:
    """What happens while a brief is written, unless a test says otherwise."""


def no_drafts(material: Material) -> tuple[Draft, ...]:
    """What the model suggests, unless a test says otherwise."""
    return ()


@dataclass
class Scripted:
    """An engine whose brief numbers itself in the lead, and that does as a test tells it.

    `wrote` are the materials of its briefs: the messages shown, and how many earlier briefs;
    `answered_from` are the passages of its answers.
    """

    size: int = 100_000
    fails: frozenset[str] = frozenset()
    while_writing: Seen = nothing
    drafts: Callable[[Material], tuple[Draft, ...]] = no_drafts
    wrote: list[tuple[list[str], int]] = field(default_factory=list)
    answered_from: list[Sequence[Span]] = field(default_factory=list)
    closed: bool = False
    meter: Meter = field(default_factory=Meter)

    @property
    def facts(self) -> EngineFacts:
        return EngineFacts("llm", "scripted", {"brief": "1"})

    def metered(self, meter: Meter) -> Engine:
        self.meter = meter
        return self

    async def room(self) -> int:
        return self.size

    async def brief(self, material: Material) -> Brief:
        self._spend("brief")
        self.wrote.append((list(material.messages), len(material.earlier)))
        number = len(self.wrote)
        await self.while_writing(material)
        firsts = _firsts(material)
        cites = Cites(tuple(firsts.values()) or material.earlier[0].cites[:1])
        lead = (Statement((f"Brief {number}", cites, ".")),)
        stands = {stand.author: stand for brief in material.earlier for stand in brief.people}
        for author, span in firsts.items():
            text = Statement((Person(author), " has a view", Cites((span,))))
            stands[author] = Stand(author, text, (span,))
        return Brief(lead=lead, people=tuple(stands.values()))

    async def suggest(
        self, material: Material, brief: Brief | None, wanted: Wanted
    ) -> tuple[Draft, ...]:
        self._spend("suggest")
        return self.drafts(material)

    async def answer(
        self, discussion: Discussion, question: str, passages: Sequence[Span]
    ) -> AnswerDraft:
        self._spend("answer")
        self.answered_from.append(passages)
        await self.while_writing(Material(discussion, tuple(span.message for span in passages)))
        said = Statement(("It says so", Cites(tuple(passages[:1])), "."))
        return AnswerDraft((said,), frozenset(span.message for span in passages))

    async def close(self) -> None:
        self.closed = True

    def _spend(self, what: str) -> None:
        self.meter.spend(Usage(1, 10, 5))
        if what in self.fails:
            raise EngineFailed(f"The model can't {what} today.")


def _firsts(material: Material) -> dict[str, Span]:
    """Each author's first sentence among the messages."""
    found: dict[str, Span] = {}
    for _, sentence in material.discussion.numbered(material.messages):
        found.setdefault(material.discussion.author_of(sentence.span), sentence.span)
    return found


class Gate:
    """Holds all writing up until it is opened."""

    def __init__(self) -> None:
        self.reached, self.opened = asyncio.Event(), asyncio.Event()

    async def __call__(self, material: Material) -> None:
        self.reached.set()
        await self.opened.wait()


def partner_over(
    path: Path, engine: Engine | None = None, patience: float = 600
) -> DiscussionPartner:
    """A partner with that engine before the quotes engine, on a clock that stands at noon."""
    quotes: dict[str, Engine] = {"quotes": QuotesEngine()}
    engines = {"llm": engine, **quotes} if engine else quotes
    return DiscussionPartner(ArchiveThreads(path), engines, lambda: NOON, patience=patience)


Story = Callable[[DiscussionPartner, int], Awaitable[None]]


def tell(path: Path, engine: Engine | None, story: Story, thread: Sequence[Message] = ()) -> None:
    """Opens a partner on the thread, and lets the story happen."""

    async def opened() -> None:
        async with partner_over(path, engine) as partner:
            recorded = await partner.record(HATS, thread or THREAD)
            await asyncio.wait_for(story(partner, recorded.topic_id), timeout=20)

    asyncio.run(opened())


def quotes(shown: Summary) -> set[str]:
    """Every sentence that a summary shows."""
    people = (quote.quote for person in shown.people for quote in person.evidence)
    return {*people, *(quote.quote for text in shown.front for quote in text.evidence)}


def lead(shown: Summary) -> str:
    """The number of the brief that is shown, as `Brief 1`."""
    return shown.lead.text.partition(" [")[0] if shown.lead else ""


def held_in_memory(words: re.Pattern[str]) -> set[str]:
    """The words that are in any message, statement or evidence in this process.

    A test that looks here asks for `clean_memory`, so as not to find what others left.
    """
    gc.collect()
    kinds = (Message, Statement, Evidence)
    holding = [repr(each) for each in gc.get_objects() if isinstance(each, kinds)]
    return {word for each in holding for word in words.findall(each)}
