"""Who is misstated takes words of theirs from all that rests on them, and nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.archive import Archive
from bot.core.errors import NotFound
from bot.core.sentences import Span, split
from tests.archive.files import bytes_of
from tests.archive.world import JUN, MIRA, NOON, OLE, ROOM, draft, drafts, said

ASKED = said(1, MIRA, "Shall we paint the room?")
BLUE = said(2, JUN, "Blue would be calm. Only not in winter, I fear.", reply_to="1")
OTHER = said(3, OLE, "I like that blue.", reply_to="2")
THREAD = [ASKED, BLUE, OTHER]
CALM, WINTER = (sentence.span for sentence in split(BLUE))
WHY = "I spoke of the zzyzxian blue."


@pytest.fixture
def room(archive: Archive) -> int:
    return archive.record(ROOM, THREAD).topic_id


def test_contested_words_are_no_evidence_and_stay_in_their_message(
    archive: Archive, room: int
) -> None:
    assert archive.contest(room, JUN.source_id, [CALM], WHY, NOON) == 1

    _, contested, _ = archive.messages(room)
    assert contested.content == BLUE.content
    assert [each.evidence for each in split(contested)] == [False, True]
    assert [hit.message_id for hit in archive.search("calm")] == ["2"]


@pytest.mark.parametrize("engine", ["llm", "quotes"])
def test_what_rested_on_them_goes_whichever_engine_made_it(
    archive: Archive, path: Path, room: int, engine: str
) -> None:
    draft(archive, room, "1", "2", engine=engine, body={"text": "The qwxyz is calm."})
    kept = draft(archive, room, "1", engine=engine)
    assert b"qwxyz" in bytes_of(path)

    archive.contest(room, JUN.source_id, [CALM], WHY, NOON)

    assert drafts(archive, room, engine=engine) == [kept]
    assert b"qwxyz" not in bytes_of(path)


def test_a_draft_that_was_begun_before_is_not_kept(archive: Archive, room: int) -> None:
    before = {each.source_id: each.revision for each in THREAD}
    archive.contest(room, JUN.source_id, [CALM], WHY, NOON)
    with pytest.raises(NotFound):
        draft(archive, room, "2", revisions=before)
    now = {each.source_id: each.revision for each in archive.messages(room)}
    assert draft(archive, room, "2", revisions=now) in drafts(archive, room)


def test_the_same_message_recorded_again_stays_contested(archive: Archive, room: int) -> None:
    archive.contest(room, JUN.source_id, [CALM], WHY, NOON)
    contested = archive.messages(room)[1]
    kept = draft(archive, room, "2")

    archive.record(ROOM, [BLUE])
    archive.record(ROOM, [replace(BLUE, url="https://forum.example/2", edited_at=NOON)])

    again = archive.messages(room)[1]
    assert (again.contested, again.revision) == (contested.contested, contested.revision)
    assert drafts(archive, room) == [kept]


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
