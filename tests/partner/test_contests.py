"""Whoever is misstated takes their words out: nothing rests on them any more."""

from pathlib import Path

import pytest

from bot.core.errors import NotFound
from bot.core.sentences import split
from bot.engines import Material, Wanted
from bot.partner import DiscussionPartner
from tests.endpoint import serving
from tests.engines.llm.world import TOPIC, GoodModel, configured, with_partner
from tests.partner.world import (
    ANA,
    BEN,
    CHO,
    SUN,
    THREAD,
    Scripted,
    lead,
    nothing,
    quotes,
    said,
    tell,
)

TWICE = said(
    5,
    BEN,
    "I would never forbid a hat on the train. A wet umbrella takes up more room than any hat does.",
)
FORBID, UMBRELLA = split(TWICE)
TALK = [*THREAD[:1], TWICE, THREAD[2]]


def test_the_brief_is_written_anew_without_them(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        before = await partner.summarise(topic)
        await partner.contest(topic, BEN.source_id, [FORBID.span], "I said never.")
        after = await partner.summarise(topic)
        assert FORBID.text in quotes(before)
        assert FORBID.text not in quotes(after)
        assert UMBRELLA.text in quotes(after)
        assert lead(after) == "Brief 2"
        assert (before.receipt.contested, after.receipt.contested) == (0, 1)
        assert (after.receipt.read, after.receipt.not_cited) == (3, ())

    tell(path, Scripted(), story, TALK)


@pytest.mark.parametrize("name", ["llm", "quotes"])
def test_no_engine_quotes_them_from_then_on(path: Path, name: str) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic, name)
        offered = await partner.quotes_of(topic, BEN.source_id)
        assert FORBID.text in offered.values()

        await partner.contest(topic, BEN.source_id, list(offered), None)

        left = await partner.quotes_of(topic, BEN.source_id)
        assert list(left.values()) == [UMBRELLA.text]
        summary = await partner.summarise(topic, name)
        assert quotes(summary).isdisjoint(offered.values())
        answer = await partner.ask(topic, "Would you forbid a hat on the train?", "quotes")
        assert {each.quote for each in answer.nearest}.isdisjoint(offered.values())

    tell(path, Scripted(), story, TALK)


def test_drafts_that_rest_on_them_are_withdrawn(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        drafts = await partner.suggest(topic, Wanted(count=6), engine="quotes")
        resting = [
            each
            for each in drafts.suggestions
            if any(quote.message_id == "5" for quote in each.evidence)
        ]
        assert resting

        await partner.contest(topic, BEN.source_id, [FORBID.span, UMBRELLA.span], None)

        for each in resting:
            with pytest.raises(NotFound, match="no longer there"):
                await partner.draft(each.id)

    tell(path, None, story, TALK)


@pytest.mark.parametrize("way", ["contest", "erase"])
def test_a_draft_goes_with_all_that_it_was_written_in_sight_of(path: Path, way: str) -> None:
    """Its model was shown all of the thread, whomever it answers and quotes."""

    async def story(partner: DiscussionPartner, topic: int) -> None:
        drafts = await partner.suggest(topic, Wanted(count=3))
        draft = next(each for each in drafts.suggestions if each.to == (CHO.name,))
        assert draft.engine == "llm"
        assert {quote.author for quote in draft.evidence} == {CHO.name}
        if way == "erase":
            await partner.erase(TOPIC.source, ANA.source_id)
        else:
            await partner.contest(topic, ANA.source_id, [split(SUN)[0].span], None)
        with pytest.raises(NotFound, match="no longer there"):
            await partner.draft(draft.id)

    with serving(GoodModel()) as endpoint:
        with_partner(configured(path.parent, endpoint.url), story, tuple(TALK))


def test_a_request_under_way_starts_anew_without_them(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        async def meanwhile(material: Material) -> None:
            engine.while_writing = nothing
            await partner.contest(topic, BEN.source_id, [FORBID.span], None)

        engine.while_writing = meanwhile
        shown = await partner.summarise(topic)
        assert FORBID.text not in quotes(shown)
        assert UMBRELLA.text in quotes(shown)
        assert shown.receipt.contested == 1

    tell(path, engine, story, TALK)


def test_nobody_is_offered_what_others_said(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        anas = await partner.quotes_of(topic, ANA.source_id)
        assert set(anas.values()) == {THREAD[0].content}
        assert await partner.quotes_of(topic, "4711") == {}
        with pytest.raises(NotFound):
            await partner.contest(topic, CHO.source_id, list(anas), "She did not mean it.")

    tell(path, Scripted(), story, TALK)
