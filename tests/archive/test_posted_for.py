"""What Moot posted for a person is that person's, whoever else says who sent it."""

from dataclasses import replace

import pytest

from bot.archive import Archive
from bot.core.model import Author, Message
from bot.core.receipt import OPTED_OUT
from tests.archive.world import JUN, MIRA, NOON, ROOM, said

MOOT = Author("99", "Moot", bot=True)
HELLO = said(1, MIRA, "Shall we paint the room?")
THEIRS = said(2, JUN, "What would blue cost us?", drafted=True)
AS_EXPORTED = replace(THEIRS, author=MOOT, drafted=False)
chunks = pytest.mark.parametrize("chunk", [1, 2000])


@pytest.fixture
def room(archive: Archive) -> int:
    return archive.record(ROOM, [HELLO, THEIRS]).topic_id


@chunks
def test_an_export_that_names_moot_leaves_it_theirs(
    archive: Archive, room: int, chunk: int
) -> None:
    again = archive.record(ROOM, [HELLO, AS_EXPORTED], chunk=chunk)
    assert (again.updated, again.unchanged) == (0, 2)
    assert archive.messages(room) == [HELLO, THEIRS]


def test_an_edit_of_it_is_theirs(archive: Archive, room: int) -> None:
    archive.record(ROOM, [replace(AS_EXPORTED, content="What would green cost us?")])
    (_, edited) = archive.messages(room)
    assert (edited.author, edited.content) == (JUN, "What would green cost us?")
    assert edited.drafted


def test_it_goes_with_them(archive: Archive, room: int) -> None:
    assert archive.erase("forum", JUN.source_id, NOON) == 1
    archive.record(ROOM, [AS_EXPORTED])
    assert archive.messages(room) == [HELLO]


def test_it_is_left_out_once_they_opt_out(archive: Archive, room: int) -> None:
    archive.opt_out("forum", JUN.source_id, NOON)
    later = said(3, JUN, "And the ceiling?", drafted=True)
    archive.record(ROOM, [AS_EXPORTED, later])
    assert archive.messages(room) == [HELLO]
    assert archive.known(room).withheld == {OPTED_OUT: 2}


@chunks
def test_they_go_by_their_latest_name(archive: Archive, room: int, chunk: int) -> None:
    renamed = replace(JUN, name="jun (away)")
    given: list[Message] = [said(3, renamed, "Back on Monday."), AS_EXPORTED]
    archive.record(ROOM, given, chunk=chunk)
    assert [each.author for each in archive.messages(room)] == [MIRA, renamed, renamed]
    archive.record(ROOM, [AS_EXPORTED])
    assert [each.author for each in archive.messages(room)] == [MIRA, renamed, renamed]
