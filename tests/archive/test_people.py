"""Who opts out or erases is gone from every topic, and no copy on its way brings them back."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.archive import Archive, Person, Visit, batches
from bot.archive.connection import connect
from bot.core.errors import Ambiguous, NotFound
from bot.core.model import Author, Topic
from bot.core.receipt import OPTED_OUT
from tests.archive.files import bytes_of, terms_of
from tests.archive.world import JUN, MIRA, NOON, OLE, ROOM, draft, drafts, said

HALL = Topic("forum", "hall", "The great hall")
ELSEWHERE = Topic("discord", "9", "Another place")
ASKED = said(1, MIRA, "Shall we paint the room?")
SECRET = said(2, JUN, "Blue, like the xylophone of my zzyzxian aunt.", reply_to="1")
OTHER = said(3, OLE, "I like that blue.", reply_to="2")
THREAD = [ASKED, SECRET, OTHER]
LATER = said(4, JUN, "And the ceiling in zzyzxian green.")

gone = pytest.mark.parametrize("way", ["opt_out", "erase"])


@pytest.fixture
def room(archive: Archive) -> int:
    return archive.record(ROOM, THREAD).topic_id


def _leave(archive: Archive, way: str, author: Author = JUN, source: str = "forum") -> int:
    leaving = archive.opt_out if way == "opt_out" else archive.erase
    return leaving(source, author.source_id, NOON)


@gone
def test_all_their_messages_go_from_all_topics_of_the_source(archive: Archive, way: str) -> None:
    room = archive.record(ROOM, THREAD).topic_id
    hall = archive.record(HALL, [SECRET, OTHER]).topic_id
    elsewhere = archive.record(ELSEWHERE, [SECRET]).topic_id

    assert _leave(archive, way) == 2

    assert archive.messages(room) == [ASKED, OTHER]
    assert archive.messages(hall) == [OTHER]
    assert archive.messages(elsewhere) == [SECRET]
    assert [hit.topic_id for hit in archive.search("xylophone")] == [elsewhere]
    assert (archive.topic(room).messages, archive.topic(room).authors) == (2, 2)


@gone
def test_no_byte_of_them_is_left(archive: Archive, path: Path, way: str) -> None:
    fillers = [said(place, OLE, f"The xylophone of {place}. " * 20) for place in range(10, 900)]
    ghost = Author("4711-qqxyz", "Quuxabella")
    posted = said(5, ghost, "Let the zzyzxian aunt decide.", drafted=True)
    theirs = [replace(SECRET, author=ghost), posted]
    room = archive.record(ROOM, [*fillers, ASKED, *theirs, OTHER]).topic_id
    archive.keep_visit(room, ghost.source_id, Visit("3", NOON))
    draft(archive, room, "2", body={"text": "zzyzxian"})
    words = (b"zzyzxian", b"Quuxabella", b"4711-qqxyz")
    assert all(word in bytes_of(path) for word in words)
    assert "zzyzxian" in terms_of(path)

    _leave(archive, way, ghost)

    left = words if way == "erase" else words[:2]
    assert not any(word in bytes_of(path) for word in left)
    assert "zzyzxian" not in terms_of(path)
    assert "xylophone" in terms_of(path)
    if way == "opt_out":
        assert bytes_of(path).count(b"4711-qqxyz") > 0, "it must be known whom not to keep"
        archive.opt_in("forum", ghost.source_id)
        assert b"4711-qqxyz" not in bytes_of(path)


@gone
def test_what_rested_on_their_words_goes_too(archive: Archive, room: int, way: str) -> None:
    draft(archive, room, "2")
    _leave(archive, way)
    assert drafts(archive, room) == []


@gone
@pytest.mark.parametrize("chunk", [2, 2000])
def test_a_copy_of_what_went_stays_out(archive: Archive, room: int, way: str, chunk: int) -> None:
    _leave(archive, way)
    again = [*THREAD, *(said(place, OLE, "Hm.") for place in range(20, 24))]
    archive.record(ROOM, again, chunk=chunk)
    assert archive.messages(room) == [ASKED, OTHER, *again[3:]]
    edited = replace(SECRET, content="Or zzyzxian red?", edited_at=NOON)
    archive.record(ROOM, [edited])
    assert archive.search("zzyzxian") == []


@pytest.mark.parametrize("chunk", [1, 2000])
def test_what_they_post_after_opting_out_is_only_counted(
    archive: Archive, path: Path, chunk: int
) -> None:
    _leave(archive, "opt_out")
    recorded = archive.record(ROOM, [ASKED, SECRET, LATER], chunk=chunk)
    assert (recorded.added, recorded.updated, recorded.unchanged) == (1, 0, 0)
    assert recorded.withheld == 2
    assert archive.messages(recorded.topic_id) == [ASKED]
    assert archive.known(recorded.topic_id).withheld == {OPTED_OUT: 2}
    topic = archive.topic(recorded.topic_id)
    assert (topic.messages, topic.authors) == (1, 1)
    assert b"zzyzxian" not in bytes_of(path)
    assert b"jun" not in bytes_of(path)


def test_what_was_kept_before_counts_as_left_out_from_then_on(archive: Archive, room: int) -> None:
    before = archive.topic(room).version
    _leave(archive, "opt_out")
    assert archive.known(room).withheld == {OPTED_OUT: 1}
    assert archive.topic(room).version > before


def test_a_new_message_left_out_is_a_change_of_the_topic(archive: Archive, room: int) -> None:
    _leave(archive, "opt_out")
    before = archive.topic(room).version
    archive.record(ROOM, [LATER])
    first = archive.topic(room).version
    archive.record(ROOM, [LATER])
    assert before < first == archive.topic(room).version


def test_what_its_source_deleted_is_no_longer_left_out(archive: Archive, room: int) -> None:
    _leave(archive, "opt_out")
    archive.record(ROOM, [LATER])
    archive.delete(room, ["4"], NOON)
    assert archive.known(room).withheld == {OPTED_OUT: 1}


def test_erasing_counts_for_no_more_than_a_deletion(archive: Archive, room: int) -> None:
    _leave(archive, "erase")
    assert archive.known(room).withheld == {}
    assert archive.record(ROOM, [LATER]).added == 1
    assert archive.messages(room) == [ASKED, OTHER, LATER]


def test_opting_in_is_for_what_comes(archive: Archive, room: int) -> None:
    _leave(archive, "opt_out")
    archive.record(ROOM, [LATER])
    assert archive.opted_out("forum", JUN.source_id) == NOON

    assert archive.opt_in("forum", JUN.source_id)

    assert archive.opted_out("forum", JUN.source_id) is None
    assert not archive.opt_in("forum", JUN.source_id)
    new = said(5, JUN, "Here I am again.")
    archive.record(ROOM, [*THREAD, LATER, new])
    assert archive.messages(room) == [ASKED, OTHER, new]
    assert archive.known(room).withheld == {OPTED_OUT: 2}


def test_one_source_knows_nothing_of_anothers_people(archive: Archive, room: int) -> None:
    _leave(archive, "opt_out", source="discord")
    assert archive.opted_out("forum", JUN.source_id) is None
    assert archive.messages(room) == THREAD
    assert archive.record(ROOM, [LATER]).added == 1


def test_opting_out_between_two_pieces_of_an_import(archive: Archive, path: Path) -> None:
    """It reaches what is staged, and what is still to come."""
    with closing(connect(path, read_only=False, busy_seconds=1)) as importer:
        with importer.writing() as db:
            batch, topic = batches.begin(db, ROOM)
            batches.add(db, batch, topic, [ASKED, SECRET])
        assert b"zzyzxian" in bytes_of(path)

        _leave(archive, "opt_out")

        assert b"zzyzxian" not in bytes_of(path)
        with importer.writing() as db:
            batches.add(db, batch, topic, [OTHER, LATER])
            assert batches.publish(db, batch) == 2
    recorded = archive.record(ROOM, [*THREAD, LATER])
    assert (recorded.added, recorded.unchanged, recorded.withheld) == (0, 2, 2)
    assert archive.messages(topic) == [ASKED, OTHER]
    assert b"zzyzxian" not in bytes_of(path)


def test_a_message_that_comes_to_be_theirs_goes(archive: Archive) -> None:
    """A source may say late who wrote something."""
    _leave(archive, "opt_out")
    room = archive.record(ROOM, [replace(SECRET, author=OLE)]).topic_id
    archive.record(ROOM, [SECRET])
    assert archive.messages(room) == []
    assert archive.known(room).withheld == {OPTED_OUT: 1}


def test_a_person_is_found_by_id_or_name(archive: Archive, room: int) -> None:
    archive.record(HALL, [replace(SECRET, author=replace(JUN, name="Jun the Painter"))])
    for words in ("2", "jun", " JUN ", "painter"):
        assert archive.find_person(words) == Person("forum", "2", ("Jun the Painter", "jun"), 2)
    archive.keep_visit(room, "77", Visit("3", NOON))
    assert archive.find_person("77") == Person("forum", "77", (), 0)
    with pytest.raises(NotFound, match='Nothing is kept of anybody called "nobody"'):
        archive.find_person("nobody")
    with pytest.raises(NotFound):
        archive.find_person(" ")


def test_a_name_of_several_people_lists_them(archive: Archive, room: int) -> None:
    archive.record(ELSEWHERE, [said(1, replace(OLE, name="jun"), "Hello.")])
    with pytest.raises(Ambiguous, match=r"jun \(discord, id 3\); jun \(forum, id 2\)"):
        archive.find_person("jun")


def test_a_visit_is_there_the_next_time(archive: Archive, room: int) -> None:
    assert archive.visit(room, "1") is None
    archive.keep_visit(room, "1", Visit("2", NOON))
    archive.keep_visit(room, "2", Visit("3", NOON))
    assert archive.visit(room, "1") == Visit("2", NOON)
    archive.keep_visit(room, "1", Visit("3", NOON))
    assert archive.visit(room, "1") == Visit("3", NOON)
    archive.delete_topic(room)
    assert archive.visit(room, "1") is None


@gone
def test_visits_go_with_the_person(archive: Archive, room: int, way: str) -> None:
    elsewhere = archive.record(ELSEWHERE, THREAD).topic_id
    for topic in (room, elsewhere):
        for author in (JUN, MIRA):
            archive.keep_visit(topic, author.source_id, Visit("3", NOON))
    _leave(archive, way)
    assert archive.visit(room, JUN.source_id) is None
    assert archive.visit(room, MIRA.source_id) == Visit("3", NOON)
    assert archive.visit(elsewhere, JUN.source_id) == Visit("3", NOON)


def test_of_who_opted_out_no_visit_is_kept(archive: Archive, room: int) -> None:
    _leave(archive, "opt_out")
    archive.keep_visit(room, JUN.source_id, Visit("3", NOON))
    assert archive.visit(room, JUN.source_id) is None
