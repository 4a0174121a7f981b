"""Whoever is misstated takes their words out; the message is read once more, without them."""

import asyncio
from pathlib import Path

import pytest

from bot.assembly import build_partner
from bot.core.errors import NotFound
from bot.core.sentences import split
from bot.core.summary import Intent
from bot.core.windows import Window
from bot.engines import Wanted
from bot.engines.llm import showing
from bot.partner import DiscussionPartner
from tests.endpoint import serving
from tests.engines.llm.world import GoodModel, configured
from tests.partner.world import ANA, BEN, CHO, HATS, SUN, THREAD, Scripted, said, tell

TWICE = said(
    5,
    BEN,
    "I would never forbid a hat on the train. A wet umbrella takes up more room than any hat does.",
)
FORBID, UMBRELLA = split(TWICE)
TALK = [*THREAD[:1], TWICE, THREAD[2]]


def test_the_message_is_read_again_once_and_others_are_not(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        before = await partner.summarise(topic)
        engine.windows.clear()

        await partner.contest(topic, BEN.source_id, [FORBID.span], "I said never.")
        after = await partner.summarise(topic)
        read = list(engine.windows)
        again = await partner.summarise(topic)

        assert "ben's view" in [each.claim for each in before.viewpoints]
        assert read == [["5"], ["5"]], "with its topic, and then as their own words"
        assert engine.windows == read
        assert [each.claim for each in after.viewpoints] == [
            each.claim for each in again.viewpoints
        ]
        quotes = [each.quote for view in after.viewpoints for each in view.evidence]
        assert UMBRELLA.text in quotes
        assert FORBID.text not in quotes
        assert after.headline != before.headline
        assert (before.receipt.contested, after.receipt.contested) == (0, 1)
        assert (after.receipt.read, after.receipt.not_quoted) == (3, ())

    tell(path, engine, story, TALK)


def test_the_model_sees_them_as_not_to_be_noted(path: Path) -> None:
    seen: list[str] = []

    async def look(window: Window) -> None:
        seen.append(showing.messages(window))

    engine = Scripted(while_reading=look)

    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.contest(topic, BEN.source_id, [FORBID.span], None)
        await partner.summarise(topic)
        assert f"(contested) | {FORBID.text}" in seen[0]
        assert f"3.2 | {UMBRELLA.text}" in seen[0]

    tell(path, engine, story, TALK)


@pytest.mark.parametrize("name", ["llm", "quotes"])
def test_no_engine_quotes_them_from_then_on(path: Path, name: str) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic, name)
        offered = await partner.quotes_of(topic, BEN.source_id)
        assert FORBID.text in offered.values()

        await partner.contest(topic, BEN.source_id, list(offered), None)

        assert await partner.quotes_of(topic, BEN.source_id) == {}
        summary = await partner.summarise(topic, name)
        quotes = {each.quote for view in summary.viewpoints for each in view.evidence}
        assert not quotes & set(offered.values())
        answer = await partner.ask(topic, "Would you forbid a hat on the train?", name)
        assert not {each.quote for each in answer.evidence} & set(offered.values())

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
    """Its model was shown every view, whomever it answers and quotes."""
    with serving(GoodModel()) as endpoint:

        async def story(partner: DiscussionPartner, topic: int) -> None:
            drafts = await partner.suggest(topic, Wanted(count=1, intent=Intent.STEELMAN))
            (draft,) = drafts.suggestions
            assert draft.engine == "llm"
            assert ANA.name not in {quote.author for quote in draft.evidence}
            if way == "erase":
                await partner.erase("forum", ANA.source_id)
            else:
                await partner.contest(topic, ANA.source_id, [split(SUN)[0].span], None)
            with pytest.raises(NotFound, match="no longer there"):
                await partner.draft(draft.id)

        config = configured(path.parent, endpoint.url)

        async def opened() -> None:
            async with build_partner(config) as partner:
                recorded = await partner.record(HATS, TALK)
                await story(partner, recorded.topic_id)

        asyncio.run(opened())


def test_a_request_under_way_starts_anew_without_them(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        async def meanwhile(window: Window) -> None:
            engine.while_reading = nothing
            contested.append(await partner.contest(topic, BEN.source_id, [FORBID.span], None))

        engine.while_reading = meanwhile
        summary = await partner.summarise(topic)
        quotes = [each.quote for view in summary.viewpoints for each in view.evidence]
        assert FORBID.text not in quotes
        assert UMBRELLA.text in quotes
        assert summary.receipt.contested == 1

    async def nothing(window: Window) -> None:
        """Nothing happens."""

    contested: list[int] = []
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
