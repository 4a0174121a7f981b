"""What an examination says of a database, and that it leaves it as it is."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.archive import Archive, examine
from bot.archive.examination import LARGE_LOG
from bot.archive.migrations import steps
from bot.core.finding import Finding, Status
from tests.archive.world import JUN, MIRA, NOON, ROOM, said


@pytest.fixture
def kept(path: Path) -> Path:
    """A database with a topic."""
    with Archive.open(path) as archive:
        archive.record(ROOM, [said(1, MIRA, "Hello there."), said(2, JUN, "Hi.")])
    return path


def examined(path: Path) -> dict[str, Finding]:
    found = examine(path)
    assert all(each.todo for each in found if each.status is not Status.OK)
    return {each.name: each for each in found}


def statuses(path: Path) -> dict[str, str]:
    return {name: each.status for name, each in examined(path).items()}


def test_a_good_one_is_all_right(kept: Path) -> None:
    assert statuses(kept) == {"database": "ok", "contents": "ok", "disk": "ok"}
    assert "topics: 1" in examined(kept)["database"].told


def test_one_that_others_can_read_is_warned_of(kept: Path) -> None:
    kept.chmod(0o640)
    assert examined(kept)["rights"].todo == f"Type: chmod 600 {kept}*"


def test_none_is_all_right_and_none_is_made(path: Path) -> None:
    assert statuses(path) == {"database": "ok", "disk": "ok"}
    assert not path.exists()


def test_a_path_that_can_hold_none_is_a_problem(tmp_path: Path) -> None:
    assert statuses(tmp_path) == {"database": "problem"}
    assert "create it" in examined(tmp_path / "missing" / "moot.db")["database"].told


def test_another_programs_is_a_problem_and_stays_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
        other.commit()
    before = path.read_bytes()
    assert statuses(path) == {"database": "problem", "disk": "ok"}
    assert "another program's" in examined(path)["database"].told
    assert path.read_bytes() == before


def test_one_of_an_older_moot_is_a_warning_and_stays_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as older:
        steps.apply(Database(older), stop_before="007_spending")
        older.commit()
    before = path.read_bytes()
    assert statuses(path) == {"database": "warning", "disk": "ok"}
    assert path.read_bytes() == before


def test_one_of_a_newer_moot_is_a_problem(kept: Path) -> None:
    with closing(sqlite3.connect(kept)) as newer:
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('moot', '999_telepathy', '2030-01-01')"
        )
        newer.commit()
    assert "update Moot" in examined(kept)["database"].told


def test_each_fault_is_a_problem(kept: Path) -> None:
    with closing(sqlite3.connect(kept)) as db:
        db.execute("UPDATE messages SET author_id = 99")
        db.commit()
    faults = [each for each in examine(kept) if each.name == "contents"]
    assert [each.status for each in faults] == [Status.PROBLEM] * 2
    assert "Row 1 of messages belongs to a row of authors" in faults[0].told


def test_a_disk_without_room_for_twice_the_file_is_a_warning(path: Path) -> None:
    """The file has a hole: it takes no room itself."""
    path.touch()
    os.truncate(path, shutil.disk_usage(path.parent).free)
    assert examined(path)["disk"].status is Status.WARNING


def test_a_log_that_only_grows_is_a_warning(kept: Path) -> None:
    """A reader of the old state keeps SQLite from writing the log back."""
    words = "It grows. " * 10_000
    with closing(sqlite3.connect(kept, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM messages").fetchone()
        with Archive.open(kept) as archive:
            place = 10
            while kept.with_name("moot.db-wal").stat().st_size <= LARGE_LOG:
                archive.record(ROOM, [said(place + n, JUN, words) for n in range(60)])
                place += 60
        assert statuses(kept)["log"] == "warning"
    assert "log" not in statuses(kept)


def test_deleted_words_that_a_reader_holds_in_the_file_are_a_warning(kept: Path) -> None:
    with closing(sqlite3.connect(kept, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM messages").fetchone()
        with Archive.open(kept) as archive:
            archive.delete(1, ["1"], NOON)
        assert statuses(kept) == {"database": "ok", "erasing": "warning", "disk": "ok"}
        assert "End whatever else has moot.db open" in (examined(kept)["erasing"].todo or "")
    assert statuses(kept) == {"database": "ok", "contents": "ok", "disk": "ok"}
