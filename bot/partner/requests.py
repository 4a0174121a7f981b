"""Requests under way, which start anew once something that they may know must not be known.

A request holds words in memory and has more of them waiting for the model, for minutes where a
thread is long. What it has kept by then stays, so that starting anew costs little; the call that
is broken off is paid for all the same, so only those start anew that must.
"""

import asyncio
from collections.abc import Callable, Collection, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Requests:
    """Serves requests, as many at once as are asked."""

    def __init__(self) -> None:
        self._under_way: dict[asyncio.Task[Any], int] = {}
        self._stale: set[asyncio.Task[Any]] = set()

    async def serve(self, topic_id: int, work: Callable[[int], Coroutine[Any, Any, T]]) -> T:
        """Does the work on a topic, and again from its beginning whenever `start_anew` says so.

        The work is told how often it was begun before.
        """
        begun = 0
        while True:
            task = asyncio.create_task(work(begun))
            self._under_way[task] = topic_id
            try:
                return await task
            except asyncio.CancelledError:
                if task not in self._stale or _is_cancelled():
                    raise
                begun += 1
            finally:
                del self._under_way[task]
                self._stale.discard(task)

    def start_anew(self, topics: Collection[int]) -> None:
        """Breaks off what is under way on these topics; who asked waits for the next attempt."""
        for task, topic_id in self._under_way.items():
            if topic_id in topics:
                self._stale.add(task)
                task.cancel()


def _is_cancelled() -> bool:
    """Whether the one who asks gave up as well."""
    asking = asyncio.current_task()
    return asking is not None and asking.cancelling() > 0
