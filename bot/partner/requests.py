"""Requests under way, which start anew once something that they may know must not be known.

A request holds words in memory and has more of them waiting for the model, for minutes where a
thread is long. What it has kept by then stays, so that starting anew costs little.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Requests:
    """Serves requests, as many at once as are asked."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[Any]] = set()
        self._stale: set[asyncio.Task[Any]] = set()

    async def serve(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Does the work, and again from its beginning whenever `start_anew` is called."""
        while True:
            task = asyncio.create_task(work())
            self._under_way.add(task)
            try:
                return await task
            except asyncio.CancelledError:
                if task not in self._stale or _is_cancelled():
                    raise
            finally:
                self._under_way.discard(task)
                self._stale.discard(task)

    def start_anew(self) -> None:
        """Breaks off what is under way; whoever asked waits for the second attempt."""
        for task in self._under_way:
            self._stale.add(task)
            task.cancel()


def _is_cancelled() -> bool:
    """Whether the one who asks gave up as well."""
    asking = asyncio.current_task()
    return asking is not None and asking.cancelling() > 0
