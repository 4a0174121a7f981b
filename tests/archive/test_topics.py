"""Topics are listed by their liveliness and found by id or title."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.archive import Archive, Visit
from bot.core.errors import Ambiguous, NotFound
from bot.core.model import Author, Topic
from tests.archive.world import JUN, MIRA, NOON, said

BOT = Author("9", "clerk", bot=True)
BEEP = said(3, BOT, "Beep.")
HERE = "https://discord.com/channels/1/"
URL = f"{HERE}7"


def _topic(archive: Archive, title: str, *places: int) -> int:
    topic = Topic("forum", title, title)
    return archive.record(topic, [said(place, MIRA, "Hm.") for place in places]).topic_id


def test_the_liveliest_comes_first_with_what_it_amounts_to(archive: Archive) -> None:
    quiet, lively, empty = (
        _topic(archive, "Quiet", 1),
        _topic(archive, "Lively", 2, 90),
        _topic(archive, "Empty"),
    )
    archive.record(Topic("forum", "Quiet", "Quiet"), [said(3, JUN, "Hm?"), said(4, BOT, "Beep.")])
    told = {each.id: each for each in archive.topics()}
    assert list(told) == [lively, quiet, empty]
    assert [(each.messages, each.authors) for each in told.values()] == [(2, 1), (3, 2), (0, 0)]
    assert told[lively].last_posted_at == NOON + timedelta(minutes=90)
    assert told[empty].last_posted_at is None
    assert archive.topic(quiet) == told[quiet]


def test_up_to_when_nothing_is_missing_is_kept_and_goes_with_the_topic(archive: Archive) -> None:
    topic = _topic(archive, "Quiet", 1)
    before = archive.topic(topic)
    assert archive.filled_at(topic) is None
    archive.keep_filled(topic, NOON)
    assert archive.filled_at(topic) == NOON
    assert archive.topic(topic) == before
    archive.delete_topic(topic)
    assert archive.filled_at(topic) is None


def test_deleted_messages_no_longer_count(archive: Archive) -> None:
    topic = _topic(archive, "Quiet", 1, 2)
    before = archive.topic(topic)
    archive.delete(topic, ["2"], NOON)
    after = archive.topic(topic)
    assert (after.messages, after.authors, after.last_posted_at) == (
        1,
        1,
        NOON + timedelta(minutes=1),
    )
    assert after.version > before.version


def test_a_topic_is_found_by_its_id_or_by_what_only_its_title_has(archive: Archive) -> None:
    paint = _topic(archive, "Paint the room")
    _topic(archive, "Paint the room, or the hall?")
    year = _topic(archive, "2024")
    straße = _topic(archive, "Die STRASSE")
    assert archive.find_topic(f" {paint} ").id == paint
    assert archive.find_topic("2024").id == year
    assert archive.find_topic("PAINT  the Room").id == paint
    assert archive.find_topic("hall").topic.title == "Paint the room, or the hall?"
    assert archive.find_topic("hall room").topic.title == "Paint the room, or the hall?"
    assert archive.find_topic("straße").id == straße


def test_an_id_wins_over_a_title(archive: Archive) -> None:
    _topic(archive, "2")
    second = _topic(archive, "Second")
    assert archive.find_topic("2").id == second


def test_words_that_fit_several_topics_list_them(archive: Archive) -> None:
    one, two = _topic(archive, "Paint the room"), _topic(archive, "Paint the hall")
    with pytest.raises(Ambiguous) as told:
        archive.find_topic("paint")
    assert f"{one}: Paint the room; {two}: Paint the hall" in str(told.value)


@pytest.mark.parametrize("words", ["", " ", "cellar", "17", "²", "-1", "9" * 5000, "'", "%"])
def test_a_topic_that_is_not_there(archive: Archive, words: str) -> None:
    _topic(archive, "Paint the room")
    with pytest.raises(NotFound, match="moot topics"):
        archive.find_topic(words)
    with pytest.raises(NotFound, match="moot topics"):
        archive.topic(17)


def test_where_a_topic_stands_is_kept_and_a_source_that_does_not_say_takes_it_from_nobody(
    archive: Archive,
) -> None:
    live = Topic("discord", "7", "Tea", URL, channel="3", private=True, tags=("hot", "grün"))
    topic = archive.record(live, [said(1, MIRA, "Tea.")]).topic_id
    before = archive.topic(topic)
    assert before.topic == live

    archive.record(Topic("discord", "7", "Tea", URL), [])
    assert archive.topic(topic) == before

    archive.record(replace(live, private=False, tags=()), [])
    now = archive.topic(topic)
    assert (now.topic.private, now.topic.tags) == (False, ())
    assert now.version == before.version


def test_a_servers_topics_are_those_with_its_address_and_a_message(archive: Archive) -> None:
    archive.record(Topic("discord", "7", "Tea", URL), [said(1, MIRA, "Tea.")])
    archive.record(Topic("discord", "8", "Pots", f"{HERE}8"), [said(2, MIRA, "Pots.")])
    archive.record(Topic("discord", "9", "Empty", f"{HERE}9"), [])
    archive.record(Topic("discord", "10", "Away", f"{HERE.replace('/1/', '/12/')}10"), [BEEP])
    archive.record(Topic("forum", "11", "A forum's", f"{HERE}11"), [BEEP])
    assert [each.topic.title for each in archive.topics_of_server("1")] == ["Pots", "Tea"]
    assert archive.topics_of_server("13") == []


def test_a_person_has_been_where_they_wrote_or_looked(archive: Archive) -> None:
    wrote, looked, other = (_topic(archive, title) for title in ("Wrote", "Looked", "Other"))
    archive.record(Topic("forum", "Wrote", "Wrote"), [said(1, JUN, "Hm.")])
    archive.keep_visit(looked, JUN.source_id, Visit("1", NOON))
    archive.keep_visit(other, MIRA.source_id, Visit("1", NOON))
    assert archive.frequented("forum", JUN.source_id) == {wrote, looked}
    assert archive.frequented("discord", JUN.source_id) == set()
