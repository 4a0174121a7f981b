"""Erasing: what was deleted must not be found in the files either.

`secure_delete` overwrites a row where it stands, and three places are left where its words still
are. The full-text index keeps a word beside the mark that deletes it, until its segments are
merged into one. A page whose rows were moved to another keeps copies of them in its unallocated
middle (`rebuildPage` in SQLite's btree.c clears nothing), until VACUUM writes all pages anew. The
write-ahead log keeps old pages until it is truncated, which a reader of an old snapshot holds up.

So each deletion leaves a row in `erasing`, in its own transaction, and the row goes when all three
are done; `merged` says that only the log is left. The cost grows with the database, not with the
deletion: measured 0.05 s with 10,000 messages of some 200 characters, 0.6 s with 100,000. So a
small database is erased with each deletion; of a larger one deletions are gathered, for whoever
has it open to `finish` at a quiet moment. No query finds the words meanwhile.
"""

import sqlite3
from datetime import timedelta

from bot.archive.failures import code

SMALL = 2_000_000
"""Bytes of a database that is written anew with each deletion: that takes some 20 ms."""
_STEP = 200
"""Pages of the index merged in one go: some 20 ms, so that no other writer waits for long.

A merge with a negative number takes in all segments, as `optimize` does, and is followed by
positive ones until nothing changes (SQLite's documentation of FTS5, "The merge Command").
"""
_LONGEST_STRUCTURE = 2000
"""Bytes of the record of the index's segments, two or more for each level that there is.

A merge of all segments may put what comes out of it two levels up, and the levels below stay. Until
SQLite 3.44 an index with more than 2,000 of them counts as damaged, which one of 300 messages was
after 1,000 deletions. So once there are some 1,000 levels it is built anew, at the first.
"""
_STRUCTURE = 10
"""The row that this record stands in (fts5_index.c, FTS5_STRUCTURE_ROWID)."""
_FOR_LATER = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
"""A quota that is used up is an SQLITE_IOERR, and no SQLITE_FULL as a full disk is."""


def remember(db: sqlite3.Connection) -> None:
    """Notes, within the transaction that deletes, that there is something to erase."""
    db.execute("INSERT INTO erasing (at) VALUES (datetime('now'))")


def newest(db: sqlite3.Connection) -> int:
    """The number of the latest deletion that is still in the files; 0 where there is none."""
    (last,) = db.execute("SELECT max(id) FROM erasing").fetchone()
    return last or 0


def waiting(db: sqlite3.Connection) -> timedelta | None:
    """For how long something deleted has been left in the files; None where nothing is.

    By the computer's clock: this is about its files, and nothing that anybody said.
    """
    (seconds,) = db.execute(
        "SELECT max(strftime('%s', 'now') - strftime('%s', coalesce(at, 'now'))) FROM erasing"
    ).fetchone()
    return None if seconds is None else timedelta(seconds=max(0, seconds))


def gather(db: sqlite3.Connection) -> bool:
    """Whether all is erased; tries to make it so where that costs little."""
    merged = db.execute("SELECT min(merged) FROM erasing").fetchone()[0]
    return merged is None or (bool(merged or _is_small(db)) and finish(db))


def finish(db: sqlite3.Connection) -> bool:
    """Whether all is erased; tries to make it so, and leaves it for later where it can't."""
    last, merged = db.execute("SELECT max(id), min(merged) FROM erasing").fetchone()
    if last is None:
        return True
    try:
        if not merged:
            _rewrite(db, last)
        if not _truncate_log(db):
            return False
        db.execute("DELETE FROM erasing WHERE id <= ?", (last,))
    except sqlite3.OperationalError as error:
        # What was asked for is written: that this has to wait is remembered in the table.
        if code(error) in _FOR_LATER:
            return False
        raise
    return True


def _is_small(db: sqlite3.Connection) -> bool:
    (pages,), (size,) = (
        db.execute(f"PRAGMA {it}").fetchone() for it in ("page_count", "page_size")
    )
    return pages * size <= SMALL


def _rewrite(db: sqlite3.Connection, last: int) -> None:
    clear_index(db)
    db.execute("VACUUM")
    db.execute("UPDATE erasing SET merged = 1 WHERE id <= ?", (last,))


def clear_index(db: sqlite3.Connection) -> None:
    """Takes out of the index what it only holds as deleted."""
    (size,) = db.execute(
        "SELECT length(block) FROM messages_fts_data WHERE id = ?", (_STRUCTURE,)
    ).fetchone()
    if size > _LONGEST_STRUCTURE:
        db.execute("INSERT INTO messages_fts (messages_fts) VALUES ('rebuild')")
    else:
        _merge(db)


def _merge(db: sqlite3.Connection) -> None:
    pages = -_STEP
    while True:
        before = db.total_changes
        db.execute("INSERT INTO messages_fts (messages_fts, rank) VALUES ('merge', ?)", (pages,))
        if db.total_changes - before < 2:
            return
        pages = _STEP


def _truncate_log(db: sqlite3.Connection) -> bool:
    """Without waiting for readers: who reads for long would hold up everybody who writes."""
    (patience,) = db.execute("PRAGMA busy_timeout").fetchone()
    db.execute("PRAGMA busy_timeout = 0")
    try:
        (busy, _, _) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        db.execute(f"PRAGMA busy_timeout = {patience}")
    return not busy
