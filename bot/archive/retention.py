"""Retention: messages that are older than they may be kept go, with all that rests on them.

Each leaves its id behind and is counted on the receipt, like those of people who opted out. A
message whose source gives no time has no age, and stays.
"""

import sqlite3
from collections.abc import Collection
from datetime import datetime, timedelta

from bot.archive import deletion, erasing, guilds
from bot.archive.times import to_text
from bot.core.receipt import TOO_OLD

_OLD = "SELECT source_id FROM present_messages WHERE topic_id = ? AND posted_at < ?"


def sweep(db: sqlite3.Connection, at: datetime) -> int:
    """Takes out what the hosts of servers chose not to keep any longer; how many messages."""
    gone = 0
    for guild_id in guilds.known(db):
        if days := guilds.settings(db, guild_id).keep_days:
            topics = guilds.topics_of(db, guild_id)
            gone += expire(db, topics, at - timedelta(days=days), at)
    return gone


def expire(
    db: sqlite3.Connection, topic_ids: Collection[int], before: datetime, at: datetime
) -> int:
    """Takes out what was posted, and who looked, before a time; how many messages went."""
    gone = 0
    for topic_id in topic_ids:
        place = (topic_id, to_text(before))
        if old := [source_id for (source_id,) in db.execute(_OLD, place)]:
            gone += deletion.delete(db, topic_id, old, at, TOO_OLD)
        left = db.execute("DELETE FROM visits WHERE topic_id = ? AND at < ?", place).rowcount
        if left + _drop_if_empty(db, *place):
            erasing.remember(db)
    return gone


def count(db: sqlite3.Connection, topic_ids: Collection[int], before: datetime) -> int:
    """How many messages were posted before a time."""
    return sum(len(db.execute(_OLD, (id_, to_text(before))).fetchall()) for id_ in topic_ids)


def _drop_if_empty(db: sqlite3.Connection, topic_id: int, before: str | None) -> int:
    """Takes out a topic of which nothing is left, not even a deletion since: a copy fetched before
    that may still be on its way."""
    return db.execute(
        """DELETE FROM topics WHERE id = ? AND NOT EXISTS (
            SELECT 1 FROM messages WHERE topic_id = topics.id AND (
                deleted_at IS NULL OR withheld IS NOT ? AND deleted_at >= ?))""",
        (topic_id, TOO_OLD, before),
    ).rowcount
