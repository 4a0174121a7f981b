"""A connection to the database: how it is opened, and the transactions that all else runs in.

It belongs to the thread that opened it, and knows nothing of what the tables mean.
"""

import os
import sqlite3
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.archive import erasing, indexing, migrations
from bot.archive.failures import check_path, code, translated

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA secure_delete = ON",
)


class Connection:
    """One connection; `reading` and `writing` give it out for the length of a transaction."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self._path = path

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection]:
        """A transaction that sees the database as it is at one point in time."""
        with translated(self._path), _transaction(self._db, "BEGIN"):
            yield self._db

    @contextmanager
    def writing(self) -> Generator[sqlite3.Connection]:
        """A transaction that is written whole or not at all."""
        with translated(self._path):
            with _transaction(self._db, "BEGIN IMMEDIATE"):
                yield self._db
                indexing.catch_up(self._db)
            erasing.finish(self._db)

    def finish_erasing(self) -> bool:
        """Whether nothing that was deleted is left in the files; tries to make it so."""
        with translated(self._path):
            return erasing.finish(self._db)

    def close(self) -> None:
        """Closes the connection; a second time does nothing."""
        self._db.close()


def connect(path: Path, *, read_only: bool, busy_seconds: float) -> Connection:
    """Opens the database, creating or migrating it unless `read_only`. Raises ArchiveError."""
    check_path(path, new=not read_only)
    with translated(path):
        if not read_only:
            _make_private(path)
        mode = "rw" if read_only else "rwc"
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        db = sqlite3.connect(uri, uri=True, timeout=busy_seconds, isolation_level=None)
        try:
            _prepare(db, path, read_only, busy_seconds)
        except BaseException:
            db.close()
            raise
    return Connection(db, path)


def _make_private(path: Path) -> None:
    """Makes a new file that its owner alone can read; SQLite gives its log the same rights.

    One that is there is not so much as opened: closing it would take this program's locks off.
    """
    with suppress(OSError):  # SQLite says better what is wrong
        os.close(os.open(os.path.realpath(path), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _prepare(db: sqlite3.Connection, path: Path, read_only: bool, busy_seconds: float) -> None:
    for pragma in _PRAGMAS:
        db.execute(pragma)
    if read_only:
        db.execute("PRAGMA query_only = ON")
        with _transaction(db, "BEGIN"):
            migrations.check_current(db, path)
        return
    with _transaction(db, "BEGIN IMMEDIATE"):
        migrations.migrate(db, path)
        indexing.catch_up(db)
    _write_ahead(db, busy_seconds)
    db.execute("CREATE TEMP TABLE asked (source_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")


def _write_ahead(db: sqlite3.Connection, busy_seconds: float) -> None:
    """Switches to the write-ahead log: SQLite does not wait by itself for others who do so too."""
    deadline = time.monotonic() + busy_seconds
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


@contextmanager
def _transaction(db: sqlite3.Connection, begin: str) -> Generator[None]:
    db.execute(begin)
    try:
        # VACUUM by another program makes the schema known here stale. SQLite 3.40 then finds no
        # table in a statement that reaches the full-text index, unless a simple one came before.
        db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
