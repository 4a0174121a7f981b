"""Batches: a large import goes in piece by piece and becomes visible whole.

Between two pieces others may write. Until the last one nothing of the batch can be seen; if the
program dies before, whoever records the topic next, or opens the archive a day later, clears it
away. Two who import one topic at once can't both succeed: the later one clears the earlier one's
batch away, and the earlier one, finding it gone, says so.
"""

import sqlite3
from collections.abc import Collection

from bot.archive import belonging, erasing, messages, topics
from bot.archive.texts import storable
from bot.core.errors import ArchiveError
from bot.core.model import Message, Topic


def begin(db: sqlite3.Connection, topic: Topic) -> tuple[int, int]:
    """The ids of a new batch and of its topic."""
    topic_id = topics.stage(db, topic)
    new = db.execute("INSERT INTO batches (topic_id) VALUES (?) RETURNING id", (topic_id,))
    return new.fetchone()[0], topic_id


def add(db: sqlite3.Connection, batch: int, topic_id: int, part: Collection[Message]) -> None:
    """Puts in those of the messages that the topic does not have, and that may be kept."""
    _check_there(db, batch)
    kept = belonging.sift(db, topic_id, part).kept
    messages.ask_for(db, (each.source_id for each in kept))
    known = db.execute(
        "SELECT source_id FROM asked CROSS JOIN messages USING (source_id) WHERE topic_id = ?",
        (topic_id,),
    )
    there = {source_id for (source_id,) in known}
    new = [each for each in kept if storable(each.source_id) not in there]
    messages.insert(db, topic_id, new, batch)


def publish(db: sqlite3.Connection, batch: int) -> int:
    """Makes the batch's messages like all others; how many these were."""
    _check_there(db, batch)
    shown = db.execute("UPDATE messages SET batch_id = NULL WHERE batch_id = ?", (batch,))
    db.execute("DELETE FROM batches WHERE id = ?", (batch,))
    return shown.rowcount


def drop(db: sqlite3.Connection, batch: int) -> None:
    """Takes out what a batch that failed has brought."""
    _clear(db, "id = ?", (batch,))


def clear(db: sqlite3.Connection, topic: Topic) -> None:
    """Takes out what unfinished batches brought to a topic."""
    _clear(
        db,
        "topic_id IN (SELECT id FROM topics WHERE (source, source_id) = (?, ?))",
        (storable(topic.source), storable(topic.source_id)),
    )


def clear_old(db: sqlite3.Connection) -> None:
    """Takes out what batches brought that nobody can still be at work on."""
    _clear(db, "begun_at < datetime('now', '-1 day')", ())


def _clear(db: sqlite3.Connection, which: str, values: tuple[str | int, ...]) -> None:
    cleared = db.execute(f"DELETE FROM batches WHERE {which}", values)  # noqa: S608 - own words
    if cleared.rowcount:
        db.execute(
            "DELETE FROM topics WHERE staged "
            "AND NOT EXISTS (SELECT 1 FROM batches WHERE topic_id = topics.id)"
        )
        erasing.remember(db)


def _check_there(db: sqlite3.Connection, batch: int) -> None:
    if not db.execute("SELECT 1 FROM batches WHERE id = ?", (batch,)).fetchone():
        raise ArchiveError(
            "Somebody else recorded messages of this topic during the import, and nothing of it "
            "was kept: import it again."
        )
