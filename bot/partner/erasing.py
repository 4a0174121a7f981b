"""Erasing at a quiet moment: what was deleted leaves the files without anybody waiting for it.

A deletion in a large database is not written out of its files at once (see archive/erasing.py):
whoever edits a message again and again would have the whole file rewritten each time. It happens
as soon as nobody writes for a moment, and after some minutes in any case. What is held up by
a reader of an old state, or by a disk that is full, is tried again.
"""

import asyncio
from collections.abc import Awaitable, Callable

from bot.core.errors import ArchiveError

QUIET = 6.0
"""Seconds without a write after which it begins, and between two attempts."""
SHARE = 20
"""An attempt that fails is made again after so many times as long as it took: where the disk is
full, each writes the file anew until there is no room."""
LATEST = 290.0
"""Seconds after which it begins whoever writes: with all that, five minutes."""


class Erasing:
    """Has the archive erase once it is quiet. Belongs to an event loop.

    `finish` says whether all is erased, and tries to make it so; `is_erased` whether it was after
    the last write. `quiet` and `latest` are in seconds.
    """

    def __init__(
        self,
        finish: Callable[[], Awaitable[bool]],
        is_erased: Callable[[], bool],
        quiet: float = QUIET,
        latest: float = LATEST,
    ) -> None:
        self._finish = finish
        self._is_erased = is_erased
        self._quiet = quiet
        self._latest = latest
        self._written_at = 0.0
        self._task: asyncio.Task[None] | None = None

    def written(self) -> None:
        """Notes a write, and begins where it left something to erase."""
        self._written_at = asyncio.get_running_loop().time()
        if not self._is_erased() and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._erase())

    def stop(self) -> None:
        """Leaves what is left to whoever closes the archive."""
        if self._task is not None:
            self._task.cancel()

    async def _erase(self) -> None:
        clock = asyncio.get_running_loop().time
        latest, pause = clock() + self._latest, self._quiet
        while not self._is_erased():
            await asyncio.sleep(pause)
            pause = self._quiet
            if clock() - self._written_at >= self._quiet or clock() >= latest:
                begun = clock()
                await self._attempt()
                pause = min(max(pause, SHARE * (clock() - begun)), self._latest)
                latest = clock() + self._latest

    async def _attempt(self) -> None:
        try:
            await self._finish()
        except ArchiveError:
            # Whoever asks for something hears of it; this is tried again.
            return
