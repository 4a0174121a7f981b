"""Cards: messages in which Moot shows people's words, so that it can take them back.

Kept are ids alone: where a card stands, which messages it rests on, and the topic whose summary it
shows; and the key to an answer that one person sees, for the quarter of an hour that it works. When
one of the messages changes or goes, the card is marked in the same transaction, and stays marked
until somebody has taken it back, be it by another program or after a crash. A card of a topic is
then to be renewed, unless the topic has gone as well.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.archive.texts import storable
from bot.archive.times import from_text, to_text

_SELECT = "SELECT id, channel_id, message_id, until, topic_id, token FROM cards"
_PRESENT = "SELECT id, content FROM present_messages WHERE (topic_id, source_id) = (?, ?)"


@dataclass(frozen=True, slots=True)
class Basis:
    """A message that a card rests on, and which of its words the card shows, if any."""

    topic_id: int
    message_id: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Where a card stands, by its source's ids. After `until` nobody can change it any more.

    `topic_id` is set where it shows a topic's summary, and can be renewed. `token` is the key to an
    answer that one person sees.
    """

    channel_id: str
    message_id: str
    until: datetime | None = None
    topic_id: int | None = None
    token: str | None = field(default=None, repr=False)


def keep(db: sqlite3.Connection, card: Card, rests_on: Collection[Basis], at: datetime) -> None:
    """Keeps a card in place of what the same message was before; nothing where it shows no words.

    Where a message that it rests on is gone by now, or says something else, it is withdrawn.
    """
    db.execute("DELETE FROM cards WHERE until < ?", (to_text(at),))
    db.execute("DELETE FROM cards WHERE message_id = ?", (storable(card.message_id),))
    if not rests_on:
        return
    there = {_present(db, basis) for basis in rests_on}
    for (id_,) in _insert(db, card, withdrawn=None in there):
        db.executemany(
            "INSERT INTO card_messages (card_id, message_id) VALUES (?, ?)",
            ((id_, message) for message in there if message is not None),
        )


def doubt(db: sqlite3.Connection, card: Card) -> None:
    """Has a card taken back of which nobody knows what it rests on, unless it is known by now."""
    _insert(db, card, withdrawn=True)


def withdraw(db: sqlite3.Connection, message_ids: Collection[int]) -> None:
    """Marks the cards that rest on messages, by their row ids."""
    db.execute(
        """UPDATE cards SET withdrawn = 1 WHERE NOT withdrawn AND id IN (
            SELECT card_id FROM card_messages
            WHERE message_id IN (SELECT value FROM json_each(?)))""",
        (json.dumps(list(message_ids)),),
    )


def withdraw_all(db: sqlite3.Connection, topic_id: int) -> None:
    """Marks all cards that rest on messages of a topic."""
    db.execute(
        """UPDATE cards SET withdrawn = 1 WHERE NOT withdrawn AND id IN (
            SELECT card_id FROM card_messages cm JOIN messages m ON m.id = cm.message_id
            WHERE m.topic_id = ?)""",
        (topic_id,),
    )


def withdrawn(db: sqlite3.Connection) -> dict[int, Card]:
    """The cards that are still to be taken back, by the id of their row."""
    # Where the topic went meanwhile, a card says in vain that it is being renewed.
    where = "WHERE withdrawn = 1 OR withdrawn = 2 AND topic_id IS NULL"
    return _by_row(db.execute(f"{_SELECT} {where} ORDER BY id"))


def taken_back(db: sqlite3.Connection, ids: Collection[int]) -> None:
    """Notes that cards were taken back: those of a topic are to be renewed, others forgotten."""
    rows = [(id_,) for id_ in ids]
    db.executemany("DELETE FROM cards WHERE id = ? AND topic_id IS NULL", rows)
    db.executemany("UPDATE cards SET withdrawn = 2 WHERE id = ?", rows)


def to_renew(db: sqlite3.Connection) -> dict[int, Card]:
    """The cards that were taken back and are to be renewed, by the id of their row."""
    where = "WHERE withdrawn = 2 AND topic_id IS NOT NULL"
    return _by_row(db.execute(f"{_SELECT} {where} ORDER BY id"))


def forget(db: sqlite3.Connection, ids: Collection[int]) -> None:
    """Forgets cards: they can't be taken back, or not be renewed."""
    db.executemany("DELETE FROM cards WHERE id = ?", ((id_,) for id_ in ids))


def _insert(db: sqlite3.Connection, card: Card, *, withdrawn: bool) -> list[tuple[int]]:
    """The id of the new row; none where the message is a card already."""
    place = (storable(card.channel_id), storable(card.message_id), to_text(card.until))
    rows = db.execute(
        """INSERT INTO cards (channel_id, message_id, until, topic_id, token, withdrawn)
        VALUES (?, ?, ?, (SELECT id FROM topics WHERE id = ?), ?, ?)
        ON CONFLICT (message_id) DO NOTHING RETURNING id""",
        (*place, card.topic_id, card.token, withdrawn),
    )
    return rows.fetchall()


def _by_row(rows: Iterable[tuple[Any, ...]]) -> dict[int, Card]:
    return {
        id_: Card(channel_id, message_id, from_text(until), topic_id, token)
        for id_, channel_id, message_id, until, topic_id, token in rows
    }


def _present(db: sqlite3.Connection, basis: Basis) -> int | None:
    """The row id of a message, if it still has the words."""
    key = (basis.topic_id, storable(basis.message_id))
    row = db.execute(_PRESENT, key).fetchone()
    return row[0] if row and storable(basis.words) in row[1] else None
