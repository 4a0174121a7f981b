"""What a source says of a topic is kept as it is: once, letter for letter, the latest words."""

import json
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.archive import Archive
from bot.archive.recording import Recorded
from bot.core.errors import ArchiveError
from bot.core.model import Author, Message, Topic
from tests.archive.world import JUN, MIRA, NOON, OLE, ROOM, said

NAUGHTY = Path(__file__).parents[3] / "shared" / "data" / "injection" / "blns.json"
HELLO, REPLY = said(1, MIRA, "Hello there."), said(2, JUN, "Hello, mira.", reply_to="1")


def test_everything_that_a_message_says_comes_back(archive: Archive) -> None:
    east = timezone(timedelta(hours=5, minutes=30))
    full = Message(
        source_id="77",
        author=Author("bot", "helper", bot=True),
        content="  *Words* \r\n\twith spaces\n",
        posted_at=datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=east),
        reply_to="70",
        edited_at=datetime(1999, 12, 31, 23, 59, 59, tzinfo=UTC),
        attachments=("cat.png", 'a "b".txt'),
        url="https://forum.example/77",
        drafted=True,
    )
    recorded = archive.record(ROOM, [full])
    (kept,) = archive.messages(recorded.topic_id)
    assert kept == full
    assert kept.posted_at is not None
    assert kept.posted_at.utcoffset() == timedelta(0)


def test_recording_the_same_again_changes_nothing(archive: Archive) -> None:
    first = archive.record(ROOM, [HELLO, REPLY])
    before = archive.topics()
    assert first == Recorded(first.topic_id, added=2, updated=0, unchanged=0)
    assert archive.record(ROOM, [HELLO, REPLY]) == Recorded(first.topic_id, 0, 0, unchanged=2)
    assert archive.topics() == before


def test_one_message_given_twice_is_there_once_with_its_last_words(archive: Archive) -> None:
    recorded = archive.record(ROOM, [HELLO, replace(HELLO, content="Hello again.")])
    assert (recorded.added, recorded.updated, recorded.unchanged) == (1, 0, 1)
    assert [each.content for each in archive.messages(recorded.topic_id)] == ["Hello again."]


def test_one_id_in_two_topics_is_two_messages(archive: Archive) -> None:
    hall = Topic("forum", "hall", "The great hall")
    room, other = archive.record(ROOM, [HELLO]), archive.record(hall, [REPLY, said(1, OLE, "Hm.")])
    assert archive.messages(room.topic_id) == [HELLO]
    assert [each.author for each in archive.messages(other.topic_id)] == [OLE, JUN]


def test_an_edit_takes_the_place_of_the_old_words(archive: Archive) -> None:
    topic = archive.record(ROOM, [HELLO, REPLY]).topic_id
    edited = replace(HELLO, content="Good evening.", edited_at=NOON + timedelta(hours=1))

    assert archive.record(ROOM, [edited]).updated == 1

    assert archive.messages(topic) == [edited, REPLY]
    assert archive.search("there") == []
    assert [hit.message_id for hit in archive.search("evening")] == ["1"]


def test_a_copy_from_before_the_edit_does_not_bring_the_old_words_back(archive: Archive) -> None:
    edited = replace(HELLO, content="Good evening.", edited_at=NOON + timedelta(hours=1))
    topic = archive.record(ROOM, [edited]).topic_id
    assert archive.record(ROOM, [HELLO]).unchanged == 1
    assert archive.messages(topic) == [edited]


def test_a_source_that_knows_no_edit_times_is_taken_at_its_latest_word(archive: Archive) -> None:
    topic = archive.record(ROOM, [HELLO]).topic_id
    for words in ("One.", "Two.", "One."):
        assert archive.record(ROOM, [replace(HELLO, content=words)]).updated == 1
        assert [each.content for each in archive.messages(topic)] == [words]


def test_a_topic_may_get_another_title_and_an_author_another_name(archive: Archive) -> None:
    archive.record(ROOM, [HELLO, REPLY])
    before = archive.topics()[0]
    renamed = replace(ROOM, title="The larger room", url=None, closed=True)

    again = archive.record(renamed, [replace(REPLY, author=replace(JUN, name="juniper"))])

    assert again.unchanged == 1
    after = archive.topic(again.topic_id)
    assert after.topic == renamed
    assert after.version > before.version
    names = [each.author.name for each in archive.messages(after.id)]
    assert names == ["mira", "juniper"]


def test_another_name_alone_is_a_change(archive: Archive) -> None:
    topic = archive.record(ROOM, [HELLO]).topic_id
    before = archive.topic(topic)
    archive.record(ROOM, [replace(HELLO, author=replace(MIRA, name="mirabelle"))])
    assert archive.topic(topic).version > before.version


def test_messages_come_in_their_order(archive: Archive) -> None:
    def at(source_id: str, posted_at: datetime | None) -> Message:
        return Message(source_id, MIRA, source_id, posted_at)

    in_order = [at("3", None), at("10", None), at("9", NOON), at("10b", NOON), at("11b", NOON)]
    in_order.append(at("1", NOON + timedelta(microseconds=1)))
    topic = archive.record(ROOM, in_order[::-1]).topic_id
    assert archive.messages(topic) == in_order


def test_a_deleted_message_stays_deleted(archive: Archive) -> None:
    topic = archive.record(ROOM, [HELLO, REPLY]).topic_id
    assert archive.delete(topic, ["1"], NOON) == 1
    again = archive.record(ROOM, [replace(HELLO, content="Me again."), REPLY])
    assert (again.added, again.unchanged, again.gone) == (0, 1, {"deleted": 1})
    assert archive.messages(topic) == [REPLY]
    assert archive.delete(topic, ["1"], NOON) == 0


def test_a_deletion_overtakes_the_message_itself(archive: Archive) -> None:
    topic = archive.record(ROOM, [REPLY]).topic_id
    assert archive.delete(topic, ["1"], NOON) == 0
    assert archive.record(ROOM, [HELLO]).added == 0
    assert archive.messages(topic) == [REPLY]


def test_a_topic_without_messages_and_a_message_without_words(archive: Archive) -> None:
    assert archive.record(ROOM, []).added == 0
    assert archive.topics()[0].messages == 0
    assert archive.record(ROOM, [said(1, MIRA, "")]).added == 1


def test_in_pieces_comes_to_the_same_as_at_once(archive: Archive, tmp_path: Path) -> None:
    old = [said(place, MIRA, f"Number {place}.") for place in range(0, 40, 2)]
    new = [said(place, JUN, f"Number {place}.") for place in range(50)]
    new[4] = said(4, JUN, "Number four, edited.")
    with Archive.open(tmp_path / "other.db") as other:
        for each, chunk in ((archive, 2000), (other, 7)):
            each.record(ROOM, old)
            each.delete(1, ["0", "1"], NOON)
            recorded = each.record(ROOM, [*new, new[-1]], chunk=chunk)
            assert recorded == Recorded(1, added=29, updated=19, unchanged=1, gone={"deleted": 2})
        assert archive.messages(1) == other.messages(1)
        assert len(archive.search("number", limit=99)) == len(other.search("number", limit=99))


def test_a_message_of_a_hundred_thousand_characters(archive: Archive) -> None:
    long = said(1, MIRA, "One word after the other, and no end. " * 2700)
    topic = archive.record(ROOM, [long]).topic_id
    assert archive.messages(topic) == [long]


def test_a_time_that_no_calendar_holds(archive: Archive) -> None:
    far = datetime(9999, 12, 31, 23, 59, tzinfo=timezone(-timedelta(hours=5)))
    with pytest.raises(ArchiveError, match="correct the time"):
        archive.record(ROOM, [HELLO, replace(REPLY, posted_at=far)])
    assert archive.topics() == []


def test_naughty_strings_come_back_unchanged(archive: Archive) -> None:
    if not NAUGHTY.exists():
        pytest.skip("the list of naughty strings is not beside the repository")
    strings: list[str] = json.loads(NAUGHTY.read_text(encoding="utf-8"))
    messages = [
        Message(f"{place}{text}", Author(text, text), text, reply_to=text, attachments=(text,))
        for place, text in enumerate(strings)
    ]
    for text in strings:
        archive.record(Topic(text, text, text, url=text), messages[:1])
    topic = archive.record(ROOM, messages).topic_id
    assert _by_id(archive.messages(topic)) == _by_id(messages)
    titles = {each.topic.title for each in archive.topics()}
    assert titles == {*strings, ROOM.title}
    for text in strings:
        archive.search(text)


def test_ten_thousand_messages_are_recorded_and_read_quickly(archive: Archive) -> None:
    """Measured 0.6 s and 0.04 s on two cores; the bounds leave room for a busy machine."""
    words = "There are many ways to look at it, and number {} is as good as any other of them. "
    messages = [said(place, JUN, words.format(place) * 3) for place in range(10_000)]
    start = time.perf_counter()
    topic = archive.record(ROOM, messages).topic_id
    recorded = time.perf_counter()
    assert len(archive.messages(topic)) == 10_000
    read = time.perf_counter()
    assert recorded - start < 3
    assert read - recorded < 0.6


def _by_id(messages: Sequence[Message]) -> dict[str, Message]:
    return {each.source_id: each for each in messages}


def test_that_a_message_is_put_to_a_bot_is_kept_and_follows_its_words(archive: Archive) -> None:
    asked, said_it = said(1, MIRA, "@Moot why?", to_bot=True), said(2, JUN, "Because.")
    topic = archive.record(ROOM, [asked, said_it]).topic_id
    assert archive.messages(topic) == [asked, said_it]

    reworded = replace(asked, content="Why?", to_bot=False, edited_at=NOON + timedelta(hours=1))
    archive.record(ROOM, [reworded, replace(said_it, content="@Moot help", to_bot=True)])
    assert [each.to_bot for each in archive.messages(topic)] == [False, True]


def test_of_a_long_import_too(archive: Archive) -> None:
    given = [said(n, MIRA, "@Moot why?", to_bot=n % 2 == 0) for n in range(1, 8)]
    topic = archive.record(ROOM, given, chunk=3).topic_id
    assert archive.messages(topic) == given


def test_of_a_deleted_message_not_even_stays_to_whom_it_was_put(
    archive: Archive, path: Path
) -> None:
    topic = archive.record(ROOM, [said(1, MIRA, "@Moot why?", to_bot=True)]).topic_id
    archive.delete(topic, ["1"], NOON)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT to_bot FROM messages").fetchall() == [(0,)]
