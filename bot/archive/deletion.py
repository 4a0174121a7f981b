"""Deletion of messages: what is left of one, and what goes along with it."""

import sqlite3
from collections.abc import Collection
from datetime import datetime

from bot.archive import erasing, messages, resting, topics
from bot.archive.times import to_text


def delete(db: sqlite3.Connection, topic_id: int, source_ids: Collection[str], at: datetime) -> int:
    """Leaves of messages no more than that they were deleted; how many were there until now.

    Those of an import that is under way go as well, and of an id that nobody has seen yet it is
    noted too: who fetched the message before it was deleted may still be about to record it.
    """
    present = messages.rows_named(db, topic_id, source_ids)
    gone = db.execute(
        """UPDATE messages SET deleted_at = ?, content = '', revision = '', author_id = NULL,
            posted_at = NULL, reply_to = NULL, edited_at = NULL, attachments = '[]', url = NULL,
            batch_id = NULL
        WHERE topic_id = ? AND deleted_at IS NULL AND source_id IN (SELECT source_id FROM asked)""",
        (to_text(at), topic_id),
    ).rowcount
    db.execute(
        """INSERT INTO messages
            (topic_id, source_id, content, revision, attachments, drafted, deleted_at)
        SELECT t.id, asked.source_id, '', '', '[]', 0, ? FROM topics t, asked WHERE t.id = ?
        ON CONFLICT DO NOTHING""",
        (to_text(at), topic_id),
    )
    if gone:
        _let_go(db, topic_id, list(present.values()))
    return len(present)


def _let_go(db: sqlite3.Connection, topic_id: int, ids: Collection[int]) -> None:
    resting.let_go(db, topic_id, ids)
    topics.forget_silent(db, topic_id)
    topics.changed(db, topic_id)
    erasing.remember(db)
