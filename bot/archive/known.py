"""All that is known of a topic, as of one moment.

Put together from several tables within one transaction, so that its parts fit each other.
"""

import sqlite3
from collections import Counter
from dataclasses import dataclass

from bot.archive import deletion, messages, topics
from bot.archive.topics import KeptTopic
from bot.core.model import Message


@dataclass(frozen=True, slots=True)
class Known:
    """A topic and its messages in order; `withheld` counts those that are missing, by reason."""

    topic: KeptTopic
    messages: list[Message]
    withheld: Counter[str]


def of_topic(db: sqlite3.Connection, topic_id: int) -> Known:
    """What is known of the topic now. Raises NotFound."""
    return Known(
        topic=topics.one(db, topic_id),
        messages=messages.of_topic(db, topic_id),
        withheld=Counter(deletion.withheld(db, topic_id)),
    )
