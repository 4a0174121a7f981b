"""Whose a message is, and whether that person lets it be kept.

A source names as author who sent a message. Where Moot sent it for a person, it was recorded as
theirs, and no export of the thread that names Moot takes it from them. And of a person who opted
out no word is to reach the database.
"""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.archive import deletion, mentions, messages, topics
from bot.archive.messages import ask_for
from bot.archive.texts import storable
from bot.archive.times import from_text, to_text
from bot.core.model import UNTITLED, Author, Message, Topic
from bot.core.receipt import OPTED_OUT

_OPTED_OUT = "SELECT author_id FROM opted_out WHERE source = ?"
_OPENED = """
    SELECT t.id FROM topics t LEFT JOIN authors a ON a.topic_id = t.id AND a.source_id = ?2
    WHERE t.source = ?1 AND (
        t.opened_by = ?2
        OR a.id = (
            SELECT author_id FROM messages WHERE (topic_id, source_id) = (t.id, t.source_id))
        OR t.opened_by IS NULL AND a.id = (
            SELECT author_id FROM present_messages WHERE topic_id = t.id
            ORDER BY posted_at, length(source_id), source_id LIMIT 1))
"""
_EARLIER = """
    SELECT 1 FROM present_messages m JOIN topics t ON t.id = m.topic_id
    WHERE (t.source, t.source_id) = (?, ?) AND coalesce(m.posted_at, '') < ? LIMIT 1
"""


_WITHHELD = """
    SELECT m.source_id, m.deleted_at FROM asked CROSS JOIN messages m USING (source_id)
    JOIN topics t ON t.id = m.topic_id
    WHERE m.withheld = ? AND t.source = (SELECT source FROM topics WHERE id = ?)
"""


@dataclass(frozen=True, slots=True)
class Sifted:
    """Messages as they may be kept, and the ids of those that may not, with when the person whose
    words they are opted out."""

    kept: list[Message]
    withheld: Mapping[str, datetime]


def sift(db: sqlite3.Connection, topic_id: int, given: Collection[Message]) -> Sifted:
    """Sorts what a source gives for a topic by whose it is."""
    owned = mentions.sourced(db, topic_id, _with_owners(db, topic_id, given))
    since = _opted_out(db, topic_id)
    withheld = _forwards_of_withheld(db, topic_id, owned) | {
        each.source_id: since[person]
        for each in owned
        for person in _whose(each)
        if person in since
    }
    kept = [each for each in owned if each.source_id not in withheld]
    return Sifted(mentions.settled(db, topic_id, kept, since), withheld)


def _forwards_of_withheld(
    db: sqlite3.Connection, topic_id: int, given: Iterable[Message]
) -> dict[str, datetime]:
    """The messages that forward one of which nothing is kept, and since when nothing is."""
    forwards = {storable(each.forward.message): each for each in given if each.forward}
    if not forwards:
        return {}
    ask_for(db, forwards)
    rows = db.execute(_WITHHELD, (OPTED_OUT, topic_id)).fetchall()
    return {forwards[id_].source_id: at for id_, text in rows if (at := from_text(text))}


def _whose(message: Message) -> list[str]:
    """The ids of people whose words a message has: its author, and whom it forwards."""
    forwarded = message.forward.author if message.forward else None
    return [storable(each) for each in (message.author.source_id, forwarded) if each]


def opened(db: sqlite3.Connection, source: str, author_id: str) -> list[int]:
    """The ids of the topics whose title is a person's.

    It is theirs who opened the topic. It is theirs as well who posted the message that has the
    topic's id, for Discord proposes its first words. Where a source does not say who opened a
    topic, it is theirs who posted the first message.
    """
    rows = db.execute(_OPENED, (storable(source), storable(author_id)))
    return [id_ for (id_,) in rows.fetchall()]


def keep_topic(db: sqlite3.Connection, topic: Topic, given: Collection[Message]) -> int:
    """Keeps a topic, without the title where somebody gave it who opted out or was erased."""
    key = (storable(topic.source), storable(topic.source_id))
    known = "SELECT untitled, opened_by FROM topics WHERE (source, source_id) = (?, ?)"
    untitled, opened_by = db.execute(known, key).fetchone() or (False, None)
    first = _first(db, key, given)
    out = {author for (author,) in db.execute(_OPTED_OUT, key[:1])}
    openers = {topic.opened_by, opened_by, *_authors_of(topic.source_id, given)}
    if openers == {None} and first:
        openers = {first.author.source_id}
    if untitled or any(storable(each) in out for each in openers if each is not None):
        topic_id = topics.keep(db, replace(topic, title=UNTITLED))
        topics.untitle(db, topic_id)
        return topic_id
    topic_id = topics.keep(db, topic)
    # A topic that Moot opened is theirs for whom it posted the first message there.
    posted_for = first.author.source_id if first and first.drafted else None
    topics.keep_opener(db, topic_id, topic.opened_by or (None if opened_by else posted_for))
    return topic_id


def withhold(db: sqlite3.Connection, topic_id: int, withheld: Mapping[str, datetime]) -> None:
    """Notes of messages that they are missing; where an earlier copy is there, it goes."""
    for at in set(withheld.values()):
        ids = [source_id for source_id, since in withheld.items() if since == at]
        deletion.delete(db, topic_id, ids, at, OPTED_OUT)


def _authors_of(source_id: str, given: Collection[Message]) -> set[str]:
    return {each.author.source_id for each in given if each.source_id == source_id}


def _first(
    db: sqlite3.Connection, key: tuple[str, str], given: Collection[Message]
) -> Message | None:
    """The message of a topic that was posted first, if it is among those given. Of several without
    a time, it is the first one."""
    first = min(given, key=lambda each: to_text(each.posted_at) or "", default=None)
    at = to_text(first.posted_at) or "" if first else ""
    return None if db.execute(_EARLIER, (*key, at)).fetchone() else first


def _with_owners(
    db: sqlite3.Connection, topic_id: int, given: Collection[Message]
) -> list[Message]:
    """The messages, those that were recorded as posted for a person as that person's."""
    owners = _owners(db, topic_id, [each.source_id for each in given if not each.drafted])
    now = {each.author.source_id: each.author for each in given}
    return [
        replace(each, author=now.get(owner.source_id, owner), drafted=True)
        if (owner := owners.get(storable(each.source_id)))
        else each
        for each in given
    ]


def _owners(
    db: sqlite3.Connection, topic_id: int, source_ids: Collection[str]
) -> Mapping[str, Author]:
    """For whom messages were posted, where Moot posted them for somebody."""
    messages.ask_for(db, source_ids)
    rows = db.execute(
        """SELECT asked.source_id, a.source_id, a.name, a.bot FROM asked
        JOIN messages m USING (source_id) JOIN authors a ON a.id = m.author_id
        WHERE m.topic_id = ? AND m.drafted""",
        (topic_id,),
    )
    return {message: Author(id_, name, bool(bot)) for message, id_, name, bot in rows}


def _opted_out(db: sqlite3.Connection, topic_id: int) -> dict[str, datetime]:
    """Who of the topic's source opted out, and when."""
    rows = db.execute(
        "SELECT author_id, at FROM opted_out JOIN topics USING (source) WHERE topics.id = ?",
        (topic_id,),
    )
    return {author: at for author, text in rows if (at := from_text(text))}
