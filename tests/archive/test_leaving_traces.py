"""Where else a person's words might be left: a title, and what was written in sight of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.archive import Archive
from bot.core.model import UNTITLED, Topic
from tests.archive.files import bytes_of
from tests.archive.world import JUN, MIRA, NOON, OLE, ROOM, draft, drafts, said

TOPIC = Topic("forum", "7", "Why the zzyzxian aunt is wrong")
OPENING = replace(said(7, JUN, "She will not pay."), source_id="7")
REPLY = said(8, OLE, "Neither would I, honestly.", reply_to="7")
OTHER = said(9, MIRA, "Let us talk about something else.")
THREAD = [OPENING, REPLY, OTHER]

gone = pytest.mark.parametrize("way", ["opt_out", "erase"])


def _leave(archive: Archive, way: str) -> None:
    getattr(archive, way)("forum", JUN.source_id, NOON)


@gone
def test_the_title_that_they_gave_goes_with_their_opening(
    archive: Archive, path: Path, way: str
) -> None:
    topic = archive.record(TOPIC, THREAD).topic_id
    _leave(archive, way)
    assert archive.topic(topic).topic.title == UNTITLED
    assert b"zzyzxian" not in bytes_of(path)


def test_and_does_not_come_back_with_the_next_message_of_who_opted_out(archive: Archive) -> None:
    topic = archive.record(TOPIC, THREAD).topic_id
    _leave(archive, "opt_out")
    archive.record(TOPIC, [said(10, MIRA, "Anybody?")])
    archive.record(replace(TOPIC, closed=True), [])
    before = archive.topic(topic)
    archive.record(replace(TOPIC, closed=True), [])
    assert before.topic == replace(TOPIC, closed=True, title=UNTITLED)
    assert archive.topic(topic).version == before.version


def test_what_is_opened_after_opting_out_has_no_title_from_the_start(
    archive: Archive, path: Path
) -> None:
    archive.record(replace(TOPIC, source_id="1", title="Other"), [said(1, MIRA, "Hm.")])
    _leave(archive, "opt_out")
    topic = archive.record(TOPIC, THREAD).topic_id
    assert archive.topic(topic).topic.title == UNTITLED
    assert b"zzyzxian" not in bytes_of(path)


def test_a_title_that_another_gave_stays(archive: Archive) -> None:
    theirs = [replace(OPENING, author=MIRA), replace(REPLY, author=JUN)]
    topic = archive.record(TOPIC, theirs).topic_id
    _leave(archive, "opt_out")
    archive.record(TOPIC, theirs)
    assert archive.topic(topic).topic.title == TOPIC.title


@gone
def test_whatever_was_written_of_a_topic_that_they_wrote_in_goes(
    archive: Archive, path: Path, way: str
) -> None:
    """A draft that saw only others' words may name them."""
    topic = archive.record(TOPIC, THREAD).topic_id
    other = archive.record(replace(TOPIC, source_id="1"), [OTHER]).topic_id
    draft(archive, topic, "8", kind="suggestion", body={"text": "Who agrees with the qwxyz?"})
    draft(archive, topic, "9", engine="quotes")
    kept = draft(archive, other, "9")

    _leave(archive, way)

    assert drafts(archive, topic, "suggestion") == drafts(archive, topic, engine="quotes") == []
    assert drafts(archive, other) == [kept]
    assert b"qwxyz" not in bytes_of(path)


@gone
def test_where_no_source_says_who_opened_it_the_first_message_does(
    archive: Archive, path: Path, way: str
) -> None:
    """As with a mailing list: the subject is of who wrote the first mail."""
    mails = [replace(OPENING, source_id="<a@x>"), replace(REPLY, source_id="<b@x>")]
    other = replace(TOPIC, source_id="8", title="Nothing to pay")
    topic = archive.record(TOPIC, mails[::-1]).topic_id
    kept = archive.record(other, [REPLY, replace(OPENING, source_id="9")]).topic_id
    archive.record(other, [replace(REPLY, source_id="1", posted_at=NOON)])

    _leave(archive, way)

    assert archive.topic(topic).topic.title == UNTITLED
    assert archive.topic(kept).topic.title == other.title
    assert b"zzyzxian" not in bytes_of(path)
    archive.record(TOPIC, mails)
    assert archive.topic(topic).topic.title == UNTITLED


@pytest.mark.parametrize("chunk", [2000, 1], ids=["at once", "in pieces"])
def test_nor_is_a_title_kept_of_who_opted_out_before_the_import(
    archive: Archive, path: Path, chunk: int
) -> None:
    archive.opt_out("forum", JUN.source_id, NOON)
    mails = [replace(OPENING, source_id="<a@x>"), replace(REPLY, source_id="<b@x>"), OTHER]
    topic = archive.record(TOPIC, mails, chunk=chunk).topic_id
    assert archive.topic(topic).topic.title == UNTITLED
    assert b"zzyzxian" not in bytes_of(path)


@gone
def test_a_title_goes_where_nothing_else_of_theirs_is_there(archive: Archive, way: str) -> None:
    opened = replace(TOPIC, opened_by=JUN.source_id)
    topic = archive.record(opened, [REPLY]).topic_id
    draft(archive, topic, "8", body={"text": "On the zzyzxian aunt."})

    assert archive.find_person(JUN.source_id).messages == 0
    _leave(archive, way)

    assert archive.topic(topic).topic.title == UNTITLED
    assert drafts(archive, topic) == []


def test_a_new_title_takes_what_was_written_under_the_old_one_along(
    archive: Archive, path: Path
) -> None:
    topic = archive.record(TOPIC, THREAD).topic_id
    draft(archive, topic, "9", body={"text": "About the zzyzxian aunt."})

    archive.record(replace(TOPIC, title="Who pays"), [])

    assert drafts(archive, topic) == []
    assert b"zzyzxian" not in bytes_of(path)


@pytest.mark.parametrize("now", [f"[solved] {TOPIC.title}", TOPIC.title])
def test_a_title_that_keeps_its_words_leaves_what_was_written(archive: Archive, now: str) -> None:
    topic = archive.record(TOPIC, THREAD).topic_id
    kept = draft(archive, topic, "9")
    archive.record(replace(TOPIC, title=now, closed=True), [])
    assert drafts(archive, topic) == [kept]


def test_a_draft_that_calls_somebody_by_an_old_name_goes_with_it(
    archive: Archive, path: Path
) -> None:
    before = replace(JUN, name="Zzyzxian Ümit")
    topic = archive.record(ROOM, [replace(OPENING, author=before), OTHER]).topic_id
    draft(archive, topic, "9", kind="suggestion", body={"text": "I agree with Zzyzxian Ümit."})
    kept = draft(archive, topic, "9", kind="suggestion", body={"text": "I agree with mira."})

    archive.record(ROOM, [replace(OPENING, author=JUN)])

    assert drafts(archive, topic, "suggestion") == [kept]
    assert b"Zzyzxian" not in bytes_of(path)
