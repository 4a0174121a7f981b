"""What Moot posted for a person is that person's, whichever comes first: the post or the word."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.archive import Archive
from bot.core.errors import NotFound
from bot.core.model import Author, Message
from bot.core.receipt import OPTED_OUT
from tests.archive.files import bytes_of
from tests.archive.world import JUN, MIRA, NOON, ROOM, said

MOOT = Author("99", "Moot", bot=True)
HELLO = said(1, MIRA, "Shall we paint the room?")
POSTED = said(2, MOOT, "What would blue cost us?")
THEIRS = replace(POSTED, author=JUN, drafted=True)


def _heard_first(archive: Archive) -> int:
    room = archive.record(ROOM, [HELLO, POSTED]).topic_id
    archive.posted_for(room, "2", JUN)
    return room


def _told_first(archive: Archive) -> int:
    room = archive.record(ROOM, [HELLO]).topic_id
    archive.posted_for(room, "2", JUN)
    archive.record(ROOM, [POSTED])
    return room


either_order = pytest.mark.parametrize("post", [_heard_first, _told_first])
Posting = Callable[[Archive], int]


@either_order
def test_it_is_theirs_and_stays_so(archive: Archive, post: Posting) -> None:
    room = post(archive)
    assert archive.messages(room) == [HELLO, THEIRS]
    assert archive.topic(room).authors == 2

    again = archive.record(ROOM, [HELLO, POSTED])

    assert (again.updated, again.unchanged) == (0, 2)
    assert archive.messages(room) == [HELLO, THEIRS]


@either_order
def test_their_edit_of_it_is_theirs(archive: Archive, post: Posting) -> None:
    room = post(archive)
    archive.record(ROOM, [replace(POSTED, content="What would green cost us?")])
    (_, edited) = archive.messages(room)
    assert (edited.author, edited.content) == (JUN, "What would green cost us?")


@either_order
def test_it_goes_with_them(archive: Archive, post: Posting) -> None:
    room = post(archive)
    assert archive.erase("forum", JUN.source_id, NOON) == 1
    archive.record(ROOM, [POSTED])
    assert archive.messages(room) == [HELLO]


@either_order
def test_it_is_left_out_once_they_opt_out(archive: Archive, post: Posting) -> None:
    room = post(archive)
    archive.opt_out("forum", JUN.source_id, NOON)
    archive.record(ROOM, [POSTED])
    assert archive.messages(room) == [HELLO]
    assert archive.withheld(room) == {OPTED_OUT: 1}


@pytest.mark.parametrize("heard", [True, False])
def test_who_opted_out_before_they_posted_is_not_kept(
    archive: Archive, path: Path, heard: bool
) -> None:
    archive.opt_out("forum", JUN.source_id, NOON)
    room = archive.record(ROOM, [HELLO, *([POSTED] if heard else [])]).topic_id
    archive.posted_for(room, "2", JUN)
    for _ in range(2):
        assert archive.messages(room) == [HELLO]
        assert archive.withheld(room) == {OPTED_OUT: 1}
        archive.record(ROOM, [POSTED])
    assert b"blue" not in bytes_of(path)
    assert b"jun" not in bytes_of(path)


def test_its_owner_is_forgotten_with_it(archive: Archive, path: Path) -> None:
    room = archive.record(ROOM, [HELLO]).topic_id
    archive.posted_for(room, "2", Author("5", "Quuxabella"))
    assert b"Quuxabella" in bytes_of(path)
    archive.delete(room, ["2"], NOON)
    assert b"Quuxabella" not in bytes_of(path)


def test_one_that_is_deleted_already_stays_so(archive: Archive) -> None:
    room = archive.record(ROOM, [HELLO, POSTED]).topic_id
    archive.delete(room, ["2"], NOON)
    archive.posted_for(room, "2", JUN)
    archive.record(ROOM, [POSTED])
    assert archive.messages(room) == [HELLO]


@pytest.mark.parametrize("chunk", [1, 2000])
def test_they_go_by_their_latest_name(archive: Archive, chunk: int) -> None:
    room = _told_first(archive)
    renamed = replace(JUN, name="jun (away)")
    later = said(3, renamed, "Back on Monday.")
    given: list[Message] = [HELLO, later, POSTED]
    archive.record(ROOM, given, chunk=chunk)
    assert [each.author for each in archive.messages(room)] == [MIRA, renamed, renamed]
    archive.record(ROOM, [POSTED])
    assert [each.author for each in archive.messages(room)] == [MIRA, renamed, renamed]


def test_a_topic_that_is_not_there(archive: Archive) -> None:
    with pytest.raises(NotFound):
        archive.posted_for(7, "2", JUN)
