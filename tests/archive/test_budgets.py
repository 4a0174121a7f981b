"""However many ask at once, and from however many programs, no more is spent than there is."""

import json
import multiprocessing
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.archive import Archive, Charge, SpentBy
from bot.archive.migrations import steps
from bot.core.budget import Amount, Budget, Payer, Period, Price, Whose
from bot.core.errors import NotFound, OverBudget
from bot.core.summary import Usage
from tests.archive.files import bytes_of
from tests.archive.world import MIRA, NOON, ROOM, said

MANY = 50
A_CALL = Usage(0, 80, 20)
"""The most that a call may cost here: a hundred tokens."""
COST = Usage(1, 50, 10)
MIRA_PAYS = Payer("tea house", "1111222233334444")
CHARGE = Charge(MIRA_PAYS, "request", 1, "scripted", "read")
TEN_CALLS = Budget(server_day=Amount(1099))
LATER = NOON + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def room(archive: Archive) -> None:
    archive.record(ROOM, [said(1, MIRA, "Here I am.")])


def _take(path: Path, budget: Budget = TEN_CALLS, times: int = 1) -> int:
    """How many calls somebody gets who asks so often."""
    with Archive.open(path, busy_seconds=60) as archive:
        return sum(_got(archive, budget) for _ in range(times))


def _got(archive: Archive, budget: Budget, payer: Payer = MIRA_PAYS, at: datetime = NOON) -> bool:
    try:
        archive.reserve(replace(CHARGE, payer=payer), A_CALL, budget, at, at + timedelta(minutes=5))
    except OverBudget:
        return False
    return True


def test_fifty_at_once_get_what_there_is_and_no_more(path: Path, archive: Archive) -> None:
    """All of them come while somebody else writes, so that none has paid when the last asks."""
    together = threading.Barrier(MANY + 1)

    def ask(_: int) -> bool:
        with Archive.open(path, busy_seconds=60) as own:
            together.wait(60)
            return _got(own, TEN_CALLS)

    with ThreadPoolExecutor(MANY) as people, closing(sqlite3.connect(path)) as other:
        asked = people.map(ask, range(MANY))
        while together.n_waiting < MANY:
            time.sleep(0.01)
        other.execute("BEGIN IMMEDIATE")
        together.wait(60)
        time.sleep(0.3)
        other.rollback()
        got = sum(asked)
    assert got == 10
    assert archive.used(Whose.SERVER, "tea house", Period.DAY, NOON).tokens == 1000


def _take_together(path: Path, together: Barrier, got: "multiprocessing.Queue[int]") -> None:
    together.wait()
    got.put(_take(path, times=8))


def test_two_programs_share_one_budget(path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    together, got = spawn.Barrier(2, timeout=60), spawn.Queue()
    programs = [spawn.Process(target=_take_together, args=(path, together, got)) for _ in "ab"]
    for program in programs:
        program.start()
    counts = [got.get(timeout=60) for _ in programs]
    for program in programs:
        program.join()
    assert sum(counts) == 10


def test_what_was_set_aside_and_not_used_is_there_again(archive: Archive) -> None:
    budget = Budget(server_day=Amount(160))
    first = archive.reserve(CHARGE, A_CALL, budget, NOON, LATER)
    assert not _got(archive, budget)
    archive.settle(first, COST, budget)
    assert _got(archive, budget)  # 60 spent, 100 set aside
    assert not _got(archive, budget)


def test_a_call_that_failed_cost_nothing_and_leaves_nothing(archive: Archive) -> None:
    archive.settle(archive.reserve(CHARGE, A_CALL, TEN_CALLS, NOON, LATER), Usage(), TEN_CALLS)
    assert archive.used(Whose.SERVER, "tea house", Period.MONTH, NOON) == Amount(0, 0)
    assert archive.spent() == []


@pytest.mark.parametrize(
    ("budget", "payer"),
    [
        (Budget(server_day=Amount(100)), Payer("tea house")),
        (Budget(server_month=Amount(100)), Payer("tea house")),
        (Budget(person_day=Amount(100)), Payer(None, "1")),
        (Budget(person_month=Amount(100)), Payer(None, "1")),
        (Budget(server_day=Amount(None, 100), price=Price(1, 1)), Payer("tea house", "1")),
        (Budget(person_month=Amount(10**9, 100), price=Price(1, 1)), Payer("tea house", "1")),
    ],
)
def test_each_limit_holds_for_whom_it_is_meant(
    archive: Archive, budget: Budget, payer: Payer
) -> None:
    assert _got(archive, budget, payer)
    assert not _got(archive, budget, payer)
    assert _got(archive, budget, Payer("other house", "2"))
    assert _got(archive, budget, Payer())


def test_a_day_and_a_month_end_at_midnight_utc(archive: Archive) -> None:
    day, month = Budget(person_day=Amount(100)), Budget(person_month=Amount(100))
    last_second = datetime(2026, 3, 30, 23, 59, 59, tzinfo=UTC)
    assert _got(archive, day, at=last_second)
    assert not _got(archive, day, at=last_second)
    assert _got(archive, day, at=last_second + timedelta(seconds=1))
    assert not _got(archive, month, at=last_second + timedelta(seconds=1))
    assert _got(archive, month, at=last_second + timedelta(days=1, seconds=1))


def test_what_a_program_that_died_had_set_aside_is_a_charge(path: Path, archive: Archive) -> None:
    program = """
import os, sys
from pathlib import Path
from tests.archive.test_budgets import _take
_take(Path(sys.argv[1]), times=10)
os._exit(9)
"""
    root = Path(__file__).parents[2]
    died = subprocess.run([sys.executable, "-c", program, str(path)], cwd=root, check=False)
    assert died.returncode == 9
    for at in (LATER - timedelta(seconds=1), LATER, NOON + timedelta(hours=11)):
        assert not _got(archive, TEN_CALLS, at=at), "it may have been served, and is a charge"
    assert _got(archive, TEN_CALLS, at=NOON + timedelta(days=1))
    (spent,) = archive.spent()
    assert spent.usage == Usage(10, 800, 200)


def test_a_call_that_comes_back_after_all_corrects_its_charge(archive: Archive) -> None:
    late = archive.reserve(CHARGE, A_CALL, TEN_CALLS, NOON, LATER)
    assert _got(archive, TEN_CALLS, at=LATER + timedelta(hours=1))
    assert [each.usage for each in archive.spent()] == [Usage(1, 80, 20)]
    archive.settle(late, COST, TEN_CALLS)
    assert [each.usage for each in archive.spent()] == [COST]


def test_nothing_is_set_aside_for_a_topic_that_is_gone(archive: Archive) -> None:
    archive.delete_topic(1)
    with pytest.raises(NotFound):
        archive.reserve(CHARGE, A_CALL, TEN_CALLS, NOON, LATER)


def test_sums_are_told_apart_by_what_one_asks(archive: Archive) -> None:
    budget = Budget(price=Price(1, 2))
    for person, purpose in (("1", "read"), ("1", "headline"), ("2", "read")):
        charge = replace(CHARGE, payer=Payer("tea house", person), purpose=purpose, request=person)
        archive.settle(archive.reserve(charge, A_CALL, budget, NOON, LATER), COST, budget)
    assert len(archive.spent()) == 3
    (first, second) = archive.spent([SpentBy.PERSON])
    assert (first.person, first.requests, first.usage, first.money) == (
        "1",
        1,
        Usage(2, 100, 20),
        140,
    )
    assert (second.person, second.topic_id, second.purpose) == ("2", None, None)
    (whole,) = archive.spent([])
    assert (whole.requests, whole.usage.calls) == (2, 3)
    assert archive.spent(server="elsewhere") == []


@pytest.mark.parametrize("leave", [Archive.opt_out, Archive.erase])
def test_who_leaves_is_in_no_sum_by_their_id(
    path: Path, archive: Archive, leave: Callable[[Archive, str, str, datetime], int]
) -> None:
    spend(archive, MIRA_PAYS)
    archive.reserve(CHARGE, A_CALL, TEN_CALLS, NOON, LATER)
    assert archive.find_person("1111222233334444").messages == 0
    assert b"1111222233334444" in bytes_of(path)

    leave(archive, "forum", "1111222233334444", NOON)

    with closing(sqlite3.connect(path)) as db:
        kept = db.execute("SELECT count(*) FROM spending WHERE person > ''").fetchone()
    assert kept == (0,)
    assert archive.used(Whose.SERVER, "tea house", Period.DAY, NOON).tokens == 160
    if leave is Archive.erase:
        assert archive.finish_erasing()
        assert b"1111222233334444" not in bytes_of(path)


Leave = Callable[[Archive, str, str, datetime], int]


def _opt_out_and_in(archive: Archive, source: str, author_id: str, at: datetime) -> int:
    gone = archive.opt_out(source, author_id, at)
    archive.opt_in(source, author_id)
    return gone


LEAVING: list[Leave] = [Archive.erase, Archive.opt_out, _opt_out_and_in]


@pytest.mark.parametrize("leave", LEAVING)
@pytest.mark.parametrize(
    "budget", [Budget(person_day=Amount(199)), Budget(person_month=Amount(199))]
)
def test_who_leaves_has_spent_what_they_have_spent(
    archive: Archive, leave: Leave, budget: Budget
) -> None:
    assert _got(archive, budget, MIRA_PAYS)
    for _ in range(3):
        leave(archive, "forum", "1111222233334444", NOON)
        assert not _got(archive, budget, MIRA_PAYS)
    assert _got(archive, budget, Payer("tea house", "2"))
    assert _got(archive, budget, MIRA_PAYS, at=NOON + timedelta(days=31))


def test_what_is_spent_while_opted_out_counts_after_it(archive: Archive) -> None:
    budget = Budget(person_month=Amount(199))
    archive.opt_out("forum", "1111222233334444", NOON)
    assert _got(archive, budget)
    assert not _got(archive, budget)
    archive.opt_in("forum", "1111222233334444")
    assert not _got(archive, budget)


def test_nobody_who_opted_out_uses_up_the_budget_of_another(archive: Archive) -> None:
    budget = Budget(person_day=Amount(199))
    for person in ("1", "2"):
        archive.opt_out("forum", person, NOON)
        assert _got(archive, budget, Payer("tea house", person))
        assert not _got(archive, budget, Payer("tea house", person))


def test_a_server_that_takes_moot_out_and_in_again_has_spent_what_it_has(archive: Archive) -> None:
    budget = Budget(server_month=Amount(199), person_month=Amount(199))
    assert _got(archive, budget)
    archive.forget_guild("tea house")
    assert not _got(archive, budget, Payer("tea house", "2"))
    assert not _got(archive, budget, Payer("other house", "1111222233334444"))
    assert _got(archive, budget, Payer("tea house", "2"), at=NOON + timedelta(days=31))


def test_a_mark_tells_no_id_and_goes_with_the_month(path: Path, archive: Archive) -> None:
    spend(archive, MIRA_PAYS)
    archive.erase("forum", "1111222233334444", NOON)
    (mark,) = _marks(path)
    assert mark is not None
    assert "1111222233334444" not in mark
    spend(archive, Payer("tea house", "2"), at=NOON + timedelta(days=31))
    assert _marks(path) == {None}
    assert archive.finish_erasing()
    assert mark.encode() not in bytes_of(path)


def test_each_database_and_month_has_marks_of_its_own(path: Path, archive: Archive) -> None:
    seen: set[str | None] = set()
    for month in range(3):
        at = NOON + timedelta(days=31 * month)
        spend(archive, MIRA_PAYS, at=at)
        archive.erase("forum", "1111222233334444", at)
        seen |= _marks(path) - {None}
    assert len(seen) == 3


def _marks(path: Path) -> set[str | None]:
    with closing(sqlite3.connect(path)) as db:
        return {mark for (mark,) in db.execute("SELECT person_mark FROM spending")}


def test_what_was_spent_before_there_were_marks_counts_for_who_leaves(tmp_path: Path) -> None:
    path = tmp_path / "older.db"
    with closing(sqlite3.connect(path)) as older:
        steps.apply(Database(older), stop_before="018_marks")
        older.execute(
            """INSERT INTO spending (topic_id, model, calls, prompt_tokens, completion_tokens, at,
            source, person, day) VALUES (1, 'm', 1, 150, 40, '2026-03-01T12:00:00.000000+00:00',
            'forum', '7', '2026-03-01')"""
        )
        older.commit()
    with Archive.open(path) as archive:
        archive.record(ROOM, [said(1, MIRA, "Here I am.")])
        archive.erase("forum", "7", NOON)
        assert not _got(archive, Budget(person_month=Amount(199)), Payer(None, "7"))


def test_a_person_can_have_what_was_asked_for_them(archive: Archive) -> None:
    spend(archive, MIRA_PAYS)
    spend(archive, Payer("tea house", "2"))
    document = archive.export("forum", "1111222233334444")
    assert json.loads(json.dumps(document)) == document
    (row,) = document["asked_of_models"]
    assert (row["day"], row["purpose"], row["server"]) == ("2026-03-01", "read", "tea house")
    assert (row["calls"], row["prompt_tokens"], row["money_millionths"]) == (1, 50, None)


def test_what_an_older_moot_wrote_down_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "older.db"
    with closing(sqlite3.connect(path)) as older:
        steps.apply(Database(older), stop_before="008_budgets")
        older.execute(
            "INSERT INTO spending (topic_id, model, calls, prompt_tokens, completion_tokens, at) "
            "VALUES (1, 'm', 2, 30, 4, '2026-03-01T12:00:00.000000+00:00')"
        )
        older.commit()
    with Archive.open(path) as archive:
        (old,) = archive.spent()
    assert (old.person, old.server, old.day) == (None, None, "2026-03-01")
    assert (old.requests, old.usage) == (1, Usage(2, 30, 4))


def spend(archive: Archive, payer: Payer, at: datetime = NOON) -> None:
    """A call that somebody paid."""
    charge = replace(CHARGE, payer=payer)
    reserved = archive.reserve(charge, A_CALL, Budget(), at, at + timedelta(minutes=5))
    archive.settle(reserved, COST, Budget())
