"""Messages that were kept with Discord's own marks (`<@7>`) in them, put into words.

A step of the schema, which brings an older database to what is recorded today.
"""

import json
import sqlite3
from collections.abc import Collection

from bot.core.marks import Names, Worded, readable
from bot.core.mentions import followed
from bot.core.model import Place, revision_of

_MARKED = """
    SELECT m.id, m.topic_id, m.content FROM messages m JOIN topics t ON t.id = m.topic_id
    WHERE t.source = 'discord' AND instr(m.content, '<')
"""
_OPTED_OUT = "SELECT author_id FROM opted_out WHERE source = 'discord'"


def put_into_words(db: sqlite3.Connection) -> bool:
    """Whether there were such messages. What is contested in them follows its words."""
    people: dict[int, dict[str, str]] = {}
    for topic_id, source_id, name in db.execute("SELECT topic_id, source_id, name FROM authors"):
        people.setdefault(topic_id, {})[source_id] = name
    found = False
    out = {person for (person,) in db.execute(_OPTED_OUT)}
    for id_, topic_id, content in db.execute(_MARKED).fetchall():
        worded = readable(content, Names(people.get(topic_id, {})))
        if worded.before:
            _reword(db, id_, worded, out)
            found = True
    return found


def _reword(db: sqlite3.Connection, id_: int, worded: Worded, out: Collection[str]) -> None:
    rows = db.execute(
        "SELECT starts, ends, said, at FROM contests WHERE message_id = ?", (id_,)
    ).fetchall()
    contested = [(_moved((starts, ends), worded), said, at) for starts, ends, said, at in rows]
    db.execute("DELETE FROM contests WHERE message_id = ?", (id_,))
    db.executemany(
        "INSERT OR REPLACE INTO contests (message_id, starts, ends, said, at) "
        "VALUES (?, ?, ?, ?, ?)",
        ((id_, *place, said, at) for place, said, at in contested),
    )
    places = json.dumps(
        [
            (each.start, each.end, None if each.person in out else each.person)
            for each in worded.mentions
        ]
    )
    revision = revision_of(worded.text, [place for place, _, _ in contested])
    db.execute(
        "UPDATE messages SET content = ?, mentions = ?, revision = ? WHERE id = ?",
        (worded.text, places, revision, id_),
    )


def _moved(place: Place, worded: Worded) -> Place:
    start, end = place
    return (
        followed(start, worded.before, worded.after),
        followed(end, worded.before, worded.after, is_end=True),
    )
