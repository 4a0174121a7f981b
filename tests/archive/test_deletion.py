"""Deletion reaches everything: what rested on the words, and the very bytes of the files."""

import resource
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from bot.archive import Archive, erasing
from bot.archive.connection import connect
from bot.core.errors import NotFound
from bot.core.model import Author, Message
from tests.archive.files import bytes_of, terms_of
from tests.archive.world import JUN, MIRA, NOON, OLE, ROOM, draft, drafts, said

ASKED = said(1, MIRA, "Shall we paint the room?")
SECRET = said(2, JUN, "Blue, like the xylophone of my zzyzxian aunt.")
OTHER = said(3, OLE, "I like that blue.")
THREAD = [ASKED, SECRET, OTHER]
SPARE = "the word xylophone occurs in other messages as well, so that the index knows it. "


@pytest.fixture
def topic(archive: Archive) -> int:
    return archive.record(ROOM, THREAD).topic_id


def _forget(archive: Archive, topic: int, way: str, message: Message) -> None:
    if way == "delete":
        archive.delete(topic, [message.source_id], NOON)
    else:
        archive.record(ROOM, [replace(message, content="Never mind.")])


both_ways = pytest.mark.parametrize("way", ["delete", "edit"])


@both_ways
@pytest.mark.parametrize("kind", ["brief", "chapter", "suggestion"])
def test_drafts_go_with_any_message_they_saw(
    archive: Archive, topic: int, way: str, kind: str
) -> None:
    gone, *_, kept = (
        draft(archive, topic, *seen, kind=kind) for seen in (["1", "2"], ["2", "3"], ["1", "3"])
    )
    _forget(archive, topic, way, SECRET)
    assert drafts(archive, topic, kind) == [kept]
    with pytest.raises(NotFound, match="ask for a new one"):
        archive.draft(gone)


@pytest.mark.parametrize(
    "change", [{"author": OLE}, {"reply_to": "1"}, {"attachments": ("blue.png",)}]
)
def test_drafts_go_with_whatever_else_of_a_message_they_saw(
    archive: Archive, topic: int, change: dict[str, object]
) -> None:
    kept = draft(archive, topic, "3")
    draft(archive, topic, "2", "3")
    assert archive.record(ROOM, [replace(SECRET, **change)]).updated == 1
    assert drafts(archive, topic) == [kept]


@pytest.mark.parametrize("change", [{"url": "https://forum.example/2"}, {"posted_at": None}])
def test_other_metadata_leaves_drafts_alone(
    archive: Archive, topic: int, change: dict[str, object]
) -> None:
    kept = draft(archive, topic, "2")
    assert archive.record(ROOM, [replace(SECRET, **change)]).updated == 1
    assert drafts(archive, topic) == [kept]


def test_a_topic_goes_with_all_that_belongs_to_it(archive: Archive, topic: int, path: Path) -> None:
    draft(archive, topic, "2")

    archive.delete_topic(topic)

    assert archive.topics() == []
    with closing(sqlite3.connect(path)) as db:
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%sqlite%'"
        mine = [name for (name,) in db.execute(tables) if "_fts" not in name]
        assert len(mine) > 9
        assert {db.execute(f"SELECT count(*) FROM {name}").fetchone() for name in mine} == {(0,)}
    with pytest.raises(NotFound):
        archive.delete_topic(topic)
    assert archive.record(ROOM, THREAD).topic_id > topic


@both_ways
def test_no_byte_of_the_words_is_left(archive: Archive, path: Path, way: str) -> None:
    topic = _among_many(archive)
    assert "zzyzxian" in terms_of(path)
    assert b"zzyzxian" in bytes_of(path)
    draft(archive, topic, "2", body={"text": "zzyzxian"})

    _forget(archive, topic, way, SECRET)

    assert "zzyzxian" not in terms_of(path)
    assert b"zzyzxian" not in bytes_of(path)
    assert "xylophone" in terms_of(path)
    assert archive.finish_erasing()


def test_a_topics_words_and_names_leave_no_byte(archive: Archive, path: Path) -> None:
    topic = _among_many(archive)
    for found in (b"zzyzxian", b"The small room", b"mira"):
        assert found in bytes_of(path)
    archive.delete_topic(topic)
    for gone in (b"zzyzxian", b"The small room", b"mira", b"xylophone"):
        assert gone not in bytes_of(path)
    assert terms_of(path) == set()


def test_a_name_goes_with_the_last_of_its_messages(archive: Archive, path: Path) -> None:
    name = Author("77", "Zebedee")
    archive.record(ROOM, [said(1, name, "One."), said(2, name, "Two."), said(3, name, "Three.")])
    topic = archive.find_topic("small room").id
    archive.delete(topic, ["1"], NOON)
    assert b"Zebedee" in bytes_of(path)
    archive.record(ROOM, [said(2, MIRA, "Two.")])
    archive.delete(topic, ["3"], NOON)
    assert b"Zebedee" not in bytes_of(path)
    archive.record(ROOM, [said(4, name, "Four.")])
    archive.record(ROOM, [said(4, MIRA, "Four.")])
    assert b"Zebedee" not in bytes_of(path)


def test_erasing_waits_for_a_reader_and_ends_after_it(archive: Archive, path: Path) -> None:
    topic = _among_many(archive)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM messages").fetchone()

        archive.delete(topic, ["2"], NOON)

        assert archive.search("zzyzxian") == []
        assert not archive.finish_erasing()
        assert b"zzyzxian" in bytes_of(path)
        reader.execute("COMMIT")
    assert archive.finish_erasing()
    assert b"zzyzxian" not in bytes_of(path)


@pytest.mark.parametrize("then", ["write", "open"])
def test_erasing_that_had_to_wait_is_taken_up_again(
    archive: Archive, path: Path, then: str
) -> None:
    topic = _among_many(archive)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM messages").fetchone()
        archive.delete(topic, ["2"], NOON)
    if then == "write":
        archive.record(ROOM, [said(9999, OLE, "Good night.")])
    else:
        Archive.open(path).close()
    assert b"zzyzxian" not in bytes_of(path)
    assert "zzyzxian" not in terms_of(path)


@pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")
def test_a_deletion_is_done_where_only_erasing_finds_no_room(archive: Archive, path: Path) -> None:
    topic = archive.record(ROOM, [SECRET, *(said(n, MIRA, SPARE * 20) for n in range(9, 300))])
    archive.delete(topic.topic_id, ["9"], NOON)  # from here on the log is short
    with _files_up_to(200_000):
        assert archive.delete(topic.topic_id, [SECRET.source_id], NOON) == 1
        assert not archive.finish_erasing()
    assert b"zzyzxian" in bytes_of(path)
    assert archive.finish_erasing()
    assert b"zzyzxian" not in bytes_of(path)


def test_an_index_bears_any_number_of_deletions(path: Path) -> None:
    """What SQLite before 3.44 takes for damage after the thousandth, and then for good."""
    connection = connect(path, read_only=False, busy_seconds=1)
    with closing(Archive(connection)) as archive:
        archive.record(ROOM, [said(n, MIRA, f"Word{n * 7919} {n * 104729}") for n in range(300)])
        for time in range(1200):
            with connection.writing() as db:
                db.execute("UPDATE messages SET content = ? WHERE id = 1", (f"Attempt{time}",))
            erasing.clear_index(db)
        assert archive.check() == []
        assert [hit.message_id for hit in archive.search("attempt1199")] == ["0"]
        assert archive.search("word7919 104729")[0].message_id == "1"
    assert not {term for term in terms_of(path) if "attempt" in term} - {"attempt1199"}


def test_a_broken_off_imports_words_leave_no_byte(archive: Archive, path: Path) -> None:
    class Breaking(str):
        def encode(self, *_: object) -> bytes:  # type: ignore[override]
            raise KeyboardInterrupt

    last = said(9, OLE, Breaking("the end"))
    with pytest.raises(KeyboardInterrupt):
        archive.record(ROOM, [SECRET, ASKED, last], chunk=2)
    assert b"zzyzxian" not in bytes_of(path)
    assert archive.topics() == []
    assert archive.record(ROOM, [SECRET]).added == 1


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_no_byte_is_left_where_rows_were_moved_about(
    archive: Archive, path: Path, seed: int
) -> None:
    """Rows that grow and shrink move to other pages, and SQLite leaves copies of them behind."""
    chance = Random(seed)
    gone: list[str] = []
    current: dict[int, str] = {}
    for round_ in range(12):
        places = chance.sample(range(60), 30)
        gone.extend(current[place] for place in places if place in current)
        current |= {place: f"secret{round_:02}of{place:02}" for place in places}
        archive.record(
            ROOM, [said(place, JUN, _around(current[place], chance)) for place in places]
        )
    evens = range(0, 60, 2)
    archive.delete(1, [str(place) for place in evens], NOON)
    gone.extend(current.pop(place) for place in evens if place in current)
    held = bytes_of(path)
    assert [word for word in gone if word.encode() in held] == []
    assert all(word.encode() in held for word in current.values())


def _around(word: str, chance: Random) -> str:
    return f"{'x ' * chance.choice([1, 30, 300])}{word}{' y' * chance.choice([1, 30, 300])}"


def _among_many(archive: Archive) -> int:
    """The thread among messages enough for an index of several segments."""
    for start in range(100, 1500, 100):
        archive.record(ROOM, [said(place, OLE, SPARE * 3) for place in range(start, start + 100)])
        if start == 700:
            archive.record(ROOM, THREAD)
    return archive.find_topic("small room").id


@contextmanager
def _files_up_to(size: int) -> Iterator[None]:
    """As under a quota: a write that would make a file longer than that fails."""
    (before, most) = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))
