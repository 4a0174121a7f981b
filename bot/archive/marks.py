"""Marks: a budget of the month still knows whom nothing names any more.

Who is erased, opts out or takes Moot out of a server has spent what they have spent. In the place
of their id stands a mark that is made of it with a key of this month's. With the month the key
goes, and the marks with it: from then on nobody can tell whose they were.
"""

import sqlite3
from datetime import datetime
from hashlib import blake2b
from secrets import token_bytes

from bot.archive import erasing
from bot.core.budget import Period, Whose

_KEY_BYTES, _MARK_BYTES = 32, 16


def turn(db: sqlite3.Connection, at: datetime) -> None:
    """Makes a key where the month that holds `at` has none yet, and forgets that of an earlier."""
    month = Period.MONTH.first_day(at).isoformat()
    had = _key(db)
    if had and had[0] >= month:
        return
    db.execute("DELETE FROM marking")
    db.execute("INSERT INTO marking (month, key) VALUES (?, ?)", (month, token_bytes(_KEY_BYTES)))
    gone = db.execute(
        """UPDATE spending SET server_mark = NULL, person_mark = NULL
        WHERE server_mark IS NOT NULL OR person_mark IS NOT NULL"""
    ).rowcount
    if gone:
        erasing.remember(db)


def mark(db: sqlite3.Connection, whose: Whose, id_: str) -> str | None:
    """The mark of a server or a person in the month of the key; None where there is no key."""
    had = _key(db)
    if had is None:
        return None
    told = f"{whose}\0{id_}".encode(errors="surrogatepass")
    return blake2b(told, key=had[1], digest_size=_MARK_BYTES).hexdigest()


def leave(db: sqlite3.Connection, whose: Whose, id_: str) -> None:
    """Marks what a server or a person has spent in this month, before their id is taken out."""
    had = _key(db)
    if had is None:
        return
    db.execute(
        f"UPDATE spending SET {whose}_mark = ? WHERE {whose} = ? AND day >= ?",  # noqa: S608
        (mark(db, whose, id_), id_, had[0]),
    )


def _key(db: sqlite3.Connection) -> tuple[str, bytes] | None:
    """The first day of the key's month, and the key."""
    return db.execute("SELECT month, key FROM marking").fetchone()
