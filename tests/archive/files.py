"""What lies in the files of a database, whatever the tables show."""

import sqlite3
from contextlib import closing
from pathlib import Path


def bytes_of(path: Path) -> bytes:
    """The database and its write-ahead log."""
    log = path.with_name(path.name + "-wal")
    return path.read_bytes() + (log.read_bytes() if log.exists() else b"")


def terms_of(path: Path) -> set[str]:
    """Every term of the full-text index, also of what it has marked as deleted."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab (main, messages_fts, 'row')")
        return {term for (term,) in db.execute("SELECT term FROM terms")}
