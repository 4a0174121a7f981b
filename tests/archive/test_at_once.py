"""Several programs and threads at one database."""

import multiprocessing
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from bot.archive import Archive, batches
from bot.archive.connection import connect
from bot.core.errors import ArchiveError
from bot.core.model import Topic
from tests.archive.world import JUN, MIRA, NOON, ROOM, said

THOUSANDS = [said(place, JUN, f"Number {place} says a few words.") for place in range(6000)]
HALL = Topic("forum", "hall", "The great hall")
PROGRAMS, FILES = 4, 10


def _record_in_each(folder: Path, place: int, together: Barrier) -> None:
    for number in range(FILES):
        together.wait()
        with Archive.open(folder / f"{number}.db") as archive:
            archive.record(ROOM, [said(place, MIRA, "Here I am.")])


def test_four_programs_create_it_at_once(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    together = spawn.Barrier(PROGRAMS, timeout=60)
    programs = [
        spawn.Process(target=_record_in_each, args=(tmp_path, place, together))
        for place in range(PROGRAMS)
    ]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
    assert [program.exitcode for program in programs] == [0] * PROGRAMS
    for number in range(FILES):
        with Archive.open(tmp_path / f"{number}.db") as archive:
            assert [each.source_id for each in archive.messages(1)] == ["0", "1", "2", "3"]


def test_two_programs_that_delete_in_turn_both_go_on_writing(path: Path, archive: Archive) -> None:
    topic = archive.record(ROOM, THOUSANDS[:9]).topic_id
    with Archive.open(path) as another:
        archive.delete(topic, ["1"], NOON)
        another.delete(topic, ["2"], NOON)
        assert archive.record(ROOM, THOUSANDS[9:11]).added == 2
        assert another.record(ROOM, THOUSANDS[11:12]).added == 1


def test_a_reader_sees_a_long_record_whole_or_not_at_all(path: Path) -> None:
    Archive.open(path).close()

    def write() -> None:
        with Archive.open(path) as archive:
            archive.record(ROOM, THOUSANDS, chunk=50)

    seen: set[tuple[int, int, int]] = set()
    with ThreadPoolExecutor(1) as writer, Archive.open(path, read_only=True) as reader:
        recording = writer.submit(write)
        while not recording.done():
            hits = reader.search("number", limit=10_000)
            topics = reader.topics()
            seen.add((len(hits), len(topics), sum(each.messages for each in topics)))
        recording.result()
        assert [each.messages for each in reader.topics()] == [len(THOUSANDS)]
        assert len(reader.search("number", limit=10_000)) == len(THOUSANDS)
    assert (0, 0, 0) in seen
    assert seen <= {(0, 0, 0), (0, 1, len(THOUSANDS)), (len(THOUSANDS), 1, len(THOUSANDS))}


def test_others_write_during_a_long_record(path: Path) -> None:
    waits: list[float] = []
    Archive.open(path).close()

    def write() -> None:
        with Archive.open(path) as archive:
            archive.record(ROOM, THOUSANDS, chunk=200)

    with ThreadPoolExecutor(1) as writer, Archive.open(path) as other:
        recording = writer.submit(write)
        place = 0
        while not recording.done():
            before = time.perf_counter()
            other.record(HALL, [said(place, MIRA, "Meanwhile.")])
            waits.append(time.perf_counter() - before)
            place += 1
            time.sleep(0.01)
        recording.result()
        counts = {each.topic: each.messages for each in other.topics()}
    assert counts == {ROOM: len(THOUSANDS), HALL: place}
    assert place > 1
    assert max(waits) < 2


def test_what_a_broken_off_record_left_is_seen_by_nobody_and_cleared_away(path: Path) -> None:
    _break_off(path)
    with Archive.open(path) as archive:
        assert archive.topics() == []
        assert archive.search("number") == []
        assert archive.record(ROOM, THOUSANDS[:1]).added == 1
        assert archive.messages(archive.find_topic("small room").id) == THOUSANDS[:1]
        assert [hit.message_id for hit in archive.search("number")] == ["0"]
        assert archive.record(ROOM, THOUSANDS).added == len(THOUSANDS) - 1


def test_a_broken_off_record_leaves_a_topic_that_was_there_as_it_was(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.record(ROOM, THOUSANDS[:3])
        before = archive.topics()
    _break_off(path)
    with Archive.open(path) as archive:
        assert archive.topics() == before
        assert archive.messages(before[0].id) == THOUSANDS[:3]


def test_a_deletion_reaches_what_a_broken_off_record_left(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.record(ROOM, [])
    _break_off(path)
    with Archive.open(path) as archive:
        assert archive.delete(1, ["5"], NOON) == 0
        archive.record(ROOM, THOUSANDS[:10])
        ids = [each.source_id for each in archive.messages(1)]
        assert ids == ["0", "1", "2", "3", "4", "6", "7", "8", "9"]


def test_what_nobody_came_back_for_is_cleared_away_a_day_later(path: Path) -> None:
    _break_off(path)
    Archive.open(path).close()
    assert b"says a few words" in path.read_bytes()
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE batches SET begun_at = datetime(begun_at, '-25 hours')")
        db.commit()
    Archive.open(path).close()
    assert b"says a few words" not in path.read_bytes()


@pytest.mark.parametrize("step", [batches.publish, lambda db, id_: batches.add(db, id_, 1, [])])
def test_of_two_who_import_a_topic_at_once_the_earlier_is_told(
    path: Path, step: Callable[[sqlite3.Connection, int], object]
) -> None:
    earlier = connect(path, read_only=False, busy_seconds=1)
    with earlier.writing() as db:
        batch, topic = batches.begin(db, ROOM)
        batches.add(db, batch, topic, THOUSANDS[:5])
    with Archive.open(path) as later:
        assert later.record(ROOM, THOUSANDS[:9], chunk=2).added == 9
        with pytest.raises(ArchiveError, match="import it again"), earlier.writing() as db:
            step(db, batch)
        assert later.topics()[0].messages == 9
    earlier.close()


def _break_off(path: Path) -> None:
    """Ends a program in the midst of a record, when all is written and nothing to be seen."""
    program = """
import os, sys
from pathlib import Path
from bot.archive import Archive, batches
from tests.archive.test_at_once import THOUSANDS
from tests.archive.world import ROOM
batches.publish = lambda *_: os._exit(9)
Archive.open(Path(sys.argv[1])).record(ROOM, THOUSANDS, chunk=2000)
"""
    ended = subprocess.run(
        [sys.executable, "-c", program, str(path)], cwd=Path(__file__).parents[2], check=False
    )
    assert ended.returncode == 9
