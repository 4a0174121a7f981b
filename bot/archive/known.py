"""All that is known of a topic by one engine's readings, as of one moment.

Put together from several tables within one transaction, so that its parts fit each other.
"""

import sqlite3
from collections import Counter
from dataclasses import dataclass

from bot.archive import arrangements, deletion, messages, readings, topics
from bot.archive.topics import KeptTopic
from bot.core.arrangement import Arrangement
from bot.core.model import Message
from bot.core.notes import KeptNote


@dataclass(frozen=True, slots=True)
class Known:
    """A topic, its messages in order, and what an engine's readings of them left.

    `read` holds the revision at which each message was read to its end; `rejected` and
    `withheld` count, by reason, what checks threw out and which messages are missing.
    """

    topic: KeptTopic
    messages: list[Message]
    notes: list[KeptNote]
    arrangement: Arrangement
    read: dict[str, str]
    rejected: Counter[str]
    withheld: Counter[str]


def of_topic(db: sqlite3.Connection, topic_id: int, engine: str) -> Known:
    """What is known of the topic now. Raises NotFound."""
    return Known(
        topic=topics.one(db, topic_id),
        messages=messages.of_topic(db, topic_id),
        notes=readings.notes(db, topic_id, engine),
        arrangement=arrangements.of_topic(db, topic_id, engine),
        read=readings.read_messages(db, topic_id, engine),
        rejected=readings.rejected(db, topic_id, engine),
        withheld=Counter(deletion.withheld(db, topic_id)),
    )
