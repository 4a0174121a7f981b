"""Whose a message is, and whether that person lets it be kept.

A source names as author who sent a message. Where Moot sent it for a person, it was recorded as
theirs, and no export of the thread that names Moot takes it from them. And of a person who opted
out no word is to reach the database.
"""

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.archive import deletion, mentions, messages
from bot.archive.texts import storable
from bot.archive.times import from_text
from bot.core.model import UNTITLED, Author, Message, Topic
from bot.core.receipt import OPTED_OUT

_OPTED_OUT = "SELECT author_id FROM opted_out WHERE source = ?"
_OPENING = """
    SELECT 1 FROM messages m JOIN topics t ON t.id = m.topic_id AND t.source_id = m.source_id
    WHERE (t.source, t.source_id) = (?, ?) AND m.withheld = ?
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
    withheld = {
        each.source_id: since[person]
        for each in owned
        for person in _whose(each)
        if person in since
    }
    kept = [each for each in owned if each.source_id not in withheld]
    return Sifted(mentions.settled(db, topic_id, kept, since), withheld)


def _whose(message: Message) -> list[str]:
    """The ids of people whose words a message has: its author, and whom it forwards."""
    forwarded = message.forward.author if message.forward else None
    return [storable(each) for each in (message.author.source_id, forwarded) if each]


def titled(db: sqlite3.Connection, topic: Topic, given: Collection[Message]) -> Topic:
    """The topic as it may be kept: without the title that somebody who opted out gave it.

    A title is of who posted the message that the topic was opened with: it has the topic's id.
    """
    out = {author for (author,) in db.execute(_OPTED_OUT, (storable(topic.source),))}
    openings = (each for each in given if each.source_id == topic.source_id)
    key = (storable(topic.source), storable(topic.source_id))
    withheld = db.execute(_OPENING, (*key, OPTED_OUT)).fetchone()
    if withheld or any(storable(each.author.source_id) in out for each in openings):
        return replace(topic, title=UNTITLED)
    return topic


def withhold(db: sqlite3.Connection, topic_id: int, withheld: Mapping[str, datetime]) -> None:
    """Notes of messages that they are missing; where an earlier copy is there, it goes."""
    for at in set(withheld.values()):
        ids = [source_id for source_id, since in withheld.items() if since == at]
        deletion.delete(db, topic_id, ids, at, OPTED_OUT)


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
