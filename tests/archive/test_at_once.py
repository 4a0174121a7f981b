"""Several programs and threads at one database."""

import multiprocessing
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.synchronize import Barrier
from pathlib import Path

from bot.archive import Archive
from bot.core.model import Topic
from tests.archive.world import JUN, MIRA, ROOM, said

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
