"""SQLite's errors, told as what a person can do about them: the only place that translates."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from bot.core.errors import ArchiveError, ArchiveUnavailable

_DAMAGED = (
    "The database {path} is damaged: put a backup in its place, or move it away to start anew."
)
_SENTENCES = {
    sqlite3.SQLITE_BUSY: "The database {path} is in use by another program: wait for it to finish "
    "or stop it, then try again.",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: "{path} is not a database: give the path of Moot's database, "
    "or one where there is no file yet.",
    sqlite3.SQLITE_READONLY: "The database {path} can't be written to: make the file and its "
    "folder writable for the user that runs Moot.",
    sqlite3.SQLITE_CANTOPEN: "The database {path} can't be opened: make the file and its folder "
    "readable and writable for the user that runs Moot.",
    sqlite3.SQLITE_PERM: "The database {path} can't be opened: make the file and its folder "
    "readable and writable for the user that runs Moot.",
    sqlite3.SQLITE_FULL: "The disk is full and nothing was written to the database {path}: "
    "make room, then try again.",
    sqlite3.SQLITE_IOERR: "The disk failed under the database {path}: check the disk and the "
    "room on it, then try again.",
}
_FOR_GOOD = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""What trying again does not help with; all else may be over in a minute."""


_OF_A_DAMAGED_FILE = (
    "Could not decode to UTF-8",
    "unsupported file format",
    "invalid fts5 file format",
    "no such table: ",
    "no such column: ",
)
"""How errors begin that SQLite does not tell from a mistake in a statement. Moot's statements are
all tried on a whole database, so that what they lack was in it once."""


class Damaged(Exception):
    """A row holds what the archive never writes."""


@contextmanager
def translated(path: Path) -> Generator[None]:
    """Raises ArchiveError in place of an error that lies in the file, the disk or their use.

    An error of any other kind is a mistake in the program, and goes through as it is.
    """
    try:
        yield
    except (Damaged, UnicodeDecodeError) as error:
        # Python can't even read out SQLite's message where it names what is damaged.
        raise ArchiveError(_DAMAGED.format(path=path)) from error
    except sqlite3.Error as error:
        sentence = _SENTENCES.get(code(error))
        if sentence is None:
            raise
        kind = ArchiveError if code(error) in _FOR_GOOD else ArchiveUnavailable
        raise kind(sentence.format(path=path)) from error


def code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 where the error is not SQLite's own."""
    if str(error).startswith(_OF_A_DAMAGED_FILE):
        return sqlite3.SQLITE_CORRUPT
    # Python's own errors carry no code, whatever the stub says.
    extended: int = getattr(error, "sqlite_errorcode", 0)
    return extended & 0xFF


def check_path(path: Path, *, new: bool) -> None:
    """Raises ArchiveError for a path that can hold no database, in better words than SQLite's."""
    try:
        is_folder, has_folder, there = path.is_dir(), path.parent.is_dir(), path.exists()
    except OSError as error:
        sentence = _SENTENCES[sqlite3.SQLITE_CANTOPEN]
        raise ArchiveError(sentence.format(path=path)) from error
    if is_folder:
        raise ArchiveError(f"{path} is a folder: give the path of a database file.")
    if not has_folder:
        raise ArchiveError(f"There is no folder {path.parent}: create it, or give another path.")
    if not new and not there:
        raise ArchiveError(f"There is no database {path}: give the path of one that is there.")
