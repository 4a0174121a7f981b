"""Any text is a query: it finds what fits, and never fails."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.archive import Archive
from bot.core.model import Topic
from tests.archive.world import JUN, MIRA, NOON, OLE, ROOM, said

THREAD = [
    said(1, MIRA, "Shall we paint the room? Über die Farbe müssen wir reden."),
    said(2, JUN, "Blue paint! Blue, blue and blue again.", url="https://forum.example/2"),
    said(3, OLE, "The compiler's O'Reilly book on C++ and AND gates costs 5 * 3."),
    said(4, MIRA, "我们今天讨论房间的颜色。"),
    said(5, JUN, "Party \N{PARTY POPPER} at noon"),
    said(6, OLE, "One word. " * 60 + "Then a needle in the hay. " + "Two words. " * 60),
]


@pytest.fixture
def topic(archive: Archive) -> int:
    return archive.record(ROOM, THREAD).topic_id


def _found(archive: Archive, words: str) -> list[str]:
    return [hit.message_id for hit in archive.search(words)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("room", ["1"]),
        ("UBER", ["1"]),
        ("über farbe", ["1"]),
        ("compil", ["3"]),
        ("paint room", ["1"]),
        ("reilly", ["3"]),
        ("O'Reilly", ["3"]),
        ("C++", ["3"]),
        ("AND gates", ["3"]),
        ("颜色", ["4"]),
        ("\N{PARTY POPPER}", ["5"]),
        ("* 3", ["3"]),
        ("elephants", []),
    ],
)
def test_what_is_found(archive: Archive, topic: int, words: str, found: list[str]) -> None:
    assert _found(archive, words) == found


def test_the_best_comes_first(archive: Archive, topic: int) -> None:
    assert _found(archive, "paint") == ["2", "1"]


def test_where_nothing_has_all_words_some_will_do(archive: Archive, topic: int) -> None:
    assert set(_found(archive, "needle elephants room")) == {"1", "6"}


def test_a_hit_says_who_when_and_where(archive: Archive, topic: int) -> None:
    (hit,) = archive.search("again")
    assert (hit.topic_id, hit.message_id, hit.author) == (topic, "2", "jun")
    assert hit.snippet == "Blue paint! Blue, blue and blue again."
    assert hit.posted_at == NOON + timedelta(minutes=2)
    assert hit.url == "https://forum.example/2"


def test_a_snippet_is_a_slice_around_the_first_hit(archive: Archive, topic: int) -> None:
    (hit,) = archive.search("needle")
    assert "a needle in" in hit.snippet
    assert hit.snippet in THREAD[5].content
    assert len(hit.snippet) <= 240


def test_a_snippet_shows_the_word_and_not_a_part_of_another(archive: Archive) -> None:
    archive.record(ROOM, [said(1, MIRA, "Party starts. " * 30 + "Art, at last. " + "Yes. " * 60)])
    (hit,) = archive.search('"art"?')
    assert "Art, at last." in hit.snippet


def test_one_topic_or_all_and_no_more_than_asked_for(archive: Archive, topic: int) -> None:
    hall = archive.record(Topic("forum", "hall", "Hall"), [said(1, OLE, "Paint this.")]).topic_id
    assert {hit.topic_id for hit in archive.search("paint")} == {topic, hall}
    assert {hit.topic_id for hit in archive.search("paint", topics=[hall])} == {hall}
    assert len(archive.search("paint", limit=1)) == 1


@pytest.mark.parametrize(
    "words",
    ["", " ", '"', '""', "*", "AND", "NOT OR", "NEAR(", "content:", "^", "-", "a" * 100_000,
     "word " * 20_000, '" OR 1', "\0", "\ud800", "{a b}", "(", "'; DROP TABLE topics; --"],
)  # fmt: skip
def test_odd_queries_are_no_error(archive: Archive, topic: int, words: str) -> None:
    archive.search(words)
    assert len(archive.messages(topic)) == len(THREAD)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(words=st.text(st.characters(), max_size=30))
def test_any_text_is_a_query(archive: Archive, topic: int, words: str) -> None:
    for hit in archive.search(words):
        assert hit.snippet in THREAD[int(hit.message_id) - 1].content
