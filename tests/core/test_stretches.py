"""Chapters stay where they are for as long as their messages do."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.discussion import Discussion
from bot.core.model import Author, Message, Topic
from bot.core.stretches import before, chapters, last_hours, size

ANA = Author("a", "Ana")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def thread(count: int) -> Discussion:
    said = (
        Message(f"m{n}", ANA, f"Message number {n} says this.", NOON + timedelta(hours=n))
        for n in range(count)
    )
    return Discussion(Topic("t", "t", "Title"), said)


def test_what_is_shorter_than_a_chapter_is_open() -> None:
    long = thread(10)
    closed, tail = chapters(long, long.ids, {}, size(long, long.ids[:4]))
    assert [len(chapter.messages) for chapter in closed] == [4, 4]
    assert tail == long.ids[8:]


def test_a_written_chapter_counts_where_its_messages_stand_together() -> None:
    long = thread(10)
    most = size(long, long.ids[:4])
    written = {7: long.ids[4:8], 8: (*long.ids[:3], "gone")}
    closed, tail = chapters(long, long.ids, written, most)
    assert [(chapter.key, chapter.messages) for chapter in closed] == [
        (None, long.ids[:4]),
        (7, long.ids[4:8]),
    ]
    assert tail == long.ids[8:]


@given(st.integers(1, 30), st.integers(60, 400), st.data())
def test_every_message_is_in_one_chapter_and_in_order(
    count: int, most: int, data: st.DataObject
) -> None:
    long = thread(count)
    first = data.draw(st.integers(0, count - 1))
    end = data.draw(st.integers(first, count))
    closed, tail = chapters(long, long.ids, {1: long.ids[first:end]}, most)
    shown = [id_ for chapter in closed for id_ in chapter.messages]
    assert (*shown, *tail) == long.ids
    assert all(chapter.messages for chapter in closed)


def test_a_message_that_goes_moves_no_other_chapter() -> None:
    long = thread(12)
    most = size(long, long.ids[:4])
    closed, _ = chapters(long, long.ids, {}, most)
    written = {n: chapter.messages for n, chapter in enumerate(closed)}
    left = [message for id_, message in long.messages.items() if id_ != "m1"]
    shorter = Discussion(long.topic, left)
    again, _ = chapters(shorter, shorter.ids, written, most)
    assert [chapter.key for chapter in again] == [None, 1, 2]


def test_the_last_hours_and_what_stands_before_them() -> None:
    long = thread(10)
    recent = last_hours(long, 3.5, NOON + timedelta(hours=10))
    assert recent == ("m7", "m8", "m9")
    assert before(long, recent) == "m6"
    assert before(long, long.ids) is None
    assert last_hours(long, 1, NOON + timedelta(days=9)) == ()
    assert before(long, ()) == "m9"
