"""Waiting for what happens in its own time, with a deadline: what never does is a failure."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
SECONDS = 10.0


async def until(look: Callable[[], T | Awaitable[T]], seconds: float = SECONDS) -> T:
    """What `look` gives, once that is true. It has to become so."""
    seen = await becomes(look, bool, seconds)
    assert seen, "this never came about"
    return seen


async def becomes(
    look: Callable[[], T | Awaitable[T]],
    right: Callable[[T], bool],
    seconds: float = SECONDS,
) -> T:
    """What `look` gives, once it is right; after the deadline whatever it gives then."""
    deadline = asyncio.get_running_loop().time() + seconds
    while True:
        looked = look()
        seen: T = await looked if inspect.isawaitable(looked) else looked
        if right(seen) or asyncio.get_running_loop().time() > deadline:
            return seen
        await asyncio.sleep(0.01)
