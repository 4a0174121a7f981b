"""Who is misstated takes words of theirs from all that rests on them, and nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.archive import Archive
from bot.core.errors import NotFound
from bot.core.model import Message
from bot.core.sentences import Span, split
from tests.archive.files import bytes_of
from tests.archive.world import JUN, MIRA, NOON, OLE, ROOM, question, said, view

ASKED = said(1, MIRA, "Shall we paint the room?")
BLUE = said(2, JUN, "Blue would be calm. Only not in winter, I fear.", reply_to="1")
OTHER = said(3, OLE, "I like that blue.", reply_to="2")
THREAD = [ASKED, BLUE, OTHER]
CALM, WINTER = (sentence.span for sentence in split(BLUE))
WHY = "I spoke of the zzyzxian blue."


@pytest.fixture
def room(archive: Archive) -> int:
    return archive.record(ROOM, THREAD).topic_id


def _read(archive: Archive, room: int, thread: list[Message], engine: str = "llm") -> None:
    archive.keep_reading(
        room,
        engine,
        revisions={each.source_id: each.revision for each in thread},
        complete=[each.source_id for each in thread],
        notes=[question(ASKED), view(BLUE, "Blue is calm."), view(OTHER, "Liked.", about=BLUE)],
    )


def test_contested_words_are_no_evidence_and_stay_in_their_message(
    archive: Archive, room: int
) -> None:
    assert archive.contest(room, JUN.source_id, [CALM], WHY, NOON) == 1

    _, contested, _ = archive.messages(room)
    assert contested.content == BLUE.content
    assert [each.evidence for each in split(contested)] == [False, True]
    assert [hit.message_id for hit in archive.search("calm")] == ["2"]


@pytest.mark.parametrize("engine", ["llm", "quotes", "llm:own"])
def test_what_rested_on_them_goes_whichever_engine_made_it(
    archive: Archive, room: int, engine: str
) -> None:
    _read(archive, room, THREAD, engine)
    archive.keep_draft(room, "headline", engine, body={}, rests_on=["2"], made_with={}, at=NOON)
    kept = archive.keep_draft(room, "other", engine, body={}, rests_on=["1"], made_with={}, at=NOON)

    archive.contest(room, JUN.source_id, [CALM], WHY, NOON)

    assert [each.note for each in archive.notes(room, engine)] == [question(ASKED), view(OTHER)]
    assert archive.drafts(room, "headline", engine) == []
    assert archive.draft(kept)
    assert set(archive.read_messages(room, engine)) == {"1"}


def test_no_byte_is_left_of_what_was_written_from_them(
    archive: Archive, path: Path, room: int
) -> None:
    revisions = {BLUE.source_id: BLUE.revision}
    note = view(BLUE, "The qwxyz is calm.")
    archive.keep_reading(room, "llm", revisions=revisions, complete=["2"], notes=[note])
    assert b"qwxyz" in bytes_of(path)

    archive.contest(room, JUN.source_id, [CALM], None, NOON)

    assert b"qwxyz" not in bytes_of(path)


def test_the_message_is_read_again_once(archive: Archive, room: int) -> None:
    _read(archive, room, THREAD)
    archive.contest(room, JUN.source_id, [CALM], WHY, NOON)
    now = archive.messages(room)

    _read(archive, room, now)

    assert archive.read_messages(room, "llm") == {each.source_id: each.revision for each in now}


def test_a_reading_that_began_before_leaves_nothing_of_them(archive: Archive, room: int) -> None:
    archive.contest(room, JUN.source_id, [CALM], WHY, NOON)

    _read(archive, room, THREAD)

    assert [each.note for each in archive.notes(room, "llm")] == [question(ASKED), view(OTHER)]
    assert set(archive.read_messages(room, "llm")) == {"1"}
    before = {each.source_id: each.revision for each in THREAD}
    with pytest.raises(NotFound):
        archive.keep_draft(
            room, "headline", "llm", body={}, rests_on="2", revisions=before, made_with={}, at=NOON
        )


def test_the_same_message_recorded_again_stays_contested(archive: Archive, room: int) -> None:
    archive.contest(room, JUN.source_id, [CALM], WHY, NOON)
    contested = archive.messages(room)[1]
    _read(archive, room, archive.messages(room))

    archive.record(ROOM, [BLUE])
    archive.record(ROOM, [replace(BLUE, url="https://forum.example/2", edited_at=NOON)])

    again = archive.messages(room)[1]
    assert (again.contested, again.revision) == (contested.contested, contested.revision)
    assert archive.read_messages(room, "llm")["2"] == contested.revision


def test_an_edit_ends_it_for_the_words_that_changed_and_for_no_others(
    archive: Archive, room: int
) -> None:
    archive.contest(room, JUN.source_id, [CALM, WINTER], WHY, NOON)
    edited = replace(
        BLUE, content="Well. Blue can be calming. Only not in winter, I fear.", edited_at=NOON
    )

    archive.record(ROOM, [edited])

    now = archive.messages(room)[1]
    assert [(each.text, each.evidence) for each in split(now)] == [
        ("Well.", True),
        ("Blue can be calming.", True),
        ("Only not in winter, I fear.", False),
    ]
    assert [(each.quote, each.said) for each in archive.contests()] == [
        ("Only not in winter, I fear.", WHY)
    ]
    archive.record(ROOM, [replace(edited, content="Green.", edited_at=NOON.replace(hour=13))])
    assert archive.contests() == []
    now = archive.messages(room)[1]
    assert (now.contested, now.revision) == ((), replace(BLUE, content="Green.").revision)


def test_of_two_sentences_with_the_same_words_the_one_nearby_stays_contested(
    archive: Archive, room: int
) -> None:
    twice = said(4, JUN, "I like it. Not red. I like it.")
    archive.record(ROOM, [twice])
    archive.contest(room, JUN.source_id, [split(twice)[2].span], None, NOON)

    archive.record(
        ROOM, [replace(twice, content="I like it. Not green. I like it.", edited_at=NOON)]
    )

    assert [each.evidence for each in split(archive.messages(room)[3])] == [True, True, False]


def test_a_host_sees_what_is_contested_and_what_was_said_of_it(archive: Archive, room: int) -> None:
    archive.contest(room, JUN.source_id, [CALM], WHY, NOON)
    (contest,) = archive.contests()
    assert (contest.topic_id, contest.title, contest.message_id) == (room, ROOM.title, "2")
    assert (contest.author_id, contest.author) == (JUN.source_id, "jun")
    assert (contest.quote, contest.said, contest.at) == ("Blue would be calm.", WHY, NOON)


def test_nobody_contests_for_another_or_what_is_not_there(archive: Archive, room: int) -> None:
    nowhere = [Span("2", 4, 400), Span("2", 4, 4), Span("2", -3, 4), Span("9", 0, 3)]
    for author, spans in ((OLE, [CALM]), (JUN, nowhere), (JUN, [])):
        with pytest.raises(NotFound, match="no longer there"):
            archive.contest(room, author.source_id, spans, WHY, NOON)
    assert archive.contests() == []
    assert archive.messages(room) == THREAD


@pytest.mark.parametrize("way", ["erase", "opt_out", "delete", "edit"])
def test_no_byte_of_what_was_said_is_left_once_it_is_over(
    archive: Archive, path: Path, room: int, way: str
) -> None:
    archive.contest(room, JUN.source_id, [CALM], WHY, NOON)
    assert b"zzyzxian" in bytes_of(path)

    if way == "delete":
        archive.delete(room, ["2"], NOON)
    elif way == "edit":
        archive.record(ROOM, [replace(BLUE, content="Green.", edited_at=NOON)])
    else:
        getattr(archive, way)(ROOM.source, JUN.source_id, NOON)

    assert archive.contests() == []
    assert b"zzyzxian" not in bytes_of(path)


def test_who_takes_their_data_gets_what_they_contested(archive: Archive, room: int) -> None:
    archive.contest(room, JUN.source_id, [CALM], WHY, NOON)
    (topic,) = archive.export(ROOM.source, JUN.source_id)["topics"]
    (message,) = topic["messages"]
    assert message["contested"] == [
        {"quote": "Blue would be calm.", "said": WHY, "at": NOON.isoformat(timespec="microseconds")}
    ]
