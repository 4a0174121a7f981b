"""Whose a message is, and whether that person lets it be kept.

A source names as author who sent a message. Where Moot sent it for a person, it is theirs; and
of a person who opted out no word is to reach the database.
"""

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.archive import deletion, topics
from bot.archive.texts import storable
from bot.archive.times import from_text
from bot.core.model import Author, Message
from bot.core.receipt import OPTED_OUT


@dataclass(frozen=True, slots=True)
class Sifted:
    """Messages that may be kept, under their real authors; and the ids of those that may not,
    with the time at which their author opted out."""

    kept: list[Message]
    withheld: Mapping[str, datetime]


def sift(db: sqlite3.Connection, topic_id: int, given: Collection[Message]) -> Sifted:
    """Sorts what a source gives for a topic by whose it is."""
    owned = _with_owners(db, topic_id, given)
    since = _opted_out(db, topic_id)
    withheld = {
        each.source_id: since[author]
        for each in owned
        if (author := storable(each.author.source_id)) in since
    }
    return Sifted([each for each in owned if each.source_id not in withheld], withheld)


def withhold(db: sqlite3.Connection, topic_id: int, withheld: Mapping[str, datetime]) -> None:
    """Notes of messages that they are missing; where an earlier copy is there, it goes."""
    for at in set(withheld.values()):
        ids = [source_id for source_id, since in withheld.items() if since == at]
        deletion.delete(db, topic_id, ids, at, OPTED_OUT)


def keep_owner(db: sqlite3.Connection, topic_id: int, message_id: str, author: Author) -> None:
    """Notes that Moot posted a message for a person, recorded by now or not. Raises NotFound.

    Of one that is deleted already, or whose author opted out, no more is kept than that it is gone.
    """
    topics.one(db, topic_id)
    since = _opted_out(db, topic_id).get(storable(author.source_id))
    if since is not None:
        withhold(db, topic_id, {message_id: since})
        return
    db.execute(
        """INSERT OR REPLACE INTO posted_for (topic_id, message_id, author_id, name)
        SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM messages
            WHERE topic_id = ?1 AND source_id = ?2 AND deleted_at IS NOT NULL)""",
        (topic_id, storable(message_id), storable(author.source_id), storable(author.name)),
    )
    _give(db, topic_id, message_id, author)


def _give(db: sqlite3.Connection, topic_id: int, message_id: str, author: Author) -> None:
    """Makes a message that was recorded as the program's own that person's.

    Nothing rests on it yet: what programs post is not read.
    """
    people = topics.introduce(db, topic_id, [author])
    given = db.execute(
        """UPDATE messages SET author_id = ?, drafted = 1
        WHERE topic_id = ? AND source_id = ? AND deleted_at IS NULL""",
        (people[storable(author.source_id)], topic_id, storable(message_id)),
    ).rowcount
    topics.forget_silent(db, topic_id)
    if given:
        topics.changed(db, topic_id)


def _with_owners(
    db: sqlite3.Connection, topic_id: int, given: Collection[Message]
) -> list[Message]:
    """The messages, those that Moot posted for a person with that person as author."""
    owners = _owners(db, topic_id)
    if not owners:
        return list(given)
    known = _people(db, topic_id)
    for each in given:
        if storable(each.source_id) not in owners:
            known[storable(each.author.source_id)] = each.author
    return [
        replace(each, author=known.get(owner.source_id, owner), drafted=True) if owner else each
        for each, owner in ((each, owners.get(storable(each.source_id))) for each in given)
    ]


def _owners(db: sqlite3.Connection, topic_id: int) -> Mapping[str, Author]:
    """For whom messages were posted, under the name that they had then."""
    rows = db.execute(
        "SELECT message_id, author_id, name FROM posted_for WHERE topic_id = ?", (topic_id,)
    )
    return {message: Author(author, name) for message, author, name in rows}


def _people(db: sqlite3.Connection, topic_id: int) -> dict[str, Author]:
    """The topic's authors under the names that they go by now."""
    rows = db.execute("SELECT source_id, name, bot FROM authors WHERE topic_id = ?", (topic_id,))
    return {source_id: Author(source_id, name, bool(bot)) for source_id, name, bot in rows}


def _opted_out(db: sqlite3.Connection, topic_id: int) -> dict[str, datetime]:
    """Who of the topic's source opted out, and when."""
    rows = db.execute(
        "SELECT author_id, at FROM opted_out JOIN topics USING (source) WHERE topics.id = ?",
        (topic_id,),
    )
    return {author: at for author, text in rows if (at := from_text(text))}
