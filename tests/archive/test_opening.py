"""A database that is not there, not ours, damaged, locked or full: one sentence, nothing lost."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.archive import Archive
from bot.archive.connection import connect
from bot.archive.migrations import steps
from bot.core.errors import ArchiveError
from bot.core.model import Message
from tests.archive.world import JUN, MIRA, ROOM, said

HELLO = said(1, MIRA, "Hello there.")
MANY = [said(place, JUN, f"Message {place} is about nothing. " * 20) for place in range(2, 500)]
NOBODY = 65534


def test_a_new_database_is_empty_and_what_is_recorded_is_there_again(path: Path) -> None:
    with Archive.open(path) as archive:
        assert archive.topics() == []
        archive.record(ROOM, [HELLO])

    with Archive.open(path) as archive:
        assert archive.messages(archive.find_topic("small").id) == [HELLO]


def test_an_empty_file_becomes_a_database(path: Path) -> None:
    path.touch()
    with Archive.open(path) as archive:
        assert archive.topics() == []


def test_a_reader_sees_what_is_there_and_can_write_nothing(path: Path, archive: Archive) -> None:
    archive.record(ROOM, [HELLO])
    with Archive.open(path, read_only=True) as reader:
        assert [each.topic for each in reader.topics()] == [ROOM]
        with pytest.raises(ArchiveError, match="can't be written to"):
            reader.record(ROOM, MANY)
        assert reader.topics()[0].messages == 1


def test_a_reader_does_not_create_a_database(path: Path) -> None:
    with pytest.raises(ArchiveError, match="There is no database"):
        Archive.open(path, read_only=True)
    assert not path.exists()


def test_a_path_that_can_hold_no_database(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="is a folder: give the path of a database file"):
        Archive.open(tmp_path)
    with pytest.raises(ArchiveError, match=r"no folder .*: create it"):
        Archive.open(tmp_path / "missing" / "moot.db")
    with pytest.raises(ArchiveError, match="can't be opened"):
        Archive.open(tmp_path / ("long" * 100))


def test_another_kind_of_file_stays_as_it_is(path: Path) -> None:
    letter = b"Dear all, this is a letter and no database. " * 50
    path.write_bytes(letter)
    with pytest.raises(ArchiveError, match="is not a database"):
        Archive.open(path)
    assert path.read_bytes() == letter


def test_another_programs_database_stays_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
        other.commit()
    with pytest.raises(ArchiveError, match="another program's database"):
        Archive.open(path)
    with closing(sqlite3.connect(path)) as other:
        assert _tables(other) == ["recipes"]


def test_a_newer_moots_database_is_left_to_it(path: Path) -> None:
    Archive.open(path).close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('moot', '999_telepathy', '2030-01-01')"
        )
        newer.commit()
    for read_only in (False, True):
        with pytest.raises(ArchiveError, match=r"newer Moot .*999_telepathy.*: update Moot"):
            Archive.open(path, read_only=read_only)


def test_an_older_moots_database_is_brought_up_to_date_by_a_writer(path: Path) -> None:
    for step in _names()[1:]:
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as older:
            _apply_before(older, step)
        with pytest.raises(ArchiveError, match="older Moot: open it once for writing"):
            Archive.open(path, read_only=True)
        with Archive.open(path) as archive:
            assert archive.record(ROOM, [HELLO]).added == 1
            assert [hit.message_id for hit in archive.search("hello")] == ["1"]


def test_damage_is_found_when_it_is_read(path: Path) -> None:
    Archive.open(path).close()
    blank = path.stat().st_size
    with Archive.open(path) as archive:
        archive.record(ROOM, [HELLO, *MANY])
    size = path.stat().st_size
    with path.open("r+b") as file:
        for page in range(blank, size, 4096):
            file.seek(page)
            file.write(b"\xff" * 4096)
    damaged = pytest.raises(ArchiveError, match="damaged: put a backup in its place")
    with Archive.open(path, read_only=True) as archive, damaged:
        archive.messages(1)


@pytest.mark.parametrize(
    "damage", ["DROP TABLE authors", "ALTER TABLE messages RENAME COLUMN drafted TO draughty"]
)
def test_one_that_lacks_a_part_is_damaged(path: Path, damage: str) -> None:
    Archive.open(path).close()
    with closing(sqlite3.connect(path)) as other:
        other.executescript(f"PRAGMA legacy_alter_table = ON; {damage}")
    with pytest.raises(ArchiveError, match="damaged"):
        _open_and_record(path)


def _open_and_record(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.record(ROOM, [HELLO])


def test_one_of_a_format_that_sqlite_does_not_know_is_damaged(path: Path) -> None:
    Archive.open(path).close()
    content = bytearray(path.read_bytes())
    content[44:48] = b"\0\0\0\x09"  # the number of the schema's format
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match="damaged"):
        Archive.open(path)


def test_a_damaged_head_is_told_at_once(path: Path) -> None:
    Archive.open(path).close()
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 3000)
    with pytest.raises(ArchiveError, match="damaged"):
        Archive.open(path)


def test_a_message_whose_author_is_gone_is_damage(path: Path, archive: Archive) -> None:
    archive.record(ROOM, [HELLO])
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("DELETE FROM authors")
    with pytest.raises(ArchiveError, match="damaged"):
        archive.messages(1)


def test_a_schema_with_letters_that_are_none(path: Path) -> None:
    Archive.open(path).close()
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE topics", b"CREATE \xb5ABLE topics"))
    with pytest.raises(ArchiveError, match="damaged"):
        Archive.open(path)


def test_waiting_for_another_program_ends(path: Path, archive: Archive) -> None:
    archive.record(ROOM, [HELLO])
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Archive.open(path, read_only=True) as reader:
            assert reader.messages(1) == [HELLO]
        with pytest.raises(ArchiveError, match="in use by another program: wait"):
            Archive.open(path, busy_seconds=0.05)
        other.execute("ROLLBACK")
    with Archive.open(path, busy_seconds=0.05) as again:
        assert again.record(ROOM, MANY).added == len(MANY)


def test_a_full_disk_loses_nothing(path: Path) -> None:
    connection = connect(path, read_only=False, busy_seconds=1)
    archive = Archive(connection)
    archive.record(ROOM, [HELLO])
    with connection.writing() as db:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages + 4}")

    for chunk in (2000, 100):
        with pytest.raises(ArchiveError, match="disk is full and nothing was written"):
            archive.record(ROOM, MANY, chunk=chunk)
        assert archive.messages(1) == [HELLO]
        assert archive.search("nothing") == []

    with connection.writing() as db:
        db.execute("PRAGMA max_page_count = 100000")
    assert archive.record(ROOM, MANY, chunk=100).added == len(MANY)
    archive.close()


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
@pytest.mark.parametrize(
    ("of", "mode"), [("file", 0o444), ("file", 0), ("folder", 0o555), ("folder", 0)]
)
def test_a_file_or_folder_without_leave(of: str, mode: int) -> None:
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    path = folder / "moot.db"
    with Archive.open(path) as archive:
        archive.record(ROOM, [HELLO])
    target = path if of == "file" else folder
    target.chmod(mode)
    try:
        with _as_nobody(), pytest.raises(ArchiveError, match="the user that runs Moot") as told:
            _record(path, MANY)
        assert "\n" not in str(told.value)
        target.chmod(0o755)
        with Archive.open(path) as archive:
            assert archive.messages(1) == [HELLO]
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def _record(path: Path, messages: list[Message]) -> None:
    with Archive.open(path) as archive:
        archive.record(ROOM, messages)


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Root may do everything: permissions can be tested as somebody else only."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def _tables(db: sqlite3.Connection) -> list[str]:
    return [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]


def _names() -> list[str]:
    blank = Database(memory=True)
    try:
        return [step.name for step in steps.pending(blank)]
    finally:
        blank.close()


def _apply_before(connection: sqlite3.Connection, step: str) -> None:
    steps.apply(Database(connection), stop_before=step)
    connection.commit()
