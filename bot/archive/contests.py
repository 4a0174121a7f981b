"""Contests: words by which their author says that they were misstated, and what they say of it.

A contest is about a place in a message. It goes with the message; where the message is edited, it
follows its words, and ends where these are gone.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.archive import erasing, resting
from bot.archive.failures import Damaged
from bot.archive.texts import maybe_storable, storable
from bot.archive.times import from_text, to_text
from bot.core.errors import NotFound
from bot.core.model import Message, Place, revision_of
from bot.core.sentences import Span, split

_THEIRS = """
    SELECT m.source_id, m.id, m.content FROM present_messages m JOIN authors a ON a.id = m.author_id
    WHERE m.topic_id = ? AND a.source_id = ?
"""
_CONTESTS = """
    SELECT m.topic_id, t.title, m.source_id, a.source_id, a.name,
        m.content, c.starts, c.ends, c.said, c.at, m.url
    FROM contests c JOIN present_messages m ON m.id = c.message_id
    JOIN present_topics t ON t.id = m.topic_id JOIN authors a ON a.id = m.author_id
    ORDER BY c.at DESC, m.id, c.starts
"""


@dataclass(frozen=True, slots=True)
class Contest:
    """What an author contests, and what they said of it, if anything; ids are the source's."""

    topic_id: int
    title: str
    message_id: str
    author_id: str
    author: str
    quote: str
    said: str | None
    at: datetime
    url: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A contest beside a message's row id, with the words that it is about."""

    message: int
    start: int
    words: str
    said: str | None
    at: str


def keep(
    db: sqlite3.Connection,
    topic_id: int,
    author_id: str,
    spans: Collection[Span],
    said: str | None,
    at: datetime,
) -> int:
    """Keeps a contest of each of the author's spans; how many of them are (still) theirs.

    What rests on their messages goes. Raises NotFound for none.
    """
    theirs = {message: (id_, words) for message, id_, words in _theirs(db, topic_id, author_id)}
    places = [
        (theirs[span.message][0], span.start, span.end)
        for span in spans
        if span.message in theirs and 0 <= span.start < span.end <= len(theirs[span.message][1])
    ]
    if not places:
        raise NotFound("These words of yours are no longer there: nothing rests on them any more.")
    for place in places:
        _insert(db, place, maybe_storable(said), str(to_text(at)))
    ids = list(dict.fromkeys(id_ for id_, _, _ in places))
    _renew_revisions(db, ids)
    resting.let_go(db, ids)
    erasing.remember(db)
    return len(places)


def every(db: sqlite3.Connection) -> list[Contest]:
    """All contests, the latest first."""
    return [
        Contest(topic, title, message, who, name, words[start:end], said, _time(at), url)
        for topic, title, message, who, name, words, start, end, said, at, url in db.execute(
            _CONTESTS
        )
    ]


def places(db: sqlite3.Connection, topic_id: int) -> dict[str, tuple[Place, ...]]:
    """What is contested in a topic's messages, by their source's id."""
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for source_id, start, end in db.execute(
        """SELECT m.source_id, c.starts, c.ends
        FROM contests c JOIN messages m ON m.id = c.message_id
        WHERE m.topic_id = ? ORDER BY c.starts, c.ends""",
        (topic_id,),
    ):
        found[source_id].append((start, end))
    return {source_id: tuple(each) for source_id, each in found.items()}


def standing(db: sqlite3.Connection, ids: Collection[int]) -> list[Standing]:
    """What is contested in messages (by row id), before these change."""
    return [
        Standing(id_, start, content[start:end], said, at)
        for id_, content, start, end, said, at in _of_messages(db, ids)
    ]


def follow(
    db: sqlite3.Connection, before: Collection[Standing], changed: Mapping[int, Message]
) -> None:
    """Moves contests to where their words stand after a change; ends those of words that went."""
    drop(db, [each.message for each in before])
    for each in before:
        if place := _place(each, changed[each.message]):
            _insert(db, (each.message, *place), each.said, each.at)
    _renew_revisions(db, [each.message for each in before])


def move(db: sqlite3.Connection, message: int, moved: Callable[[int, int], Place]) -> None:
    """Moves what is contested in a message (by row id) whose words stand elsewhere now."""
    there = list(_of_messages(db, [message]))
    drop(db, [message])
    for _, _, start, end, said, at in there:
        _insert(db, (message, *moved(start, end)), said, at)
    _renew_revisions(db, [message])


def drop(db: sqlite3.Connection, ids: Collection[int]) -> None:
    """Ends what is contested in messages (by row id)."""
    db.execute(
        "DELETE FROM contests WHERE message_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )


def _insert(db: sqlite3.Connection, place: tuple[int, int, int], said: str | None, at: str) -> None:
    db.execute(
        "INSERT OR REPLACE INTO contests (message_id, starts, ends, said, at) "
        "VALUES (?, ?, ?, ?, ?)",
        (*place, said, at),
    )


def _place(contest: Standing, message: Message) -> Place | None:
    """Where the words stand now, if they are a sentence still: the nearest to where they stood."""
    same = [each.span for each in split(message) if each.text == contest.words]
    if not same:
        return None
    span = min(same, key=lambda span: abs(span.start - contest.start))
    return span.start, span.end


def _renew_revisions(db: sqlite3.Connection, ids: Collection[int]) -> None:
    """A draft that was begun before is of other revisions, and is not kept."""
    contested: defaultdict[tuple[int, str], list[Place]] = defaultdict(list)
    for id_, content, start, end, _, _ in _of_messages(db, ids):
        contested[id_, content].append((start, end))
    db.executemany(
        "UPDATE messages SET revision = ? WHERE id = ?",
        ((revision_of(content, each), id_) for (id_, content), each in contested.items()),
    )


def _of_messages(
    db: sqlite3.Connection, ids: Collection[int]
) -> Iterator[tuple[int, str, int, int, str | None, str]]:
    return db.execute(
        """SELECT m.id, m.content, c.starts, c.ends, c.said, c.at FROM contests c
        JOIN messages m ON m.id = c.message_id
        WHERE c.message_id IN (SELECT value FROM json_each(?))""",
        (json.dumps(list(ids)),),
    )


def _theirs(
    db: sqlite3.Connection, topic_id: int, author_id: str
) -> Iterator[tuple[str, int, str]]:
    return db.execute(_THEIRS, (topic_id, storable(author_id)))


def _time(text: str) -> datetime:
    at = from_text(text)
    if at is None:
        raise Damaged("a contest has no time")
    return at
