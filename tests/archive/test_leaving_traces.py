"""Where else a person's words might be left: a title, and what was written in sight of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.archive import Archive
from bot.core.model import UNTITLED, Topic
from tests.archive.files import bytes_of
from tests.archive.world import JUN, MIRA, NOON, OLE, draft, drafts, said

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
