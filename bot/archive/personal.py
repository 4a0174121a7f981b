"""What is kept about one person, as a document for them to read.

Of drafts that rest on their words it says only that there are such: a draft quotes others too, and
may be of a thread that the person can't read any more. What such a thread is called by now, and
where it is, the document does not say either.
"""

import sqlite3
from collections.abc import Collection, Mapping
from typing import Any

from bot.archive.people import opted_out
from bot.archive.texts import from_json, storable
from bot.archive.times import to_text

Values = dict[str, Any]

_TOPICS = """
    SELECT t.id, t.title, t.url, t.private, a.id AS author, a.name,
        v.message_id AS seen, v.at AS seen_at
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
_MENTIONED = """
    SELECT m.topic_id, m.source_id AS message_id, m.url, t.private
    FROM present_messages m JOIN topics t ON t.id = m.topic_id
    WHERE t.source = :source AND (forward_author = :author OR mentions <> '[]'
        AND EXISTS (SELECT 1 FROM json_each(mentions) WHERE json_extract(value, '$[2]') = :author))
    ORDER BY m.topic_id, m.posted_at, m.source_id
"""
_SPENT = """
    SELECT day, topic_id, server, purpose, model, count(DISTINCT request) AS requests,
        sum(calls) AS calls, sum(prompt_tokens) AS prompt_tokens,
        sum(completion_tokens) AS completion_tokens, sum(money) AS money_millionths
    FROM spending WHERE source = :source AND person = :author
    GROUP BY day, topic_id, server, purpose, model ORDER BY 1, 2, 3, 4, 5
"""


def document(
    db: sqlite3.Connection, source: str, author_id: str, readable: Collection[int] | None = None
) -> Values:
    """Everything that is kept about a person, in values that JSON has.

    Topics are named that are `readable` for them by now; where nobody knows, those that are not
    private.
    """
    who = {"source": storable(source), "author": storable(author_id)}
    return {
        "source": source,
        "author_id": author_id,
        "opted_out": to_text(opted_out(db, source, author_id)),
        "mentioned_in": [_mentioned(each, readable) for each in _rows(db, _MENTIONED, who)],
        "topics": [_topic(db, each, readable) for each in _rows(db, _TOPICS, who)],
        "asked_of_models": _rows(db, _SPENT, who),
    }


def _mentioned(message: Values, readable: Collection[int] | None) -> Values:
    is_named = _is_named(message["topic_id"], message.pop("private"), readable)
    return {**message, "url": message["url"] if is_named else None}


def _is_named(topic_id: int, private: object, readable: Collection[int] | None) -> bool:
    return not private if readable is None else topic_id in readable


def _topic(db: sqlite3.Connection, topic: Values, readable: Collection[int] | None) -> Values:
    is_named = _is_named(topic["id"], topic.pop("private"), readable)
    who = {"author": topic.pop("author")}
    last = {"message_id": topic.pop("seen"), "at": topic.pop("seen_at")}
    messages = {each.pop("id"): each for each in _rows(db, _MESSAGES, who)}
    for message in messages.values():
        message["attachments"] = from_json(message["attachments"])
        message["drafted"] = bool(message["drafted"])
        message["contested"] = []
        message["url"] = message["url"] if is_named else None
    for contest in _rows(db, _CONTESTS, who):
        message = messages[contest.pop("message_id")]
        quote = message["content"][contest.pop("starts") : contest.pop("ends")]
        message["contested"].append({"quote": quote, **contest})
    return {
        **topic,
        "title": topic["title"] if is_named else None,
        "url": topic["url"] if is_named else None,
        "last_visit": last if last["at"] else None,
        "messages": list(messages.values()),
        "drafts": _rows(db, _DRAFTS, who),
    }


def _rows(db: sqlite3.Connection, query: str, values: Mapping[str, Any]) -> list[Values]:
    cursor = db.execute(query, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
