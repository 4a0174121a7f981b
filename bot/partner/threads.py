"""One thread writes, another reads: the archive's connections belong to the thread that opened
them, and an import never blocks an answer."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from bot.archive import Archive
from bot.partner.erasing import Erasing

P = ParamSpec("P")
T = TypeVar("T")
Method = Callable[Concatenate[Archive, P], T]


class _Desk:
    """A thread with a connection of its own, opened there at the first use."""

    def __init__(self, name: str, connect: Callable[[], Archive]) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._connect = connect
        self._archive: Archive | None = None
        self.listeners: list[Callable[[], None]] = []
        """Called, in the event loop, after each call that went through."""

    @property
    def is_erased(self) -> bool:
        """Whether the last call left nothing that was deleted in the files."""
        return self._archive is None or self._archive.is_erased

    async def __call__(self, method: Method[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        done = await loop.run_in_executor(self._thread, lambda: self._run(method, *args, **kwargs))
        for listener in self.listeners:
            listener()
        return done

    def _run(self, method: Method[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self._archive is None:
            self._archive = self._connect()
        return method(self._archive, *args, **kwargs)

    def close(self) -> None:
        if self._archive is not None:
            self._thread.submit(self._archive.close).result()
            self._archive = None
        self._thread.shutdown()


class ArchiveThreads:
    """`await threads.write(Archive.record, topic, messages)`, `await threads.read(...)`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.write = _Desk("archive-writer", lambda: Archive.open(path))
        self.read = _Desk("archive-reader", lambda: Archive.open(path, read_only=True))
        self._erasing = Erasing(
            lambda: self.write(Archive.finish_erasing), lambda: self.write.is_erased
        )
        self.write.listeners.append(self._erasing.written)

    async def open(self) -> None:
        """Creates or migrates the file, so that the reader finds it. Raises ArchiveError."""
        await self.write(lambda archive: None)

    def close(self) -> None:
        """Waits for what is under way, and closes both connections."""
        self._erasing.stop()
        self.read.close()
        self.write.close()
