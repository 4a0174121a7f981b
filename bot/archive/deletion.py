"""Deletion of messages: what is left of one, and what goes along with it."""

import sqlite3
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from bot.archive import contests, erasing, messages, resting, topics
from bot.archive.texts import storable
from bot.archive.times import to_text
from bot.core.receipt import SYSTEM

_NO_TIME = datetime.min.replace(tzinfo=UTC)


def delete(
    db: sqlite3.Connection,
    topic_id: int,
    source_ids: Collection[str],
    at: datetime,
    withheld: str | None = None,
) -> int:
    """Leaves of messages no more than that they were deleted; how many were there until now.

    Those of an import that is under way go as well, and of an id that nobody has seen yet it is
    noted too: who fetched the message before it was deleted may still be about to record it.
    `withheld` is the reason for which the receipt is to count them; a deletion by the source,
    which gives none, ends that too.
    """
    present = messages.rows_named(db, topic_id, source_ids)
    gone = db.execute(
        """UPDATE messages SET deleted_at = ?, content = '', revision = '', author_id = NULL,
            posted_at = NULL, reply_to = NULL, edited_at = NULL, attachments = '[]', url = NULL,
            drafted = 0, mentions = '[]', forward_message = NULL, forward_author = NULL,
            batch_id = NULL, to_bot = 0, withheld = ?
        WHERE topic_id = ? AND deleted_at IS NULL AND source_id IN (SELECT source_id FROM asked)""",
        (to_text(at), withheld, topic_id),
    ).rowcount
    _mark(db, topic_id, at, withheld)
    if gone:
        resting.let_go(db, list(present.values()))
        contests.drop(db, list(present.values()))
        topics.forget_silent(db, topic_id)
        erasing.remember(db)
    return len(present)


def notice(db: sqlite3.Connection, topic_id: int, notices: Mapping[str, datetime | None]) -> None:
    """Notes of the source's own notices that they are there, for the receipt to count them."""
    db.executemany(
        """INSERT INTO messages (topic_id, source_id, content, revision, attachments, drafted,
            deleted_at, withheld) VALUES (?, ?, '', '', '[]', 0, ?, ?) ON CONFLICT DO NOTHING""",
        (
            (topic_id, storable(source_id), to_text(at or _NO_TIME), SYSTEM)
            for source_id, at in notices.items()
        ),
    )


def withheld(db: sqlite3.Connection, topic_id: int) -> dict[str, int]:
    """How many messages are missing from a topic for which reason."""
    rows = db.execute(
        "SELECT withheld, count(*) FROM messages WHERE topic_id = ? AND withheld IS NOT NULL "
        "GROUP BY withheld",
        (topic_id,),
    )
    return dict(rows.fetchall())


def _mark(db: sqlite3.Connection, topic_id: int, at: datetime, withheld: str | None) -> None:
    """Notes of ids that nobody has seen yet that they are gone."""
    db.execute(
        """INSERT INTO messages
            (topic_id, source_id, content, revision, attachments, drafted, deleted_at, withheld)
        SELECT t.id, asked.source_id, '', '', '[]', 0, ?, ? FROM topics t, asked WHERE t.id = ?
        ON CONFLICT DO NOTHING""",
        (to_text(at), withheld, topic_id),
    )
    if withheld is None:
        db.execute(
            """UPDATE messages SET withheld = NULL WHERE topic_id = ? AND withheld IS NOT NULL
            AND source_id IN (SELECT source_id FROM asked)""",
            (topic_id,),
        )
