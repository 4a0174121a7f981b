"""Checking: whether the file is whole, and whether all that was deleted is out of it."""

import sqlite3
from collections.abc import Iterator

from bot.archive import indexing


def faults(db: sqlite3.Connection) -> list[str]:
    """What is wrong, a sentence each; empty where nothing is.

    SQLite's own checks of pages and references, and the index against the messages.
    """
    return list(_faults(db))


def _faults(db: sqlite3.Connection) -> Iterator[str]:
    for (told,) in db.execute("PRAGMA integrity_check"):
        if told != "ok":
            yield f"The file is damaged: {told}."
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield f"Row {row} of {table} belongs to a row of {parent} that is not there."
    if indexing.faults(db):
        yield "The search index does not fit the messages."
    (left,) = db.execute("SELECT count(*) FROM erasing").fetchone()
    if left:
        yield "Words that were deleted are still in the file: stop whatever reads it, check again."
