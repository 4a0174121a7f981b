"""What was spent on models, summed up for those who pay; reservations (budgets.py) don't count."""

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.archive import marks
from bot.core.budget import Whose
from bot.core.summary import Usage

TOGETHER = ""
"""The person in the rows of all who opted out: sums do not tell them apart."""


class SpentBy(StrEnum):
    """What sums can be told apart by."""

    SERVER = "server"
    PERSON = "person"
    TOPIC = "topic"
    MODEL = "model"
    PURPOSE = "purpose"
    DAY = "day"


_COLUMNS = {by: "topic_id" if by is SpentBy.TOPIC else by.value for by in SpentBy}
_SPENT = """
    SELECT {columns}, count(DISTINCT request), total(calls), total(prompt_tokens),
        total(completion_tokens), sum(money)
    FROM spending WHERE lapses_at IS NULL AND {where}
    GROUP BY {groups} ORDER BY total(prompt_tokens) + total(completion_tokens) DESC, {groups}
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """A sum: of what, and how much. What it is not told apart by is None.

    A topic that is gone keeps its number, a person who was erased does not keep theirs.
    `money` is in millionths of the currency unit, None without a price.
    """

    server: str | None
    person: str | None
    topic_id: int | None
    model: str | None
    purpose: str | None
    day: str | None
    requests: int
    usage: Usage
    money: int | None


def sums(db: sqlite3.Connection, by: Collection[SpentBy], server: str | None) -> Iterator[Spent]:
    """The sums, the dearest first; of one server or of all."""
    columns = [_COLUMNS[each] if each in by else "NULL" for each in SpentBy]
    query = _SPENT.format(
        columns=", ".join(columns),
        groups=", ".join(_COLUMNS[each] for each in SpentBy if each in by) or "NULL",
        where="server = :server" if server is not None else "TRUE",
    )
    for row in db.execute(query, {"server": server}):
        *told, requests, calls, prompt, completion, money = row
        server, person, topic_id, model, purpose, day = told
        usage = Usage(int(calls), int(prompt), int(completion))
        yield Spent(server, person, topic_id, model, purpose, day, requests, usage, money)


def forget(db: sqlite3.Connection, source: str, person: str, instead: str | None) -> None:
    """Takes a person's id out of what was spent; the sums stay, and this month's budget."""
    marks.leave(db, Whose.PERSON, person)
    db.execute(
        "UPDATE spending SET person = ? WHERE (source, person) = (?, ?)", (instead, source, person)
    )


def forget_server(db: sqlite3.Connection, server: str) -> None:
    """Takes a server's id and its people's out of what was spent, as `forget` does."""
    marks.leave(db, Whose.SERVER, server)
    people = "SELECT DISTINCT person FROM spending WHERE server = ? AND person > ''"
    for (person,) in db.execute(people, (server,)).fetchall():
        marks.leave(db, Whose.PERSON, person)
    db.execute("UPDATE spending SET server = NULL, person = NULL WHERE server = ?", (server,))
