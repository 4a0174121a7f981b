"""What a model may cost: who pays, where it stops, and that nothing is read twice for it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.archive import Archive, Charge, SpentBy
from bot.assembly import load_prompts
from bot.core.budget import UNLIMITED, Amount, Budget, Payer, Price
from bot.core.model import Message
from bot.core.summary import Answer, Summary, Usage
from bot.engines.chat import Chat
from bot.engines.llm import LLMEngine
from bot.engines.quotes import QuotesEngine
from bot.engines.server import Endpoint
from bot.partner import DiscussionPartner
from bot.partner.threads import ArchiveThreads
from tests.endpoint import Reply, asked, serving
from tests.engines.llm.world import ANA, BEN, CHO, HATS, TOPIC, GoodModel, say, sentences
from tests.partner.world import NOON

T = TypeVar("T")
WRITTEN = 400
"""Tokens of each answer of the model here; what it reads is a token for four characters."""
LONG = tuple(
    say(n, (ANA, BEN, CHO)[n % 3], f"Hat {n} is the best hat that there is in town, I think. " * 5)
    for n in range(1, 61)
)
CONTEXT = 8_192
"""Tokens, with which these are seven chapters."""
ANA_PAYS, BEN_PAYS = Payer("hat shop", "ana"), Payer("hat shop", "ben")
Story = Callable[[DiscussionPartner, int], Awaitable[T]]


class DearModel(GoodModel):
    """A model that says what it cost. `read` are the ids of all sentences that it read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []

    def __call__(self, request: dict[str, Any]) -> Reply:
        reply = super().__call__(request)
        size = sum(len(turn["content"]) for turn in request["messages"])
        reply.usage = {"prompt_tokens": size // 4, "completion_tokens": WRITTEN}
        self.read += [id_ for id_, _, _ in sentences(asked(request))]
        return reply


class World:
    """A topic, a model with a small context, and a calendar that a test turns."""

    def __init__(
        self,
        path: Path,
        url: str,
        budget: Budget = UNLIMITED,
        *,
        at_once: int = 1,
        thread: Sequence[Message] = LONG,
    ) -> None:
        self.now = NOON
        self.thread = thread
        endpoint = Endpoint("scripted", url, timeout=20, at_once=at_once)
        engine = LLMEngine(Chat(endpoint), load_prompts(None), context=CONTEXT)
        self.partner = DiscussionPartner(
            ArchiveThreads(path), {"llm": engine, "quotes": QuotesEngine()}, self.clock, budget
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


def test_a_brief_that_a_budget_stops_goes_on_the_next_day_where_it_stopped(path: Path) -> None:
    model = DearModel()
    days: list[Summary] = []

    async def ask_every_day(partner: DiscussionPartner, topic: int) -> None:
        while not days or days[-1].engine.fallback:
            days.append(await partner.summarise(topic, payer=ANA_PAYS))
            world.turn_the_page()

    with serving(model) as endpoint:
        world = World(path, endpoint.url, Budget(person_day=Amount(7_500)))
        world.happens(ask_every_day)

    assert 2 < len(days) < 10
    assert days[0].engine.fallback == (
        "The asking person's budget of 7,500 tokens a day has no room for another call of the "
        "model until 2026-03-02, 00:00 UTC."
    )
    assert days[0].receipt.cited == 3
    assert days[-1].lead is not None
    assert len(model.read) == len(set(model.read)) == 300, "no sentence is read twice"


def test_of_a_brief_that_is_shared_who_began_it_pays(path: Path) -> None:
    async def both_ask(partner: DiscussionPartner, topic: int) -> None:
        await asyncio.gather(
            partner.summarise(topic, payer=ANA_PAYS), partner.summarise(topic, payer=BEN_PAYS)
        )
        spent = await partner.spent([SpentBy.PERSON, SpentBy.PURPOSE])
        assert {(each.person, each.purpose): each.usage.calls for each in spent} == {
            ("ana", "brief"): 1
        }

    with serving(DearModel()) as endpoint:
        World(path, endpoint.url, thread=HATS).happens(both_ask)


def test_whose_budget_is_used_up_stops_nobody_else(path: Path) -> None:
    """Ana begins, and ben, who shares what she began, goes on when she has no more to spend."""
    model = DearModel()
    budget = Budget(person_day=Amount(40_000))

    async def both_ask(partner: DiscussionPartner, topic: int) -> None:
        with Archive.open(path) as archive:
            before = Charge(ANA_PAYS, "before", topic, "scripted", "answer")
            reserved = archive.reserve(before, Usage(), budget, NOON, NOON + timedelta(minutes=5))
            archive.settle(reserved, Usage(1, 33_000), budget)
        anas, bens = await asyncio.gather(
            partner.summarise(topic, payer=ANA_PAYS), partner.summarise(topic, payer=BEN_PAYS)
        )
        assert "The asking person's budget" in (anas.engine.fallback or "")
        assert (anas.lead, bens.engine.fallback) == (None, None)
        assert bens.lead is not None
        spent = {each.person: each.usage.calls for each in await partner.spent([SpentBy.PERSON])}
        assert 1 < spent["ana"] < spent["ben"]

    with serving(model) as endpoint:
        World(path, endpoint.url, budget).happens(both_ask)
    assert len(model.read) == len(set(model.read)) == 300


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
            questions = (
                partner.ask(
                    topic, f"Are hats a nuisance in train {n}?", payer=Payer("hat shop", str(n))
                )
                for n in range(50)
            )
            answers += await asyncio.gather(*questions)
        (spent,) = await partner.spent([], "hat shop")
        by_model = [answer for answer in answers if answer.engine.fallback is None]
        why_not = {answer.engine.fallback for answer in answers} - {None}
        assert spent.usage.calls == len(model.asked)
        assert 15_000 < spent.usage.prompt_tokens + spent.usage.completion_tokens <= 20_000
        assert 5 <= len(by_model) < 50
        assert len(why_not) == 1
        assert all(answer.answer or answer.nearest for answer in answers)

    with serving(model) as endpoint:
        World(path, endpoint.url, budget, at_once=50, thread=HATS).happens(fifty_ask)
