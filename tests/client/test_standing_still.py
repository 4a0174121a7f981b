"""One member's messages keep nobody else waiting, whatever they are made of."""

import asyncio
import time

import pytest

from tests.client.world import World, shown

pytestmark = pytest.mark.anyio
HOSTILE = [
    "a" + "`" * 1998 + "a",
    "||" + "www." * 496 + " and so||",
    "||" + "i think " * 249 + "||",
    "「a。" * 666,
    "**a " * 500,
    "e" + "\u0301" * 1999,
]


@pytest.mark.parametrize("words", HOSTILE, ids=["code", "links", "phrases", "quotes", "bold", "e"])
async def test_hostile_messages_keep_nobody_waiting(world: World, words: str) -> None:
    mira, eve = world.person("mira"), world.person("eve")
    thread = await world.post(mira, world.forum(), "Tea", "I think that tea is better than coffee.")
    for _ in range(60):
        world.env.backend.create_message(thread.id, eve.id, words)
    await world.env.settle(timeout=60)

    stalls: list[float] = []
    watching = asyncio.create_task(_watch(stalls))
    begun = time.perf_counter()
    assert "tea is better" in shown(await mira.slash(thread, "summary"))
    taken = time.perf_counter() - begun
    watching.cancel()
    assert taken < 3, "the answer takes too long"
    assert max(stalls) < 0.5, "nothing else ran meanwhile"


async def _watch(stalls: list[float]) -> None:
    """How late each tick of the event loop is, in seconds."""
    while True:
        begun = time.perf_counter()
        await asyncio.sleep(0.01)
        stalls.append(time.perf_counter() - begun - 0.01)
