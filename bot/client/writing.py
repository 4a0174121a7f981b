"""Writing: what the gateway tells, into the archive, however long that can't be written to.

A full disk and a database that another program holds lose no event: each waits in its place, and
the first is tried again at growing intervals. What waits when the process ends is found at the next
start: in the journal what was noted there, all else in the histories, as far back as these are
read. What an event says, this must not know.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial

from bot.archive import Journal
from bot.client.failures import record
from bot.core.errors import ArchiveUnavailable

log = logging.getLogger(__name__)

Work = Callable[[], Awaitable[None]]
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0
"""Seconds between two attempts; the next one waits twice as long."""
MOST_WAITING = 10_000
"""Events that wait at a time, some kilobytes each."""


async def patiently(work: Work, doing: str) -> None:
    """Does the work, again and again as long as the archive can't be used for now."""
    pause = FIRST_PAUSE
    while True:
        try:
            return await work()
        except ArchiveUnavailable as error:
            log.warning("%s has to wait %.1f s: %s", doing, pause, error)
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


class Writing:
    """Writes events at once, or in their order as soon as that can be done again."""

    def __init__(
        self, journal: Journal | None = None, caught_up: Callable[[], None] | None = None
    ) -> None:
        """`caught_up` is called when nothing waits any more."""
        self._journal = journal
        self._caught_up = caught_up
        self._waiting: deque[Work] = deque()
        self._turn = asyncio.Lock()
        self._at_work: set[asyncio.Task[None]] = set()
        self._catching_up: asyncio.Task[None] | None = None

    async def write(self, work: Work, noted: int | None = None) -> None:
        """Writes one event, or has it wait. Raises whatever else is wrong with it.

        `noted` is its number in the journal, where it is struck out once it needs no other attempt.
        """
        task = asyncio.create_task(self._attempt(partial(self._finish, work, noted)))
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)
        await task

    async def close(self) -> None:
        """Writes what was heard already; what even now can't be written is left to the log."""
        await asyncio.sleep(0)  # events that were dispatched, and have not begun to be written
        await asyncio.gather(*self._at_work, return_exceptions=True)
        if self._catching_up:
            self._catching_up.cancel()
            await asyncio.gather(self._catching_up, return_exceptions=True)
        try:
            await self._drain(lambda work: work())
        except ArchiveUnavailable as error:
            record(error, f"Keeping the last {len(self._waiting)} events")

    async def _finish(self, work: Work, noted: int | None) -> None:
        try:
            await work()
        except (ArchiveUnavailable, asyncio.CancelledError):
            raise
        except Exception:
            self._strike(noted)
            raise
        self._strike(noted)

    def _strike(self, noted: int | None) -> None:
        if self._journal:
            self._journal.strike(noted)

    async def _attempt(self, work: Work) -> None:
        # One at a time: each may take seconds to find that it can't, and people wait behind it.
        async with self._turn:
            if self._waiting:
                self._put_off(work)
                return
            try:
                await work()
            except ArchiveUnavailable:
                self._put_off(work)

    def _put_off(self, work: Work) -> None:
        if len(self._waiting) >= MOST_WAITING:
            log.error("Too many events wait; what this one said is looked for in the histories.")
            return
        self._waiting.append(work)
        if self._catching_up is None or self._catching_up.done():
            self._catching_up = asyncio.create_task(self._catch_up())

    async def _catch_up(self) -> None:
        await self._drain(lambda work: patiently(work, f"Keeping {len(self._waiting)} events"))
        log.info("What could not be kept for a while is kept now.")
        if self._caught_up:
            self._caught_up()

    async def _drain(self, attempt: Callable[[Work], Awaitable[None]]) -> None:
        """One that fails for good holds up no other, and stays no longer than its turn."""
        while self._waiting:
            try:
                await attempt(self._waiting[0])
            except ArchiveUnavailable:
                raise
            except Exception as error:
                record(error, "Keeping an event that had to wait")
            self._waiting.popleft()
