"""Work that several people ask for at once is done once.

It goes on as long as one of them still waits. What the work is, it must not know.
"""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, TypeVar

from bot.core.errors import OverBudget
from bot.partner.progress import Progress

T = TypeVar("T")
Work = Callable[[Progress], Coroutine[Any, Any, T]]
"""Work that tells how far it is."""


class _Run:
    """Work under way, and those who wait for it."""

    def __init__(self, work: Work[Any]) -> None:
        self.waiting: list[Progress] = []
        self.told: tuple[int, int] | None = None
        self.task = asyncio.create_task(work(self.tell))

    def tell(self, read: int, total: int) -> None:
        self.told = read, total
        for progress in self.waiting:
            progress(read, total)

    def join(self, progress: Progress) -> None:
        self.waiting.append(progress)
        if self.told:
            progress(*self.told)


class Sharing:
    """Does work under a key once, however many ask for it while it is under way."""

    def __init__(self) -> None:
        self._under_way: dict[Hashable, _Run] = {}

    async def share(self, key: Hashable, work: Work[T], progress: Progress) -> tuple[T, bool]:
        """What the work gives, and whether it was under way already.

        Its error, if it fails, is raised to all who wait; but that its beginner has no more to
        spend is told to them alone, and another begins in their place. Who is cancelled leaves
        the others waiting; the last one to leave breaks the work off.
        """
        while True:
            run, joined = self._under_way.get(key), True
            if run is None or run.task.done():
                run, joined = self._start(key, work), False
            try:
                return await self._wait(key, run, progress), joined
            except OverBudget:
                if not joined:
                    raise

    def _start(self, key: Hashable, work: Work[Any]) -> _Run:
        run = self._under_way[key] = _Run(work)
        run.task.add_done_callback(lambda _: self._forget(key, run))
        return run

    async def _wait(self, key: Hashable, run: _Run, progress: Progress) -> Any:
        run.join(progress)
        try:
            return await asyncio.shield(run.task)
        finally:
            run.waiting.remove(progress)
            if not run.waiting and not run.task.done():
                self._forget(key, run)
                run.task.cancel()
                await asyncio.wait([run.task])

    def _forget(self, key: Hashable, run: _Run) -> None:
        if self._under_way.get(key) is run:
            del self._under_way[key]
