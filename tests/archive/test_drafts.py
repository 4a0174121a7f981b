"""Drafts are kept as long as all that they rest on."""

import time

import pytest

from bot.archive import Archive
from bot.core.errors import NotFound
from tests.archive.world import JUN, MIRA, NOON, ROOM, draft, drafts, said

THREAD = [said(1, MIRA, "Shall we?"), said(2, JUN, "We shall.")]


@pytest.fixture
def topic(archive: Archive) -> int:
    return archive.record(ROOM, THREAD).topic_id


def test_a_draft_comes_back_as_it_was(archive: Archive, topic: int) -> None:
    body = {"text": "Sì \N{WAVING HAND SIGN}", "lines": [1, None]}
    made_with = {"model": "small", "tokens": 12}
    kept = archive.draft(draft(archive, topic, "1", "2", body=body, made_with=made_with))
    assert (kept.body, kept.made_with, kept.at) == (body, made_with, NOON)
    assert (kept.topic_id, kept.kind, kept.engine) == (topic, "brief", "llm")
    assert kept.rests_on == {"1", "2"}


def test_the_newest_comes_first_each_kind_and_engine_for_itself(
    archive: Archive, topic: int
) -> None:
    ids = [draft(archive, topic, "1") for _ in range(3)]
    assert drafts(archive, topic) == ids[::-1]
    assert drafts(archive, topic, engine="quotes") == []
    assert drafts(archive, topic, "suggestion") == []


def test_a_draft_on_words_that_went_meanwhile_is_not_kept(archive: Archive, topic: int) -> None:
    revisions = {each.source_id: each.revision for each in THREAD}
    draft(archive, topic, "1", "2", revisions=revisions)
    archive.record(ROOM, [said(2, JUN, "We shall not.")])
    with pytest.raises(NotFound, match="changed meanwhile: ask again"):
        draft(archive, topic, "1", "2", revisions=revisions)
    with pytest.raises(NotFound, match="changed meanwhile: ask again"):
        draft(archive, topic, "1", "2", revisions={"1": revisions["1"]})
    draft(archive, topic, "1", revisions=revisions)
    archive.delete(topic, ["1"], NOON)
    with pytest.raises(NotFound, match="changed meanwhile: ask again"):
        draft(archive, topic, "1", "2")
    assert drafts(archive, topic) == []


def test_a_draft_takes_the_place_of_others_once_it_is_kept(archive: Archive, topic: int) -> None:
    one, two, three = (draft(archive, topic, "1") for _ in range(3))
    four = draft(archive, topic, "2", replaces=[one, three, 99])
    assert drafts(archive, topic) == [four, two]
    with pytest.raises(NotFound):
        draft(archive, topic, "9", replaces=[two])
    assert drafts(archive, topic) == [four, two]


def test_drafts_of_no_use_are_dropped(archive: Archive, topic: int) -> None:
    one, two = draft(archive, topic, "1"), draft(archive, topic, "1")
    archive.drop_drafts([one, 99])
    assert drafts(archive, topic) == [two]


def test_a_draft_in_sight_of_ten_thousand_messages_is_kept_and_read_quickly(
    archive: Archive,
) -> None:
    """Measured 0.05 s and 0.005 s on two cores; the bounds leave room for a busy machine."""
    thread = [said(place, JUN, f"Number {place}.") for place in range(10_000)]
    topic = archive.record(ROOM, thread).topic_id
    revisions = {each.source_id: each.revision for each in thread}
    start = time.perf_counter()
    first = draft(archive, topic, *revisions, revisions=revisions)
    draft(archive, topic, *revisions, revisions=revisions, replaces=[first])
    kept = time.perf_counter()
    (there,) = archive.drafts(topic, "brief", "llm")
    assert len(there.rests_on) == 10_000
    assert kept - start < 1
    assert time.perf_counter() - kept < 0.1
