"""What was noted before the database had it outlives the process, and is struck out once it has."""

import os
import stat
import sys
from pathlib import Path

import pytest

from bot.archive import Entry, Journal
from bot.archive.journal import ENDING


@pytest.fixture
def file(path: Path) -> Path:
    return path.with_name(path.name + ENDING)


def opened(path: Path) -> Journal:
    journal = Journal(path)
    journal.open()
    return journal


def test_what_is_not_struck_out_is_found_after_a_kill(path: Path) -> None:
    journal = opened(path)
    first = journal.note("deleted", channel=1, messages=[2, 3])
    second = journal.note("edited", channel=1, message=4)
    journal.strike(first)

    after = opened(path)

    assert after.left("deleted") == {}
    assert after.left("edited") == {second: Entry("edited", {"channel": 1, "message": 4})}
    assert after.left("deleted", "edited") == after.left("edited")


def test_numbers_go_on_after_a_kill(path: Path) -> None:
    first = opened(path).note("deleted", channel=1)
    journal = opened(path)
    second = journal.note("deleted", channel=2)
    assert len(journal.left("deleted")) == len({first, second}) == 2
    journal.strike(first)
    assert list(opened(path).left("deleted")) == [second]


def test_the_file_is_empty_while_nothing_waits_and_goes_at_the_end(path: Path, file: Path) -> None:
    journal = opened(path)
    assert not file.exists()
    for n in range(100):
        journal.strike(journal.note("deleted", channel=n))
    assert file.stat().st_size == 0
    journal.close()
    assert not file.exists()
    journal.strike(7)
    journal.strike(None)


def test_closing_leaves_what_waits(path: Path, file: Path) -> None:
    journal = opened(path)
    journal.note("deleted", channel=1)
    journal.close()
    assert len(opened(path).left("deleted")) == 1


@pytest.mark.parametrize(
    "cut",
    [
        '{"n": 2, "kind": "deleted", "about": {"chan',
        "{}",
        "[]",
        "null",
        "\0\0\0",
        '{"n": "2", "kind": "deleted", "about": {}}',
        '{"n": 2, "kind": 5, "about": {}}',
        '{"struck": [1]}',
        "[" * 100_000,
        "\ud800",
    ],
)
def test_a_line_that_makes_no_sense_costs_no_other(path: Path, file: Path, cut: str) -> None:
    opened(path).note("deleted", channel=1)
    with file.open("ab") as journal:
        journal.write(cut.encode("utf-8", "surrogatepass"))
    after = opened(path)
    after.note("deleted", channel=3)
    assert [each.about for each in opened(path).left("deleted").values()] == [
        {"channel": 1},
        {"channel": 3},
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has rights of another kind")
def test_only_its_owner_may_read_it(path: Path, file: Path) -> None:
    before = os.umask(0)
    try:
        opened(path).note("private card", token="a key")
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_where_it_can_not_be_written_nothing_is_lost_but_the_note(
    path: Path, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file.mkdir()
    journal = opened(path)
    for _ in range(3):
        assert journal.note("deleted", channel=1) is None
    journal.strike(1)
    journal.close()
    assert len(caplog.records) == 1
    assert "can't be used (Is a directory)" in caplog.text
