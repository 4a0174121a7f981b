"""A server that stumbles, stalls, is away or will not end: who asked hears of it in time."""

import asyncio
import gc
import itertools
import json
import threading
import time
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.errors import EngineFailed, OverBudget
from bot.core.summary import Usage
from bot.engines import Meter
from bot.engines.chat import Chat, Request
from bot.engines.server import Endpoint, Server
from tests.endpoint import Reply, Script, in_turn, refusal, serving
from tests.engines.test_chat import GOOD, REQUEST, SCHEMA, Shape

BUSY = Reply(status=429, body=b'{"error": {"message": "Slow down."}}')
BROKEN = Reply(status=503, body=b'{"error": {"message": "Overloaded."}}')


def quota() -> Reply:
    error = {"message": "You exceeded your quota.", "code": "insufficient_quota"}
    return Reply(status=429, body=json.dumps({"error": error}).encode())


def asking_to_wait(seconds: str) -> Reply:
    return Reply(status=429, body=BUSY.body, headers={"Retry-After": seconds})


@dataclass
class Purse:
    """Remembers what was set aside and what was paid."""

    has: bool = True
    was_opened: asyncio.Event = field(default_factory=asyncio.Event)
    open: dict[int, Usage] = field(default_factory=dict)
    paid: list[tuple[str, Usage]] = field(default_factory=list)
    reserved: list[tuple[str, Usage, float]] = field(default_factory=list)

    async def reserve(self, purpose: str, most: Usage, seconds: float) -> int:
        if not self.has:
            raise OverBudget("There is nothing left.")
        self.reserved.append((purpose, most, seconds))
        self.open[len(self.reserved)] = most
        self.was_opened.set()
        return len(self.reserved)

    async def settle(self, reservation: int, usage: Usage) -> None:
        del self.open[reservation]
        self.paid.append((self.reserved[reservation - 1][0], usage))


class Scene:
    """A server that is asked on a clock that only waiting moves, and what was waited."""

    def __init__(self, url: str, **endpoint: float) -> None:
        self.waited: list[float] = []
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)
        settings = Endpoint("scripted", url, **{"timeout": 5, **endpoint})  # type: ignore[arg-type]
        self.chat = Chat(Server(settings, lambda: self.now, self.sleep, lambda: 0.5))
        self.meter = Meter()

    async def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += timedelta(seconds=seconds)

    async def ask(self, request: Request = REQUEST) -> Shape:
        return (await self.chat.ask(request, Shape, self.meter, SCHEMA))[0]

    async def fail(self) -> str:
        """The sentence that somebody gets who asks."""
        with pytest.raises(EngineFailed) as failed:
            await self.ask()
        return str(failed.value)


@asynccontextmanager
async def scene(url: str, **endpoint: float) -> AsyncIterator[Scene]:
    opened = Scene(url, **endpoint)
    try:
        yield opened
    finally:
        await opened.chat.close()


@pytest.mark.parametrize("stumble", [BUSY, BROKEN, Reply(status=408, body=b"{}")])
def test_what_may_pass_is_tried_again(stumble: Reply) -> None:
    async def story(url: str) -> None:
        async with scene(url) as server:
            assert (await server.ask()).words == "fine"
            assert server.waited == [0.25]

    with serving(in_turn(stumble, Reply(GOOD))) as endpoint:
        asyncio.run(story(endpoint.url))
    assert len(endpoint.requests) == 2


def test_as_often_as_is_said_and_the_client_adds_none() -> None:
    async def story(url: str) -> None:
        async with scene(url, retries=2) as server:
            assert "answered 503: " in await server.fail()
            assert server.waited == [0.25, 0.5]

    with serving(lambda request: BROKEN) as endpoint:
        asyncio.run(story(endpoint.url))
    assert len(endpoint.requests) == 3


def test_a_wait_that_the_server_asks_for_is_kept() -> None:
    async def story(url: str) -> None:
        async with scene(url) as server:
            await server.ask()
            assert server.waited == [4.25]

    with serving(in_turn(asking_to_wait("4"), Reply(GOOD))) as endpoint:
        asyncio.run(story(endpoint.url))


def test_a_wait_that_is_too_long_is_told_and_not_waited() -> None:
    async def story(url: str) -> None:
        async with scene(url) as server:
            assert (await server.fail()).endswith("Slow down; it asks to wait 300 s.")
            assert server.waited == []

    with serving(lambda request: asking_to_wait("300")) as endpoint:
        asyncio.run(story(endpoint.url))
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize("reply", [quota(), Reply(status=401, body=b"{}"), refusal("No.")])
def test_what_no_waiting_helps_is_not_tried_again(reply: Reply) -> None:
    async def story(url: str) -> None:
        async with scene(url) as server:
            for _ in range(5):
                await server.fail()
            assert server.waited == []

    with serving(lambda request: reply) as endpoint:
        asyncio.run(story(endpoint.url))
    assert len(endpoint.requests) == 5


@pytest.mark.parametrize(
    "reply",
    [BROKEN, Reply(body=b"<html>Sign in</html>", content_type="text/html"), Reply(body=b"{")],
)
def test_a_server_that_is_away_is_asked_three_times_and_then_left_alone(reply: Reply) -> None:
    async def story(url: str) -> None:
        async with scene(url, retries=0) as server:
            told = [await server.fail() for _ in range(20)]
            assert told[2] == told[0]
            again = "has been away since 2026-03-01 12:00:00 and is tried again at 12:00:30 (UTC)."
            assert all(each.endswith(again) for each in told[3:])

    with serving(lambda request: reply) as endpoint:
        asyncio.run(story(endpoint.url))
    assert len(endpoint.requests) == 3


def test_it_is_tried_again_by_one_and_then_serves_all() -> None:
    broken = True

    def script(request: object) -> Reply:
        return BROKEN if broken else Reply(GOOD)

    async def story(url: str) -> None:
        nonlocal broken
        async with scene(url, retries=0) as server:
            for _ in range(3):
                await server.fail()
            server.now += timedelta(seconds=30)
            told = await asyncio.gather(*(server.fail() for _ in range(10)))
            assert sum("answered 503" in each for each in told) == 1
            broken = False
            server.now += timedelta(seconds=60)
            assert (await server.ask()).words == "fine"
            await asyncio.gather(*(server.ask() for _ in range(10)))

    with serving(script) as endpoint:
        asyncio.run(story(endpoint.url))
    assert len(endpoint.requests) == 3 + 1 + 1 + 10


def test_who_waits_for_their_turn_does_not_wait_for_a_server_that_is_away() -> None:
    """Of thirty who ask at once the first few find out; the rest hear of it at once."""

    async def story(url: str) -> None:
        async with scene(url, timeout=0.3, retries=0) as server:
            before = time.monotonic()
            told = await asyncio.gather(*(server.fail() for _ in range(30)))
            assert time.monotonic() - before < 2
            found_out = sum("did not answer within 0.3 s" in each for each in told)
            assert found_out == len(endpoint.requests) <= 6

    released = threading.Event()
    with serving(lambda request: Reply(GOOD, wait=released)) as endpoint:
        try:
            asyncio.run(story(endpoint.url))
        finally:
            released.set()


def _slowly(stopped: threading.Event) -> Iterator[bytes]:
    """A space every twentieth of a second, which is no answer and never will be."""
    while not stopped.wait(0.05):
        yield b" "


@pytest.mark.parametrize("tries", [1, 3])
def test_a_body_that_trickles_for_ever_ends_with_the_timeout(tries: int) -> None:
    async def story(url: str) -> None:
        async with scene(url, timeout=0.5, retries=2) as server:
            for _ in range(tries):
                assert "did not answer within 0.5 s" in await server.fail()
            assert server.waited == []

    stopped = threading.Event()
    before = time.monotonic()
    with serving(lambda request: Reply(chunks=_slowly(stopped))) as endpoint:
        try:
            asyncio.run(story(endpoint.url))
            assert time.monotonic() - before < 0.5 * tries + 2
        finally:
            stopped.set()
    assert len(endpoint.requests) == tries


def _without_end(sent: list[int]) -> Iterator[bytes]:
    piece = b" " * 1_000_000
    for _ in itertools.repeat(None):
        yield piece
        sent.append(len(piece))


def test_a_body_without_end_does_not_fill_the_memory() -> None:
    sent: list[int] = []

    async def story(url: str) -> int:
        async with scene(url, timeout=20) as server:
            tracemalloc.start()
            try:
                assert "sent more than 8 MB" in await server.fail()
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()
                gc.collect()

    with serving(lambda request: Reply(chunks=_without_end(sent))) as endpoint:
        most = asyncio.run(story(endpoint.url))
    assert most < 40_000_000
    assert sum(sent) < 30_000_000


def pay(script: Script, *, times: int = 1, request: Request = REQUEST) -> Purse:
    """Asks with a purse, whatever comes of it."""
    purse = Purse()

    async def story(url: str) -> None:
        async with scene(url, retries=1) as server:
            server.meter.purse = purse
            for _ in range(times):
                await asyncio.gather(server.ask(request), return_exceptions=True)

    with serving(script) as endpoint:
        asyncio.run(story(endpoint.url))
    assert purse.open == {}
    return purse


def test_the_most_is_set_aside_before_and_what_was_told_is_paid_after() -> None:
    purse = pay(in_turn(Reply(GOOD)))
    (purpose, most, seconds) = purse.reserved[0]
    assert purpose == "test"
    assert most.completion_tokens == REQUEST.max_tokens
    assert most.prompt_tokens > 10
    assert seconds == 10
    assert purse.paid == [("test", Usage(1, 10, 5))]


def test_each_call_of_an_answer_is_paid_for_with_its_own_room() -> None:
    purse = pay(in_turn(Reply("{", finish="length"), Reply("No."), Reply(GOOD)))
    assert [most.completion_tokens for _, most, _ in purse.reserved] == [100, 400, 100]
    assert [usage for _, usage in purse.paid] == [Usage(1, 10, 5)] * 3


@pytest.mark.parametrize("reply", [BROKEN, BUSY, refusal("No."), Reply(status=302)])
def test_a_call_that_was_not_served_costs_nothing(reply: Reply) -> None:
    assert {usage for _, usage in pay(lambda request: reply).paid} == {Usage()}


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=b"{"),
        Reply(body=b'{"choices": [null]}'),
        Reply(status=504, body=b"{}"),
        Reply(chunks=[b'{"choices": ['], headers={"Content-Length": "90"}),
        Reply(body=b"[]", headers={"Content-Encoding": "gzip"}),
    ],
)
def test_a_call_that_may_have_been_served_costs_what_was_set_aside(reply: Reply) -> None:
    purse = pay(lambda request: reply)
    assert purse.paid
    assert [usage for _, usage in purse.paid] == [most for _, most, _ in purse.reserved]


def test_each_try_that_may_have_been_served_is_paid_for() -> None:
    purse = pay(in_turn(Reply(status=504, body=b"{}"), Reply(GOOD)))
    (_, most, _), _ = purse.reserved
    assert [usage for _, usage in purse.paid] == [most, Usage(1, 10, 5)]


def test_where_nobody_listens_nothing_is_paid() -> None:
    purse = Purse()

    async def story() -> None:
        async with scene("http://127.0.0.1:9/v1") as server:
            server.meter.purse = purse
            assert "can't be reached" in await server.fail()

    asyncio.run(story())
    assert [usage for _, usage in purse.paid] == [Usage(), Usage()]


def test_an_answer_that_comes_too_late_costs_what_was_set_aside() -> None:
    purse = Purse()
    released = threading.Event()

    async def story(url: str) -> None:
        async with scene(url, timeout=0.3) as server:
            server.meter.purse = purse
            assert "did not answer within" in await server.fail()

    with serving(lambda request: Reply(GOOD, wait=released)) as endpoint:
        try:
            asyncio.run(story(endpoint.url))
        finally:
            released.set()
    assert [usage for _, usage in purse.paid] == [purse.reserved[0][1]]


def test_a_refusal_is_paid_for() -> None:
    assert pay(in_turn(Reply(None, refusal="I won't."))).paid == [("test", Usage(1, 10, 5))]


@pytest.mark.parametrize("told", [-5, None, "many", 1.5, 10**30, True, 0, float("nan"), [10]])
def test_where_the_server_does_not_say_what_it_cost_the_most_is_paid(told: object) -> None:
    written = {"prompt_tokens": 10, "completion_tokens": told}
    for usage in (None, {"prompt_tokens": told, "completion_tokens": 5}, written, "none", [1, 2]):
        purse = pay(in_turn(Reply(GOOD, usage=usage)))  # type: ignore[arg-type]
        assert purse.paid == [("test", purse.reserved[0][1])]


@pytest.mark.parametrize("told", [(3, 5), (10, 1), (1_000_000, 5)])
def test_a_count_that_can_t_be_so_is_none(told: tuple[int, int]) -> None:
    """Fewer tokens than there are words, or more than there are characters."""
    said = json.dumps({"ids": [1], "words": "fine and dandy, or so it seems to me today"})
    usage = {"prompt_tokens": told[0], "completion_tokens": told[1]}
    request = replace(REQUEST, content="Say something about this. " * 20)
    purse = pay(in_turn(Reply(said, usage=usage)), request=request)
    assert purse.paid == [("test", purse.reserved[0][1])]


def test_what_was_not_counted_teaches_nothing_about_the_next_prompt() -> None:
    def uncounted(request: object) -> Reply:
        return Reply(GOOD, usage={"prompt_tokens": 1, "completion_tokens": 5})

    purse = pay(uncounted, times=3, request=replace(REQUEST, content="Say something. " * 20))
    assert len({most for _, most, _ in purse.reserved}) == 1


def test_with_an_empty_purse_nothing_is_asked_and_the_server_not_blamed() -> None:
    async def story(url: str) -> None:
        async with scene(url) as server:
            server.meter.purse = Purse(has=False)
            for _ in range(5):
                assert await server.fail() == "There is nothing left."
            server.meter.purse = None
            await server.ask()

    with serving(in_turn(Reply(GOOD))) as endpoint:
        asyncio.run(story(endpoint.url))
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize("is_sent", [True, False])
def test_a_call_that_is_given_up_is_paid_once_it_was_sent(is_sent: bool) -> None:
    purse = Purse()
    arrived, released = threading.Event(), threading.Event()

    def script(request: object) -> Reply:
        arrived.set()
        return Reply(GOOD, wait=released)

    async def story(url: str) -> None:
        async with scene(url) as server:
            server.meter.purse = purse
            asked = asyncio.create_task(server.ask())
            await purse.was_opened.wait()
            if is_sent:
                await asyncio.to_thread(arrived.wait, 5)
            asked.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asked
            most = purse.reserved[0][1]
            assert purse.paid == [("test", most if is_sent else Usage())]

    with serving(script) as endpoint:
        try:
            asyncio.run(story(endpoint.url))
        finally:
            released.set()
