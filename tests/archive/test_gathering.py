"""A large database is not written anew with each deletion: deletions are gathered."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.archive import Archive
from bot.archive.connection import connect
from bot.archive.erasing import SMALL
from tests.archive.files import bytes_of, terms_of
from tests.archive.world import JUN, MIRA, NOON, ROOM, said

SECRET = said(2, JUN, "Hats should zzyzxian come back.")
SPARE = said(1, MIRA, "It goes on and on. " * (SMALL // 15))


@pytest.fixture
def large(path: Path) -> Iterator[Archive]:
    """A database that takes a while to be written anew, with a secret in it."""
    with Archive.open(path) as archive:
        archive.record(ROOM, [SPARE, SECRET])
        yield archive


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Another program reads the state of now for the length of the block."""
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM messages").fetchone()
        yield


def test_the_words_are_gone_from_every_query_at_once_and_from_the_files_when_it_is_finished(
    large: Archive, path: Path
) -> None:
    large.delete(1, ["2"], NOON)
    assert large.search("zzyzxian") == []
    assert not large.is_erased
    assert large.unerased_for() is not None
    assert b"zzyzxian" in bytes_of(path)

    assert large.finish_erasing()

    assert large.is_erased
    assert large.unerased_for() is None
    assert b"zzyzxian" not in bytes_of(path)
    assert "zzyzxian" not in terms_of(path)


def test_a_hundred_edits_rewrite_the_file_once(path: Path) -> None:
    done: list[str] = []
    connection = connect(path, read_only=False, busy_seconds=1)
    with closing(Archive(connection)) as archive:
        archive.record(ROOM, [SPARE, SECRET])
        connection._db.set_trace_callback(done.append)
        for n in range(100):
            edited_at = NOON + timedelta(hours=n)
            archive.record(ROOM, [replace(SECRET, content=f"Try {n}.", edited_at=edited_at)])
        assert done.count("VACUUM") == 0
        assert archive.finish_erasing()
        assert done.count("VACUUM") == 1


def test_whoever_deletes_and_leaves_erases_first(path: Path) -> None:
    """A command of the terminal has nobody to do it later."""
    with Archive.open(path) as archive:
        archive.record(ROOM, [SPARE, SECRET])
    with Archive.open(path) as archive:
        archive.erase("forum", JUN.source_id, NOON)
    assert b"zzyzxian" not in bytes_of(path)


def test_who_only_comes_by_does_not_wait_for_what_another_has_to_erase(
    large: Archive, path: Path
) -> None:
    large.delete(1, ["2"], NOON)
    with Archive.open(path) as other:
        other.record(ROOM, [said(3, MIRA, "Good night.")])
    assert b"zzyzxian" in bytes_of(path)
    assert large.finish_erasing()


def test_a_reader_at_the_end_holds_up_nobody_and_the_next_start_erases(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.record(ROOM, [SPARE, SECRET])
        with reading(path):
            archive.delete(1, ["2"], NOON)
            archive.close()
    with Archive.open(path) as archive:
        assert archive.unerased_for() is None or archive.finish_erasing()
    assert b"zzyzxian" not in bytes_of(path)
