"""Visits: how far a person has seen a topic, so that they can be told what is new."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bot.archive.failures import Damaged
from bot.archive.texts import storable
from bot.archive.times import from_text, to_text


@dataclass(frozen=True, slots=True)
class Visit:
    """The last message, by its source's id, that was there when a person looked, and when."""

    message_id: str
    at: datetime


def last(db: sqlite3.Connection, topic_id: int, author_id: str) -> Visit | None:
    """A person's last visit to a topic, if there was one."""
    row = db.execute(
        "SELECT message_id, at FROM visits WHERE (topic_id, author_id) = (?, ?)",
        (topic_id, storable(author_id)),
    ).fetchone()
    if row is None:
        return None
    at = from_text(row[1])
    if at is None:
        raise Damaged("a visit has no time")
    return Visit(row[0], at)


def keep(db: sqlite3.Connection, topic_id: int, author_id: str, visit: Visit) -> None:
    """Keeps a visit in place of the one before; of who opted out, none."""
    db.execute(
        """INSERT OR REPLACE INTO visits (topic_id, author_id, message_id, at)
        SELECT t.id, ?2, ?3, ?4 FROM topics t WHERE t.id = ?1 AND NOT EXISTS (
            SELECT 1 FROM opted_out WHERE (source, author_id) = (t.source, ?2))""",
        (topic_id, storable(author_id), storable(visit.message_id), to_text(visit.at)),
    )
