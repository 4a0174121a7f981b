"""Messages: as rows and back."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.archive import contests, topics
from bot.archive.failures import Damaged
from bot.archive.texts import from_json, maybe_storable, storable
from bot.archive.times import from_text, to_text
from bot.core.model import Author, Forward, Mention, Message, Place, by_id, revision_of

Row = tuple[Any, ...]

_OF_TOPIC = """
    SELECT source_id, author_id,
        content, posted_at, reply_to, edited_at, attachments, url, drafted,
        mentions, forward_message, forward_author
    FROM present_messages WHERE topic_id = ?
"""
_IN_ORDER = "ORDER BY posted_at, length(source_id), source_id"
_THESE = "AND id IN (SELECT value FROM json_each(?))"
_INSERT = """
    INSERT INTO messages (topic_id, batch_id, source_id, author_id, revision,
        content, posted_at, reply_to, edited_at, attachments, url, drafted,
        mentions, forward_message, forward_author)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_UPDATE = """
    UPDATE messages SET author_id = ?, revision = ?,
        content = ?, posted_at = ?, reply_to = ?, edited_at = ?, attachments = ?, url = ?,
        drafted = ?, mentions = ?, forward_message = ?, forward_author = ?
    WHERE id = ?
"""


def row(message: Message) -> Row:
    """Its content, posted_at, reply_to, edited_at, attachments, url, drafted, mentions, and the
    message that it forwards with that one's author, as stored."""
    return (
        storable(message.content),
        to_text(message.posted_at),
        maybe_storable(message.reply_to),
        to_text(message.edited_at),
        json.dumps([storable(name) for name in message.attachments], ensure_ascii=False),
        maybe_storable(message.url),
        int(message.drafted),
        mentions_to(message.mentions),
        maybe_storable(message.forward.message if message.forward else None),
        maybe_storable(message.forward.author if message.forward else None),
    )


def mentions_to(mentions: Iterable[Mention]) -> str:
    """Where a message names people, as stored: `[[8, 14, "7"]]`."""
    places = ((each.start, each.end, maybe_storable(each.person)) for each in mentions)
    return json.dumps(list(places), ensure_ascii=False)


def mentions_from(stored: str) -> tuple[Mention, ...]:
    """The same back."""
    if stored == "[]":
        return ()
    try:
        return tuple(Mention(*each) for each in from_json(stored))
    except TypeError as error:
        raise Damaged("a mention has no place") from error


def of_topic(db: sqlite3.Connection, topic_id: int) -> list[Message]:
    """The topic's messages: those without a time first, then by time, then by id.

    Ids are numbers more often than not: the shorter one is the older one.
    """
    rows = db.execute(f"{_OF_TOPIC} {_IN_ORDER}", (topic_id,))
    return _messages(db, topic_id, rows)


def some(db: sqlite3.Connection, topic_id: int, ids: Iterable[int]) -> dict[str, Message]:
    """The messages of a topic that have these row ids, by their source's id."""
    rows = db.execute(f"{_OF_TOPIC} {_THESE}", (topic_id, json.dumps(list(ids))))
    return by_id(_messages(db, topic_id, rows))


def insert(
    db: sqlite3.Connection, topic_id: int, new: Collection[Message], batch: int | None = None
) -> None:
    """Adds messages whose ids are not there yet."""
    people = topics.introduce(db, topic_id, {each.author for each in new})
    db.executemany(
        _INSERT,
        (
            (topic_id, batch, storable(each.source_id), *_derived(each, people), *row(each))
            for each in new
        ),
    )
    _mark(db, topic_id, [each for each in new if each.to_bot])


def update(db: sqlite3.Connection, topic_id: int, changed: Collection[tuple[int, Message]]) -> None:
    """Writes messages over those with the row ids given."""
    people = topics.introduce(db, topic_id, {each.author for _, each in changed})
    db.executemany(
        _UPDATE,
        ((*_derived(each, people), *row(each), id_) for id_, each in changed),
    )
    _mark(db, topic_id, [each for _, each in changed])


def _mark(db: sqlite3.Connection, topic_id: int, given: Iterable[Message]) -> None:
    """Notes which of some messages are put to a bot, and which are not."""
    marks = {storable(each.source_id): each.to_bot for each in given}
    for is_put in set(marks.values()):
        ids = [source_id for source_id, marked in marks.items() if marked is is_put]
        db.execute(
            """UPDATE messages SET to_bot = ?1 WHERE to_bot IS NOT ?1 AND topic_id = ?2
            AND source_id IN (SELECT value FROM json_each(?3))""",
            (is_put, topic_id, json.dumps(ids)),
        )


def _put_to_bots(db: sqlite3.Connection, topic_id: int) -> set[str]:
    """The ids of a topic's messages that are put to a bot."""
    rows = db.execute("SELECT source_id FROM messages WHERE topic_id = ? AND to_bot", (topic_id,))
    return {source_id for (source_id,) in rows}


def ask_for(db: sqlite3.Connection, source_ids: Iterable[str]) -> None:
    """Fills the connection's own table `asked`: an id may be any text, and any number of them.

    It is joined by CROSS JOIN, which SQLite takes in the order written: left to itself it walks
    through the whole topic for a few ids.
    """
    db.execute("DELETE FROM asked")
    db.executemany(
        "INSERT OR IGNORE INTO asked VALUES (?)", ((storable(each),) for each in source_ids)
    )


def rows_named(db: sqlite3.Connection, topic_id: int, source_ids: Iterable[str]) -> dict[str, int]:
    """The row ids of those messages that are there, by their source's id."""
    ask_for(db, source_ids)
    rows = db.execute(
        "SELECT source_id, id FROM asked CROSS JOIN present_messages USING (source_id) "
        "WHERE topic_id = ?",
        (topic_id,),
    )
    return dict(rows.fetchall())


def unchanged(
    db: sqlite3.Connection, topic_id: int, revisions: Mapping[str, str]
) -> dict[str, int]:
    """The row ids of the messages that still say what they did at these revisions."""
    ask_for(db, revisions)
    rows = db.execute(
        "SELECT source_id, revision, id FROM asked CROSS JOIN present_messages USING (source_id) "
        "WHERE topic_id = ?",
        (topic_id,),
    )
    return {source_id: id_ for source_id, revision, id_ in rows if revisions[source_id] == revision}


def _derived(message: Message, people: dict[str, int]) -> Row:
    author = people[storable(message.author.source_id)]
    return author, revision_of(storable(message.content))


def _authors(db: sqlite3.Connection, topic_id: int) -> Iterator[tuple[int, Author]]:
    rows = db.execute(
        "SELECT id, source_id, name, bot FROM authors WHERE topic_id = ?", (topic_id,)
    )
    for id_, source_id, name, bot in rows:
        yield id_, Author(source_id, name, bool(bot))


def _messages(db: sqlite3.Connection, topic_id: int, rows: Iterable[Row]) -> list[Message]:
    people = dict(_authors(db, topic_id))
    contested = contests.places(db, topic_id)
    to_bots = _put_to_bots(db, topic_id)
    language = topics.language(db, topic_id)
    try:
        found = [_message(each, people, contested, language) for each in rows]
    except KeyError as error:
        raise Damaged("a message has no author") from error
    return [replace(m, to_bot=True) if m.source_id in to_bots else m for m in found]


def _message(
    values: Row,
    people: Mapping[int, Author],
    contested: Mapping[str, tuple[Place, ...]],
    language: str,
) -> Message:
    source_id, author, content, posted_at, reply_to, edited_at, attachments, url, *rest = values
    drafted, mentions, forwarded, forwarded_author = rest
    return Message(
        source_id=source_id,
        author=people[author],
        content=content,
        posted_at=from_text(posted_at),
        reply_to=reply_to,
        edited_at=from_text(edited_at),
        attachments=() if attachments == "[]" else tuple(from_json(attachments)),
        url=url,
        drafted=bool(drafted),
        contested=contested.get(source_id, ()),
        mentions=mentions_from(mentions),
        forward=Forward(forwarded, forwarded_author) if forwarded else None,
        topic_language=language,
    )
