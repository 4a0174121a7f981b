"""Examining a database from outside: whether it can be used, is whole, and has room to live in.

Where there is none, none is made; one of an older Moot is left as it is.
"""

import os
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

from bot.archive.archive import Archive
from bot.archive.checking import LEFT
from bot.archive.connection import connect
from bot.archive.failures import check_path
from bot.archive.migrations import OlderSchema
from bot.core.errors import ArchiveError
from bot.core.finding import Finding, ok, problem, warning

LITTLE_ROOM = 100_000_000
"""Bytes. To erase what was deleted, SQLite writes the whole file anew, which for a time takes up to
twice its size again (SQLite's documentation of VACUUM)."""
LARGE_LOG = 64_000_000
"""Bytes. SQLite writes the log back at some 4 MB, unless somebody reads an old state for long."""
BUSY_SECONDS = 1.0
UNERASED = (
    "Words that were deleted are still in the file, since another program reads an old state of it."
)


def examine(path: Path) -> list[Finding]:
    """What is to be said of the database at `path`."""
    try:
        check_path(path, new=True)
    except ArchiveError as error:
        return [
            problem("database", error, "Type it behind --db, or write it as path under [database].")
        ]
    if not path.exists():
        return [ok("database", f"{path} is not there yet; the first import makes it."), _room(path)]
    return [*_content(path), _room(path), *_log(path)]


def _content(path: Path) -> Iterator[Finding]:
    try:
        connect(path, read_only=True, busy_seconds=BUSY_SECONDS).close()
        with Archive.open(path, busy_seconds=BUSY_SECONDS) as archive:
            topics, faults = len(archive.topics()), archive.check()
    except OlderSchema as error:
        yield warning("database", str(error), "Copy the file as a backup, then type: moot topics")
        return
    except ArchiveError as error:
        yield problem("database", error, "Do that, or name another file behind --db.")
        return
    yield ok("database", f"{path} is up to date; topics: {topics}.")
    if os.name == "posix" and path.stat().st_mode & 0o077:
        told = f"Others on this computer can read {path}, and what people wrote in it."
        yield warning("rights", told, f"Type: chmod 600 {shlex.quote(str(path))}*")
    for fault in faults:
        if fault == LEFT:
            yield warning("erasing", UNERASED, f"End whatever else has {path.name} open.")
        else:
            yield problem("contents", fault, "Put a backup in its place, and run `moot db check`.")
    if not faults:
        yield ok("contents", "The file is whole, and nothing that was deleted is left in it.")


def _room(path: Path) -> Finding:
    size = path.stat().st_size if path.exists() else 0
    free = shutil.disk_usage(path.parent).free
    told = f"{_in_bytes(free)} free, the database takes {_in_bytes(size)}."
    if free < (needed := max(LITTLE_ROOM, 2 * size)):
        todo = f"Free {_in_bytes(needed)} on that disk: a deletion writes the whole file anew."
        return warning("disk", told, todo)
    return ok("disk", told)


def _log(path: Path) -> Iterator[Finding]:
    log = path.with_name(f"{path.name}-wal")
    size = log.stat().st_size if log.exists() else 0
    if size > LARGE_LOG:
        told = f"{log.name} has grown to {_in_bytes(size)}: something reads an old state for long."
        yield warning(
            "log",
            told,
            f"Stop other programs that have {path.name} open; `fuser {path.name}` lists them.",
        )


def _in_bytes(size: int) -> str:
    return f"{size / 1e9:,.1f} GB" if size >= 1e9 else f"{size / 1e6:,.1f} MB"
