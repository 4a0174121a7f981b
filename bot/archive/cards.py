"""Cards: messages in which Moot shows people's words, so that it can take them back.

Kept are ids alone: where a card stands, and which messages it rests on. When one of these changes
or goes, the card is marked in the same transaction, and stays marked until somebody has taken it
back, be it by another program or after a crash.
"""

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.archive.texts import storable
from bot.archive.times import from_text, to_text

_PRESENT = "SELECT id, content FROM present_messages WHERE (topic_id, source_id) = (?, ?)"


@dataclass(frozen=True, slots=True)
class Basis:
    """A message that a card rests on, and which of its words the card shows, if any."""

    topic_id: int
    message_id: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Where a card stands, by its source's ids. After `until` nobody can change it any more."""

    channel_id: str
    message_id: str
    until: datetime | None = None


def keep(db: sqlite3.Connection, card: Card, rests_on: Collection[Basis], at: datetime) -> None:
    """Keeps a card in place of what the same message was before; nothing where it shows no words.

    Where a message that it rests on is gone by now, or says something else, it is withdrawn.
    """
    db.execute("DELETE FROM cards WHERE until < ?", (to_text(at),))
    db.execute("DELETE FROM cards WHERE message_id = ?", (storable(card.message_id),))
    if not rests_on:
        return
    there = {_present(db, basis) for basis in rests_on}
    (id_,) = db.execute(
        "INSERT INTO cards (channel_id, message_id, until, withdrawn) VALUES (?, ?, ?, ?) "
        "RETURNING id",
        (storable(card.channel_id), storable(card.message_id), to_text(card.until), None in there),
    ).fetchone()
    db.executemany(
        "INSERT INTO card_messages (card_id, message_id) VALUES (?, ?)",
        ((id_, message) for message in there if message is not None),
    )


def withdraw(db: sqlite3.Connection, message_ids: Collection[int]) -> None:
    """Marks the cards that rest on messages, by their row ids."""
    db.execute(
        """UPDATE cards SET withdrawn = 1 WHERE id IN (
            SELECT card_id FROM card_messages
            WHERE message_id IN (SELECT value FROM json_each(?)))""",
        (json.dumps(list(message_ids)),),
    )


def withdraw_all(db: sqlite3.Connection, topic_id: int) -> None:
    """Marks all cards that rest on messages of a topic."""
    db.execute(
        """UPDATE cards SET withdrawn = 1 WHERE id IN (
            SELECT card_id FROM card_messages cm JOIN messages m ON m.id = cm.message_id
            WHERE m.topic_id = ?)""",
        (topic_id,),
    )


def withdrawn(db: sqlite3.Connection) -> dict[int, Card]:
    """The cards that are still to be taken back, by the id of their row."""
    rows = db.execute("SELECT id, channel_id, message_id, until FROM cards WHERE withdrawn")
    return {
        id_: Card(channel_id, message_id, from_text(until))
        for id_, channel_id, message_id, until in rows
    }


def forget(db: sqlite3.Connection, ids: Collection[int]) -> None:
    """Forgets cards: they were taken back, or can't be."""
    db.executemany("DELETE FROM cards WHERE id = ?", ((id_,) for id_ in ids))


def _present(db: sqlite3.Connection, basis: Basis) -> int | None:
    """The row id of a message, if it still has the words."""
    key = (basis.topic_id, storable(basis.message_id))
    row = db.execute(_PRESENT, key).fetchone()
    return row[0] if row and storable(basis.words) in row[1] else None
