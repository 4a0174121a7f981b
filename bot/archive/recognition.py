"""Recognition: which topic it is where the source's own id does not tell for certain."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from bot.archive import topics
from bot.archive.texts import storable
from bot.archive.times import to_text
from bot.core.model import Message, Topic

_ALIKE = """
    SELECT t.id, t.source_id, sum(m.posted_at IS json_extract(given.value, '$[1]')), count(*)
    FROM topics t JOIN messages m ON m.topic_id = t.id AND m.posted_at IS NOT NULL
    JOIN json_each(?3) given ON m.source_id = json_extract(given.value, '$[0]')
    WHERE t.source = ?1 AND NOT t.staged
    AND (t.source_id = ?2 OR substr(t.source_id, 1, length(?2) + 1) = ?2 || ':')
    GROUP BY t.id ORDER BY t.id
"""


def recognised(db: sqlite3.Connection, topic: Topic, given: Iterable[Message]) -> Topic:
    """The topic under the id that it has here, where the source's own does not tell for certain.

    A topic that its source has renamed has the same number, and messages that were posted at the
    same time: it gets the id that it has now. Another server's topic with that number, be it of the
    same name, has others: it gets an id of its own.
    """
    if topic.number is None:
        return topic
    posted = json.dumps([(storable(each.source_id), to_text(each.posted_at)) for each in given])
    alike = db.execute(_ALIKE, (topic.source, topic.number, posted)).fetchall()
    same = {id_: source_id for id_, source_id, matching, _ in alike if matching}
    others = {source_id for _, source_id, matching, shared in alike if shared and not matching}
    wanted = storable(topic.source_id)
    if wanted in same.values():
        return topic
    again = 1
    while wanted in others:
        again += 1
        wanted = f"{storable(topic.source_id)}:{again}"
    if same and not topics.known_as(db, topic.source, wanted):
        (id_, *_) = same
        db.execute("UPDATE topics SET source_id = ? WHERE id = ?", (wanted, id_))
    return replace(topic, source_id=wanted)
