"""Indexing: brings the search index up to what the messages say.

Triggers take what changed or went out of the index at once and note the rest in `unindexed`, so
that no program that writes here can leave a word behind. The words are put in by this module,
within the same transaction: SQLite's own tokenizers know too few scripts (see core/terms.py).
"""

import sqlite3

from bot.core.spoilers import without_spoilers
from bot.core.terms import indexed

_PIECE = 1000
"""Messages whose words are in memory together."""


def catch_up(db: sqlite3.Connection) -> None:
    """Puts in the words of all messages that are noted; what is hidden behind `||` stays out."""
    while rows := db.execute(
        "SELECT message_id, content FROM unindexed LEFT JOIN messages ON id = message_id LIMIT ?",
        (_PIECE,),
    ).fetchall():
        db.executemany(
            "INSERT INTO messages_fts (rowid, words) VALUES (?, ?)",
            ((id_, _words(content)) for id_, content in rows if content),
        )
        db.executemany("DELETE FROM unindexed WHERE message_id = ?", ((id_,) for id_, _ in rows))


def faults(db: sqlite3.Connection) -> bool:
    """Whether the index is damaged, lacks a message, or holds what no message says."""
    try:
        db.execute("INSERT INTO messages_fts (messages_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError:
        return True
    in_it = """SELECT m.content, f.words FROM messages_fts f LEFT JOIN messages m ON m.id = f.rowid
        WHERE f.rowid NOT IN (SELECT message_id FROM unindexed)"""
    (lacking,) = db.execute(
        """SELECT count(*) FROM messages WHERE content <> ''
        AND id NOT IN (SELECT id FROM messages_fts_docsize)
        AND id NOT IN (SELECT message_id FROM unindexed)"""
    ).fetchone()
    return bool(lacking) or any(
        _words(content or "") != words for content, words in db.execute(in_it)
    )


def _words(content: str) -> str:
    return indexed(without_spoilers(content, " "))
