"""What a model may cost: who pays, where it stops, and that nothing is read twice for it."""

import asyncio
import re
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.archive import Archive, Charge, SpentBy
from bot.assembly import load_prompts
from bot.core.arrangement import Grouping
from bot.core.budget import UNLIMITED, Amount, Budget, Payer, Price
from bot.core.errors import EngineFailed
from bot.core.model import Message
from bot.core.notes import KeptNote
from bot.core.state import TopicState
from bot.core.summary import OVER_BUDGET, Answer, Count, Summary, Usage
from bot.engines import Wanted
from bot.engines.chat import Chat
from bot.engines.llm import LLMEngine
from bot.engines.quotes import QuotesEngine
from bot.engines.server import Endpoint
from bot.partner import DiscussionPartner
from bot.partner.threads import ArchiveThreads
from tests.endpoint import Reply, serving
from tests.engines.llm.world import ANA, BEN, CHO, TOPIC, GoodModel, say
from tests.partner.world import NOON, Scripted, tell

T = TypeVar("T")
WRITTEN = 400
"""Tokens of each answer of the model here; what it reads is a token for four characters."""
LONG = tuple(
    say(number, (ANA, BEN, CHO)[number % 3], f"Hat {number} is the best hat that there is.")
    for number in range(1, 13)
)
ANA_PAYS, BEN_PAYS = Payer("hat shop", "ana"), Payer("hat shop", "ben")
Story = Callable[[DiscussionPartner, int], Awaitable[T]]


class DearModel(GoodModel):
    """A model that says what it cost. `read` are the hats that it read of."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[int] = []

    def __call__(self, request: dict[str, Any]) -> Reply:
        reply = super().__call__(request)
        size = sum(len(each["content"]) for each in request["messages"])
        reply.usage = {"prompt_tokens": size // 4, "completion_tokens": WRITTEN}
        if self.asked[-1] == "read":
            noted = request["messages"][1]["content"]
            self.read.append(int(re.findall(r"Hat (\d+) ", noted)[-1]))
        return reply


class World:
    """A topic, a model that reads message by message, and a calendar that a test turns."""

    def __init__(
        self,
        path: Path,
        url: str,
        budget: Budget = UNLIMITED,
        *,
        at_once: int = 1,
        patience: float = 20,
        thread: Sequence[Message] = LONG,
    ) -> None:
        self.now = NOON
        self.thread = thread
        endpoint = Endpoint("scripted", url, timeout=20, at_once=at_once)
        engine = LLMEngine(Chat(endpoint), load_prompts(None), window=1)
        self.partner = DiscussionPartner(
            ArchiveThreads(path),
            {"llm": engine, "quotes": QuotesEngine()},
            self.clock,
            budget,
            patience,
        )

    def clock(self) -> datetime:
        return self.now

    def turn_the_page(self) -> None:
        self.now += timedelta(days=1)

    def happens(self, story: Story[T]) -> T:
        async def opened() -> T:
            async with self.partner as partner:
                topic = (await partner.record(TOPIC, self.thread)).topic_id
                return await asyncio.wait_for(story(partner, topic), timeout=60)

        return asyncio.run(opened())


def test_a_reading_that_a_budget_stops_goes_on_the_next_day_where_it_stopped(path: Path) -> None:
    model = DearModel()
    days: list[Summary] = []

    async def ask_every_day(partner: DiscussionPartner, topic: int) -> None:
        while not days or days[-1].engine.fallback:
            days.append(await partner.summarise(topic, payer=ANA_PAYS))
            world.turn_the_page()

    with serving(model) as endpoint:
        world = World(path, endpoint.url, Budget(person_day=Amount(6_000)))
        world.happens(ask_every_day)

    assert 2 < len(days) < 10
    assert days[0].engine.fallback == (
        "The asking person's budget of 6,000 tokens a day has no room for another call of the "
        "model until 2026-03-02, 00:00 UTC."
    )
    assert days[0].receipt.quoted == 3
    assert sorted(model.read) == list(range(1, 13))
    assert days[-1].headline == model.headline


class Places(Scripted):
    """Places so many notes, and then has enough for the day."""

    enough = 10_000
    placed = 0

    async def group(self, state: TopicState, pending: tuple[KeptNote, ...]) -> Grouping:
        if self.placed + len(pending) > self.enough:
            raise EngineFailed("That is enough for today.")
        self.placed += len(pending)
        return Grouping()


def test_notes_that_were_placed_are_not_placed_again(path: Path) -> None:
    thread = [say(n, ANA, f"Hat {n} is the best hat that there is.") for n in range(1, 101)]
    first, second = Places(), Places()
    first.enough = 60

    async def ask(partner: DiscussionPartner, topic: int) -> None:
        summary = await partner.summarise(topic)
        if not summary.engine.fallback:
            assert len(summary.viewpoints) == 100

    tell(path, first, ask, thread)
    tell(path, second, ask, thread)
    assert 0 < first.placed < 60
    assert first.placed + second.placed == 100


def test_of_a_reading_that_is_shared_who_began_it_pays(path: Path) -> None:
    async def both_ask(partner: DiscussionPartner, topic: int) -> None:
        await asyncio.gather(
            partner.summarise(topic, payer=ANA_PAYS), partner.summarise(topic, payer=BEN_PAYS)
        )
        spent = await partner.spent([SpentBy.PERSON, SpentBy.PURPOSE])
        told = {(each.person, each.purpose): each.usage.calls for each in spent}
        assert told == {("ana", "read"): 12, ("ana", "group"): 1, ("ana", "headline"): 1}

    with serving(DearModel()) as endpoint:
        World(path, endpoint.url).happens(both_ask)


def test_whose_budget_is_used_up_stops_nobody_else(path: Path) -> None:
    """Ana begins, and ben, who shares what she began, goes on when she has no more to spend."""
    model = DearModel()
    budget = Budget(person_day=Amount(25_000))

    async def both_ask(partner: DiscussionPartner, topic: int) -> None:
        with Archive.open(path) as archive:
            before = Charge(ANA_PAYS, "before", topic, "scripted", "answer")
            reserved = archive.reserve(before, Usage(), budget, NOON, NOON + timedelta(minutes=5))
            archive.settle(reserved, Usage(1, 18_000), budget)
        anas, bens = await asyncio.gather(
            partner.summarise(topic, payer=ANA_PAYS), partner.summarise(topic, payer=BEN_PAYS)
        )
        assert "The asking person's budget" in (anas.engine.fallback or "")
        assert bens.engine.fallback is None
        assert bens.headline == model.headline
        spent = {each.person: each.usage.calls for each in await partner.spent([SpentBy.PERSON])}
        assert 1 < spent["ana"] < spent["ben"]

    with serving(model) as endpoint:
        World(path, endpoint.url, budget).happens(both_ask)
    assert sorted(model.read) == list(range(1, 13))


@pytest.mark.parametrize(
    "budget",
    [
        Budget(server_day=Amount(20_000)),
        Budget(server_month=Amount(None, 20_000), price=Price(1, 1)),
    ],
)
def test_fifty_who_ask_at_once_spend_no_more_than_there_is(path: Path, budget: Budget) -> None:
    model = DearModel()

    async def fifty_ask(partner: DiscussionPartner, topic: int) -> None:
        answers: list[Answer] = []
        for _ in range(4):  # what was reserved and not spent is there for those who ask next
            asked = (
                partner.ask(topic, f"Which hat is number {n}?", payer=Payer("hat shop", str(n)))
                for n in range(50)
            )
            answers += await asyncio.gather(*asked)
        (spent,) = await partner.spent([], "hat shop")
        by_model = [each for each in answers if each.engine.fallback is None]
        why_not = {each.engine.fallback for each in answers} - {None}
        assert spent.usage.calls == len(model.asked)
        assert 15_000 < spent.usage.prompt_tokens + spent.usage.completion_tokens <= 20_000
        assert 5 <= len(by_model) < 50
        assert len(why_not) == 1
        assert all(each.evidence for each in answers)

    with serving(model) as endpoint:
        World(path, endpoint.url, budget, at_once=50, thread=LONG[:3]).happens(fifty_ask)


def test_drafts_that_a_budget_has_no_room_for_are_made_up_by_quotes_and_counted(
    path: Path,
) -> None:
    async def four_ask(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic, payer=Payer("glove shop", "cho"))
        asked = (partner.suggest(topic, Wanted(3), payer=ANA_PAYS) for _ in range(4))
        some = [each for each in await asyncio.gather(*asked) if each.engine.name == "llm"]
        unpaid = {each.receipt.rejected for each in some} - {()}
        assert unpaid == {(Count(OVER_BUDGET, 2),)}
        (ends,) = (each for each in some if each.receipt.rejected)
        assert [each.engine for each in ends.suggestions] == ["llm", "quotes", "quotes"]

    budget = Budget(server_day=Amount(10_000))
    with serving(DearModel()) as endpoint:
        World(path, endpoint.url, budget, at_once=50, thread=LONG[:3]).happens(four_ask)


def test_a_model_that_takes_longer_than_one_waits_is_given_up_and_quotes_come_at_once(
    path: Path,
) -> None:
    """Five hundred messages, of which the model reads ten, and then nothing more comes."""
    thread = [
        say(n, (ANA, BEN, CHO)[n % 3], f"Hat {n} is the best hat. I have worn it for {n} years.")
        for n in range(1, 501)
    ]
    model, released = DearModel(), threading.Event()

    def stall(request: dict[str, Any]) -> Reply:
        reply = model(request)
        reply.wait = released if len(model.read) > 10 else None
        return reply

    async def ask(partner: DiscussionPartner, topic: int) -> Summary:
        return await partner.summarise(topic)

    patience = 4
    with serving(stall) as endpoint:
        world = World(path, endpoint.url, patience=patience, thread=thread)
        before = time.monotonic()
        try:
            summary = world.happens(ask)
        finally:
            released.set()
        assert time.monotonic() - before < patience + 3
        assert "took longer than 4 s" in (summary.engine.fallback or "")
        assert (summary.receipt.read, summary.receipt.quoted) == (500, 3)
        assert len(model.read) == 11

        async def known(partner: DiscussionPartner, topic: int) -> int:
            return len((await partner.state(topic)).notes)

        assert World(path, endpoint.url, thread=thread).happens(known) == 10
