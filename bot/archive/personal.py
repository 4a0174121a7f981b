"""What is kept about one person, as a document for them to read.

Of drafts that rest on their words it says only that there are such: a draft quotes others too, and
may be of a thread that the person can't read any more.
"""

import sqlite3
from collections.abc import Mapping
from typing import Any

from bot.archive.people import opted_out
from bot.archive.texts import from_json, storable
from bot.archive.times import to_text

Values = dict[str, Any]

_TOPICS = """
    SELECT t.id, t.title, t.url, a.id AS author, a.name, v.message_id AS seen, v.at AS seen_at
    FROM present_topics t LEFT JOIN authors a ON a.topic_id = t.id AND a.source_id = :author
    LEFT JOIN visits v ON v.topic_id = t.id AND v.author_id = :author
    WHERE t.source = :source AND (a.id IS NOT NULL OR v.at IS NOT NULL OR t.opened_by = :author)
    ORDER BY t.id
"""
_MESSAGES = """
    SELECT id, source_id AS message_id, content, posted_at, edited_at, reply_to, attachments, url,
        drafted
    FROM present_messages WHERE author_id = :author ORDER BY posted_at, length(source_id), source_id
"""
_CONTESTS = """
    SELECT c.message_id, c.starts, c.ends, c.said, c.at FROM present_messages m
    JOIN contests c ON c.message_id = m.id WHERE m.author_id = :author ORDER BY c.at, c.starts
"""
_DRAFTS = """
    SELECT DISTINCT d.kind, d.engine, d.made_at FROM present_messages m
    JOIN draft_messages dm ON dm.message_id = m.id JOIN drafts d ON d.id = dm.draft_id
    WHERE m.author_id = :author ORDER BY d.id
"""
_SPENT = """
    SELECT day, topic_id, server, purpose, model, count(DISTINCT request) AS requests,
        sum(calls) AS calls, sum(prompt_tokens) AS prompt_tokens,
        sum(completion_tokens) AS completion_tokens, sum(money) AS money_millionths
    FROM spending WHERE source = :source AND person = :author
    GROUP BY day, topic_id, server, purpose, model ORDER BY 1, 2, 3, 4, 5
"""


def document(db: sqlite3.Connection, source: str, author_id: str) -> Values:
    """Everything that is kept about a person, in values that JSON has."""
    who = {"source": storable(source), "author": storable(author_id)}
    return {
        "source": source,
        "author_id": author_id,
        "opted_out": to_text(opted_out(db, source, author_id)),
        "topics": [_topic(db, each) for each in _rows(db, _TOPICS, who)],
        "asked_of_models": _rows(db, _SPENT, who),
    }


def _topic(db: sqlite3.Connection, topic: Values) -> Values:
    who = {"author": topic.pop("author")}
    last = {"message_id": topic.pop("seen"), "at": topic.pop("seen_at")}
    messages = {each.pop("id"): each for each in _rows(db, _MESSAGES, who)}
    for message in messages.values():
        message["attachments"] = from_json(message["attachments"])
        message["drafted"] = bool(message["drafted"])
        message["contested"] = []
    for contest in _rows(db, _CONTESTS, who):
        message = messages[contest.pop("message_id")]
        quote = message["content"][contest.pop("starts") : contest.pop("ends")]
        message["contested"].append({"quote": quote, **contest})
    return {
        **topic,
        "last_visit": last if last["at"] else None,
        "messages": list(messages.values()),
        "drafts": _rows(db, _DRAFTS, who),
    }


def _rows(db: sqlite3.Connection, query: str, values: Mapping[str, Any]) -> list[Values]:
    cursor = db.execute(query, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
