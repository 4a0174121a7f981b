"""A limit is not passed, whatever a server tells or does: the server here keeps the true bill."""

import asyncio
import json
import sqlite3
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.archive import Archive
from bot.assembly import load_prompts
from bot.core.budget import Amount, Budget, Payer, Period, Whose
from bot.core.sentences import Span
from bot.engines.chat import Chat
from bot.engines.llm import LLMEngine
from bot.engines.quotes import QuotesEngine
from bot.engines.server import Endpoint
from bot.partner import DiscussionPartner
from bot.partner.threads import ArchiveThreads
from tests.endpoint import Reply, refusal, serving
from tests.engines.llm.world import ANA, BEN, CHO, TOPIC, GoodModel, say
from tests.partner.world import NOON

LIMIT = 6_000
WRITTEN = 400
PAYS = Payer("hat shop", "payer")
HATS = tuple(
    say(n, (ANA, BEN, CHO)[n % 3], f"Hat {n} is the best hat that there is.") for n in range(1, 13)
)
Counts = Callable[[dict[str, int]], Any]


class Billing(GoodModel):
    """Bills each request that reached it, and says of it whatever `tells` makes of the truth."""

    def __init__(self, tells: Counts = lambda true: true) -> None:
        super().__init__()
        self.tells = tells
        self.billed = 0
        self.calls = 0
        self.lock = threading.Lock()

    def __call__(self, request: dict[str, Any]) -> Reply:
        with self.lock:
            reply = super().__call__(request)
            true = self.bill(request, WRITTEN)
        self.work(self.asked[-1])
        reply.usage = self.tells(true)
        return reply

    def bill(self, request: dict[str, Any], written: int) -> dict[str, int]:
        self.calls += 1
        read = sum(len(each["content"]) for each in request["messages"]) // 4
        self.billed += read + written
        return {"prompt_tokens": read, "completion_tokens": written}

    def work(self, purpose: str) -> None:
        """Takes no time."""


class World:
    """A topic, a server that bills, a limit, and a clock that a test moves."""

    def __init__(self, path: Path, url: str, limit: int = LIMIT, **endpoint: float) -> None:
        self.now = NOON
        self.threads = ArchiveThreads(path)
        settings: dict[str, Any] = {"timeout": 20, "at_once": 1, "retries": 0} | endpoint
        engine = LLMEngine(Chat(Endpoint("scripted", url, **settings)), load_prompts(None), 8_192)
        self.partner = DiscussionPartner(
            self.threads,
            {"llm": engine, "quotes": QuotesEngine()},
            self.clock,
            Budget(person_day=Amount(limit)),
        )
        self.topic = 0

    def clock(self) -> datetime:
        return self.now

    async def ask(self, number: int = 0) -> str | None:
        """Asks about a hat; why quotes answered, or None."""
        asked = f"What of hat {number % 12 + 1}?"
        return (await self.partner.ask(self.topic, asked, payer=PAYS)).engine.fallback

    async def counted(self) -> int:
        used = await self.threads.read(Archive.used, Whose.PERSON, "payer", Period.DAY, self.now)
        return used.tokens or 0

    def happens(self, story: Callable[["World"], Awaitable[None]]) -> None:
        async def opened() -> None:
            async with self.partner as partner:
                self.topic = (await partner.record(TOPIC, HATS)).topic_id
                await asyncio.wait_for(story(self), 60)

        asyncio.run(opened())


async def ask_until_nothing_is_left(world: World) -> None:
    for number in range(60):
        if "budget" in (await world.ask(number) or ""):
            return
    raise AssertionError("there is no end to it")


class Late(Billing):
    """Every second answer comes after the timeout, and is billed."""

    def work(self, purpose: str) -> None:
        time.sleep(0.6 if self.calls % 2 else 0.0)


def test_answers_that_come_too_late_are_paid(path: Path) -> None:
    model = Late()
    with serving(model) as server:
        World(path, server.url, timeout=0.3).happens(ask_until_nothing_is_left)
    assert 0 < model.billed <= LIMIT


class BreakingOff(Billing):
    """Sends the half of each answer, once it has written it all."""

    def __call__(self, request: dict[str, Any]) -> Reply:
        reply = super().__call__(request)
        half = reply.encoded()[:100]
        return Reply(body=half, headers={"Content-Length": "9999"})


def test_answers_that_broke_off_are_paid(path: Path) -> None:
    model = BreakingOff()
    with serving(model) as server:
        World(path, server.url, retries=1).happens(ask_twenty_times)
    assert 0 < model.billed <= LIMIT


async def ask_twenty_times(world: World) -> None:
    for number in range(20):
        await world.ask(number)
        world.now += timedelta(minutes=11)  # a server that is away is tried again


@pytest.mark.parametrize(
    "tells",
    [
        lambda true: {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
        lambda true: {"prompt_tokens": 1, "completion_tokens": 1},
        lambda true: {"prompt_tokens": -900, "completion_tokens": -900},
        lambda true: {"prompt_tokens": "many", "completion_tokens": 1},
        lambda true: {"prompt_tokens": True, "completion_tokens": True},
        lambda true: {**true, "completion_tokens": 0},
        lambda true: {},
        lambda true: None,
    ],
)
def test_a_server_that_counts_nothing_or_nonsense_is_paid_the_most(
    path: Path, tells: Counts
) -> None:
    model = Billing(tells)
    with serving(model) as server:
        World(path, server.url).happens(ask_until_nothing_is_left)
    assert 0 < model.billed <= LIMIT


class Uncapped(Billing):
    """Takes no cap, and writes 20,000 tokens, one by one, unless the reader leaves."""

    def __call__(self, request: dict[str, Any]) -> Reply:
        for name in ("max_completion_tokens", "max_tokens"):
            if name in request:
                return refusal(f"Unknown parameter: {name}", param=name)
        self.bill(request, 0)
        return Reply(chunks=self._words(), content_type="text/event-stream")

    def _words(self) -> Iterator[bytes]:
        for _ in range(20_000):
            piece = {"choices": [{"index": 0, "delta": {"content": "hat "}}]}
            yield f"data: {json.dumps(piece)}\n\n".encode()
            self.billed += 1
            time.sleep(0.0001)  # so that it hears of it when the reader has left


def test_a_server_that_takes_no_cap_is_left_at_it(path: Path) -> None:
    model = Uncapped()
    with serving(model) as server:
        World(path, server.url).happens(ask_until_nothing_is_left)
    assert 0 < model.billed <= LIMIT


class Slow(Billing):
    """Takes a moment to answer."""

    def work(self, purpose: str) -> None:
        time.sleep(0.4)


def test_people_of_other_topics_who_leave_break_nothing_off(path: Path) -> None:
    model = Slow()

    async def many_leave(world: World) -> None:
        asking = asyncio.create_task(world.ask())
        for number in range(20):
            await asyncio.sleep(0.03)
            await world.partner.erase("test", f"nobody {number}")
            await world.partner.opt_out("test", f"nobody {number}")
            await world.partner.forget_guild(f"nowhere {number}")
        assert await asking is None
        assert await world.counted() == model.billed

    with serving(model) as server:
        World(path, server.url).happens(many_leave)
    assert model.calls == 1


def test_a_call_that_a_member_of_the_topic_breaks_off_is_paid_and_made_again(path: Path) -> None:
    model = Slow()

    async def one_leaves(world: World) -> None:
        asking = asyncio.create_task(world.ask())
        await asyncio.sleep(0.2)
        await world.partner.erase("test", CHO.source_id)
        assert await asking is None
        assert await world.counted() >= model.billed

    with serving(model) as server:
        World(path, server.url).happens(one_leaves)
    assert model.calls == 2


def test_a_request_that_is_broken_off_again_and_again_ends_in_quotes(path: Path) -> None:
    model = Slow()

    async def somebody_contests_and_contests(world: World) -> None:
        asking = asyncio.create_task(world.ask())
        for number in range(12):
            await asyncio.sleep(0.1)
            words = Span(f"m{(3, 6, 9, 12)[number % 4]}", 0, 5)
            await world.partner.contest(world.topic, ANA.source_id, [words], None)
        assert "was broken off by people who took words of theirs back" in (await asking or "")
        assert await world.counted() >= model.billed

    with serving(model) as server:
        World(path, server.url, 3 * LIMIT).happens(somebody_contests_and_contests)
    assert model.calls <= 3


def test_who_erases_all_of_theirs_has_spent_what_they_have_spent(path: Path) -> None:
    model = Billing()

    async def erase_at_each_end(world: World) -> None:
        for number in range(30):
            if await world.ask(number):
                await world.partner.erase("test", "payer")
                await world.partner.opt_out("test", "payer")
                await world.partner.opt_in("test", "payer")

    with serving(model) as server:
        World(path, server.url).happens(erase_at_each_end)
    assert LIMIT / 2 < model.billed <= LIMIT


class Held(Billing):
    """Has another program hold the database while it answers, for longer than Moot waits."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.freed = threading.Event()

    def work(self, purpose: str) -> None:
        holder = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        holder.execute("BEGIN IMMEDIATE")

        def let_go() -> None:
            with closing(holder):
                holder.execute("ROLLBACK")
            self.freed.set()

        threading.Timer(6.0, let_go).start()


def test_a_call_that_could_not_be_settled_is_a_charge_and_its_answer_is_not_lost(
    path: Path,
) -> None:
    model = Held(path)

    async def ask_twice_in_a_day(world: World) -> None:
        for number in range(2):
            assert await world.ask(number) is None
            await asyncio.to_thread(model.freed.wait, 10)
            model.freed.clear()
            world.now += timedelta(hours=2)
        assert await world.counted() >= model.billed

    with serving(model) as server:
        World(path, server.url).happens(ask_twice_in_a_day)
    assert model.calls == 2
