"""Drafts are kept as long as all that they rest on."""

from collections.abc import Collection

import pytest

from bot.archive import Archive
from bot.core.errors import NotFound
from tests.archive.world import JUN, MIRA, NOON, ROOM, said

THREAD = [said(1, MIRA, "Shall we?"), said(2, JUN, "We shall.")]


@pytest.fixture
def topic(archive: Archive) -> int:
    return archive.record(ROOM, THREAD).topic_id


def _keep(
    archive: Archive,
    topic: int,
    text: str = "They will.",
    rests_on: Collection[str] = ("1", "2"),
    revisions: dict[str, str] | None = None,
) -> int:
    return archive.keep_draft(
        topic,
        "headline",
        "llm",
        body={"text": text, "lines": [1, None]},
        rests_on=rests_on,
        revisions=revisions,
        made_with={"model": "small", "tokens": 12},
        at=NOON,
    )


def test_a_draft_comes_back_as_it_was(archive: Archive, topic: int) -> None:
    draft = archive.draft(_keep(archive, topic, "Sì \N{WAVING HAND SIGN}"))
    assert draft.body == {"text": "Sì \N{WAVING HAND SIGN}", "lines": [1, None]}
    assert draft.made_with == {"model": "small", "tokens": 12}
    assert (draft.topic_id, draft.kind, draft.engine) == (topic, "headline", "llm")
    assert draft.at == NOON
    assert draft.rests_on == {"1", "2"}


def test_the_newest_comes_first_each_kind_and_engine_for_itself(
    archive: Archive, topic: int
) -> None:
    ids = [_keep(archive, topic, text) for text in ("one", "two", "three")]
    assert [each.id for each in archive.drafts(topic, "headline", "llm")] == ids[::-1]
    bodies = [each.body for each in archive.drafts(topic, "headline", "llm")]
    assert archive.draft_bodies(topic, "headline", "llm") == bodies
    assert archive.drafts(topic, "headline", "quotes") == []
    assert archive.drafts(topic, "suggestion", "llm") == []


def test_a_draft_on_words_that_went_meanwhile_is_not_kept(archive: Archive, topic: int) -> None:
    revisions = {each.source_id: each.revision for each in THREAD}
    _keep(archive, topic, revisions=revisions)
    archive.record(ROOM, [said(2, JUN, "We shall not.")])
    with pytest.raises(NotFound, match="changed meanwhile: ask again"):
        _keep(archive, topic, revisions=revisions)
    _keep(archive, topic, revisions=revisions, rests_on=["1"])
    archive.delete(topic, ["1"], NOON)
    with pytest.raises(NotFound, match="changed meanwhile: ask again"):
        _keep(archive, topic)
    assert archive.drafts(topic, "headline", "llm") == []
