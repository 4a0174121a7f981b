"""What calls of the model may cost and do cost: reserved before each, settled after it.

A reservation is a row of `spending` that holds the most that its call may cost. It is checked
against the budgets and written in one transaction, so that no number of requests, in however
many programs, spends more than there is. One that is never settled, since its program died or the
file could not be written to, is a charge from the time on at which it lapses: nobody knows better.
"""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.archive import marks, people, topics
from bot.archive.spending import TOGETHER
from bot.archive.times import to_text
from bot.core.budget import Amount, Budget, Payer, Period, Whose
from bot.core.errors import OverBudget
from bot.core.summary import Usage

_USED = """
    SELECT total(prompt_tokens + completion_tokens), total(money) FROM spending
    WHERE ({whose} = ? OR {whose}_mark = ?) AND day BETWEEN ? AND ?
"""
_INSERT = """
    INSERT INTO spending (topic_id, model, calls, prompt_tokens, completion_tokens, at, request,
        purpose, source, server, person, person_mark, day, money, lapses_at)
    VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Charge:
    """A call of a model: who pays, in which request, about which topic, and what it is for."""

    payer: Payer
    request: str
    topic_id: int
    model: str
    purpose: str


def reserve(
    db: sqlite3.Connection,
    charge: Charge,
    most: Usage,
    budget: Budget,
    at: datetime,
    lapses_at: datetime,
) -> int:
    """Sets aside the most that a call may cost; the reservation's id. Raises OverBudget."""
    _charge_lapsed(db, at)
    marks.turn(db, at)
    source = topics.source(db, charge.topic_id)
    _check(db, charge.payer, most, budget, at)
    payer, mark = _named(db, source, charge.payer)
    about = (charge.topic_id, charge.model, most.prompt_tokens, most.completion_tokens)
    of = (to_text(at), charge.request, charge.purpose, source, payer.server, payer.person, mark)
    values = (*about, *of, _day(at), budget.cost(most), to_text(lapses_at))
    (id_,) = db.execute(_INSERT, values).fetchone()
    return id_


def settle(db: sqlite3.Connection, reservation: int, usage: Usage, budget: Budget) -> None:
    """Puts what a call did cost in the place of what was set aside; nothing leaves no row."""
    if usage == Usage():
        db.execute("DELETE FROM spending WHERE id = ?", (reservation,))
        return
    db.execute(
        """UPDATE spending SET calls = ?, prompt_tokens = ?, completion_tokens = ?, money = ?,
        lapses_at = NULL WHERE id = ?""",
        (
            usage.calls,
            usage.prompt_tokens,
            usage.completion_tokens,
            budget.cost(usage),
            reservation,
        ),
    )


def used(db: sqlite3.Connection, whose: Whose, id_: str, period: Period, at: datetime) -> Amount:
    """What was spent or is set aside in the period that holds `at`."""
    days = (period.first_day(at).isoformat(), _day(at))
    who = (id_, marks.mark(db, whose, id_))
    row = db.execute(_USED.format(whose=whose), (*who, *days)).fetchone()
    return Amount(*map(int, row))


def _check(db: sqlite3.Connection, payer: Payer, most: Usage, budget: Budget, at: datetime) -> None:
    for whose, id_ in ((Whose.SERVER, payer.server), (Whose.PERSON, payer.person)):
        for period in Period:
            limit = budget.limit(whose, period)
            if id_ is None or limit == Amount():
                continue
            before = used(db, whose, id_, period, at)
            tokens = most.prompt_tokens + most.completion_tokens
            after = before.plus(Amount(tokens, budget.cost(most)))
            if after.more_than(limit):
                raise OverBudget(budget.used_up(whose, period, at))


def _charge_lapsed(db: sqlite3.Connection, at: datetime) -> None:
    """Has what was never settled cost what was set aside; a call that comes back corrects it."""
    db.execute(
        "UPDATE spending SET calls = 1, lapses_at = NULL WHERE lapses_at <= ?", (to_text(at),)
    )


def _named(db: sqlite3.Connection, source: str, payer: Payer) -> tuple[Payer, str | None]:
    """The payer as they may be written down; who opted out is not named, and leaves a mark."""
    if payer.person is None or people.opted_out(db, source, payer.person) is None:
        return payer, None
    mark = marks.mark(db, Whose.PERSON, payer.person)
    return Payer(payer.server, TOGETHER), mark


def _day(at: datetime) -> str:
    return at.astimezone(UTC).date().isoformat()
