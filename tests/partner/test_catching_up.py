"""Who comes back is told what others changed, and nothing is read for nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.errors import NotFound
from bot.partner import DiscussionPartner
from tests.partner.world import ANA, BEN, HATS, LATER, NUISANCE, Scripted, said, tell

LAST = "3"


def test_only_what_is_new_is_read_and_told(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        engine.windows.clear()
        await partner.record(HATS, [LATER])
        shown = await partner.catch_up(topic, LAST, ANA.source_id)
        assert engine.windows == [["4"]]
        assert [each.text for each in shown.changes] == ["New view, held by ben: ben's view"]
        assert (shown.new_messages, shown.new_from) == (1, ("ben",))

    tell(path, engine, story)


def test_nothing_new_needs_no_model_even_if_nothing_was_ever_read(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        shown = await partner.catch_up(topic, LAST)
        assert (shown.changes, shown.new_messages, shown.usage.calls) == ((), 0, 0)
        assert shown.receipt.read == 0
        await partner.record(HATS, [LATER])
        own = await partner.catch_up(topic, LAST, BEN.source_id)
        assert (own.changes, own.new_messages) == ((), 0)
        assert engine.windows == []
        assert engine.headlines == 0

    tell(path, engine, story)


def test_an_edit_and_a_deletion_reach_what_is_told(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.record(HATS, [LATER])
        await partner.record(HATS, [replace(LATER, content="Umbrellas are what I would carry.")])
        (change,) = (await partner.catch_up(topic, LAST)).changes
        assert change.evidence[0].quote == "Umbrellas are what I would carry."
        await partner.delete(topic, [LATER.source_id])
        assert not (await partner.catch_up(topic, LAST)).new_messages
        with pytest.raises(NotFound, match="no message"):
            await partner.catch_up(topic, LATER.source_id)

    tell(path, None, story)


def test_without_a_model_some_of_what_each_said_since_is_quoted(path: Path) -> None:
    """Whatever stands for them in the summary: ben's older sentence says more."""
    again = said(5, BEN, "I would take a cap on a very rainy day, perhaps.")

    async def story(partner: DiscussionPartner, topic: int) -> None:
        before = await partner.summarise(topic)
        await partner.record(HATS, [LATER, again])
        shown = await partner.catch_up(topic, LATER.source_id)
        assert [each.text for each in shown.changes] == [f"ben said: {again.content}"]
        assert NUISANCE.content in repr(before)
        assert NUISANCE.content in repr(await partner.summarise(topic))

    tell(path, None, story)


def test_it_falls_back_on_quotes_and_says_why(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        shown = await partner.catch_up(topic, "1")
        assert shown.engine.fallback == "The model can't read today."
        assert {each.evidence[0].author for each in shown.changes} == {"ben", "cho"}

    tell(path, Scripted(fails=frozenset({"read"})), story)


def test_the_headline_over_the_ledger_of_now_is_shown_if_it_was_written(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        assert (await partner.catch_up(topic, "1")).headline is None
        await partner.summarise(topic)
        assert (await partner.catch_up(topic, "1")).headline == "Headline 1."

    tell(path, Scripted(), story)


def test_a_person_is_found_by_their_name(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        assert await partner.find_author(topic, "BEN") == BEN.source_id

    tell(path, None, story)
