"""Recording: what a source says of a topic, against what the archive has of it."""

import sqlite3
import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.archive import (
    batches,
    belonging,
    contests,
    deletion,
    erasing,
    languages,
    mentions,
    messages,
    recognition,
    resting,
    topics,
)
from bot.archive.connection import Connection
from bot.archive.texts import storable
from bot.core.edits import mended
from bot.core.errors import ArchiveError
from bot.core.model import Author, Message, Topic
from bot.core.receipt import DELETED

Notices = Mapping[str, datetime | None]
"""The source's own notices: their ids, and when they came."""
_PAUSE = 0.02
"""Seconds between two pieces: SQLite lets in who asks first, not who has waited longest."""
_STORED = """
    SELECT m.source_id, m.id, m.deleted_at, m.withheld, a.source_id,
        content, posted_at, reply_to, edited_at, attachments, url, drafted,
        mentions, forward_message, forward_author
    FROM asked CROSS JOIN messages m USING (source_id) LEFT JOIN authors a ON a.id = m.author_id
    WHERE m.topic_id = ?
"""
_AUTHOR, _CONTENT, _REPLY_TO, _EDITED_AT, _ATTACHMENTS = 0, 1, 3, 4, 5
"""Places in a row of `_STORED` from the author's id on."""
_SHOWN = (_AUTHOR, _CONTENT, _REPLY_TO, _ATTACHMENTS)
"""What of a message an engine is shown, and a draft may rest on."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of the messages given; the numbers add up to theirs.

    `withheld` are of people who opted out: of them no more is kept than that they are missing.
    `gone` counts, by reason, those that were taken out before and stay so.
    `title` is the topic's as it is kept.
    """

    topic_id: int
    added: int
    updated: int
    unchanged: int
    withheld: int = 0
    gone: Mapping[str, int] = field(default_factory=dict[str, int])
    title: str = field(default="", compare=False)


def record(
    connection: Connection, topic: Topic, given: Sequence[Message], notices: Notices, chunk: int
) -> Recorded:
    """Keeps a topic and its messages: at once, or piece by piece where there are many."""
    each_once = list({storable(each.source_id): each for each in given}.values())
    if len(each_once) > chunk:
        recorded = _in_pieces(connection, topic, each_once, notices, chunk)
    else:
        with connection.writing() as db:
            batches.clear(db, topic)
            topic = recognition.recognised(db, topic, each_once)
            recorded = _settle(db, topic, each_once, notices)
    return replace(recorded, unchanged=recorded.unchanged + len(given) - len(each_once))


def _in_pieces(
    connection: Connection, topic: Topic, given: list[Message], notices: Notices, chunk: int
) -> Recorded:
    with connection.writing() as db:
        topic = recognition.recognised(db, topic, given)
        batches.clear(db, topic)
        batch, topic_id = batches.begin(db, topic)
    try:
        for start in range(0, len(given), chunk):
            with connection.writing() as db:
                batches.add(db, batch, topic_id, given[start : start + chunk])
            time.sleep(_PAUSE)
        with connection.writing() as db:
            staged = batches.publish(db, batch)
            recorded = _settle(db, topic, given, notices)
    except BaseException:
        # Where not even this can be written, the next record of the topic clears it away.
        with suppress(ArchiveError), connection.writing() as db:
            batches.drop(db, batch)
        raise
    # What came in with the pieces counts as added, whether or not it was settled otherwise then.
    unchanged = recorded.unchanged - staged
    updated = recorded.updated + min(unchanged, 0)
    return replace(
        recorded, added=recorded.added + staged, updated=updated, unchanged=max(unchanged, 0)
    )


@dataclass(slots=True)
class _Compared:
    """Messages against those that are there; `gone` counts deleted ones, by reason.

    `reworded` are those that an engine is shown otherwise from now on: their rows by source id.
    """

    new: list[Message] = field(default_factory=list[Message])
    there: list[Message] = field(default_factory=list[Message])
    changed: list[tuple[int, Message]] = field(default_factory=list[tuple[int, Message]])
    reworded: dict[str, int] = field(default_factory=dict[str, int])
    gone: Counter[str] = field(default_factory=Counter[str])


def _settle(
    db: sqlite3.Connection, topic: Topic, given: Collection[Message], notices: Notices
) -> Recorded:
    before = topics.title_kept(db, topic)
    topic_id = belonging.keep_topic(db, topic, given)
    if before:
        _retitle(db, topic_id, before, topics.title(db, topic_id))
    sifted = belonging.sift(db, topic_id, given)
    belonging.withhold(db, topic_id, sifted.withheld)
    deletion.notice(db, topic_id, notices)
    mentions.follow(db, topic_id, _authors(sifted.kept))
    compared = _compare(db, topic_id, sifted.kept)
    messages.insert(db, topic_id, compared.new)
    contested = contests.standing(db, [id_ for id_, _ in compared.changed])
    before = messages.some(db, topic_id, compared.reworded.values())
    messages.update(db, topic_id, compared.changed)
    languages.settle(db, topic_id)
    language = topics.language(db, topic_id)
    now = {id_: replace(each, topic_language=language) for id_, each in compared.changed}
    contests.follow(db, contested, now)
    _rename(db, topic_id, compared.new + compared.there)
    if compared.reworded:
        _let_go(db, topic_id, compared.reworded, before)
    if compared.changed:
        topics.forget_silent(db, topic_id)
        erasing.remember(db)
    added, updated = len(compared.new), len(compared.changed)
    unchanged = len(compared.there) - updated
    title = topics.title(db, topic_id)
    return Recorded(topic_id, added, updated, unchanged, len(sifted.withheld), compared.gone, title)


def _retitle(db: sqlite3.Connection, topic_id: int, before: str, now: str) -> None:
    """Takes out what was written under a title, unless all of its words stand in the new one."""
    if not set(before.split()) <= set(now.split()):
        resting.let_go_all(db, topic_id)
        erasing.remember(db)


def _rename(db: sqlite3.Connection, topic_id: int, given: Collection[Message]) -> None:
    """Gives people the names that they go by now, and takes out what calls them by another."""
    if old := topics.rename(db, topic_id, _authors(given)):
        resting.let_go_naming(db, topic_id, old)
        erasing.remember(db)


def _let_go(
    db: sqlite3.Connection,
    topic_id: int,
    reworded: Mapping[str, int],
    before: Mapping[str, Message],
) -> None:
    """Takes out what rests on words that changed; where only a mistake was mended, it follows."""
    now = messages.some(db, topic_id, reworded.values())
    moves = {source_id: mended(before[source_id], now[source_id]) for source_id in reworded}
    resting.let_go(db, [id_ for source_id, id_ in reworded.items() if moves[source_id] is None])
    resting.follow(db, topic_id, {source_id: each for source_id, each in moves.items() if each})


def _compare(db: sqlite3.Connection, topic_id: int, given: Collection[Message]) -> _Compared:
    messages.ask_for(db, (each.source_id for each in given))
    rows = db.execute(_STORED, (topic_id,))
    left = {storable(each.source_id): each for each in given}
    compared = _Compared()
    for source_id, id_, deleted_at, withheld, *stored in rows:
        message = left.pop(source_id)
        if deleted_at is not None:
            compared.gone[withheld or DELETED] += 1
        else:
            _place(compared, id_, message, tuple(stored))
    compared.new.extend(left.values())
    return compared


def _place(compared: _Compared, id_: int, message: Message, stored: messages.Row) -> None:
    """Sorts in a message that is there, unless it is older than the edit that is stored."""
    compared.there.append(message)
    now = (storable(message.author.source_id), *messages.row(message))
    if now == stored or (now[_EDITED_AT] or "") < (stored[_EDITED_AT] or ""):
        return
    compared.changed.append((id_, message))
    if any(now[place] != stored[place] for place in _SHOWN):
        compared.reworded[storable(message.source_id)] = id_


def _authors(given: Collection[Message]) -> list[Author]:
    """Everybody once, under the name that they were given last."""
    return list({each.author.source_id: each.author for each in given}.values())
