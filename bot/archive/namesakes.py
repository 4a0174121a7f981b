"""Namesakes in search hits: told apart as they are in their topic, by order of appearance."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from bot.archive.search import Hit
from bot.core.authors import told_apart
from bot.core.model import Author

_AUTHORS = "SELECT source_id, name FROM authors WHERE topic_id = ?"
_IN_ORDER = """
    SELECT a.source_id, a.name FROM present_messages m JOIN authors a ON a.id = m.author_id
    WHERE m.topic_id = ? ORDER BY m.posted_at, length(m.source_id), m.source_id
"""
_OF_HITS = """
    SELECT m.source_id, a.source_id FROM present_messages m JOIN authors a ON a.id = m.author_id
    WHERE m.topic_id = ? AND m.source_id IN (SELECT value FROM json_each(?))
"""


def named_apart(db: sqlite3.Connection, hits: Iterable[Hit]) -> list[Hit]:
    """The hits, whose authors have a number behind the name where another looks like them."""
    found = list(hits)
    names: dict[tuple[int, str], str] = {}
    for topic_id in {hit.topic_id for hit in found}:
        names |= _names(db, topic_id, [hit.message_id for hit in found if hit.topic_id == topic_id])
    return [
        replace(hit, author=names.get((hit.topic_id, hit.message_id), hit.author)) for hit in found
    ]


def _names(db: sqlite3.Connection, topic_id: int, ids: list[str]) -> dict[tuple[int, str], str]:
    """The names of the messages' authors; none where the topic has no namesakes."""
    authors = [Author(*each) for each in db.execute(_AUTHORS, (topic_id,))]
    apart = told_apart(authors)
    if all(apart[each.source_id] == each.name for each in authors):
        return {}
    apart = told_apart(Author(*each) for each in db.execute(_IN_ORDER, (topic_id,)))
    rows = db.execute(_OF_HITS, (topic_id, json.dumps(ids)))
    return {(topic_id, message): apart[author] for message, author in rows}
