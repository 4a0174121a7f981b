"""What is new since a message, or in the last hours: a brief of that stretch alone."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.archive import Archive
from bot.core.errors import NotFound
from bot.core.model import Author
from bot.engines import Material
from bot.partner import DiscussionPartner
from bot.partner.briefs import STRETCHES
from tests.partner.world import (
    ANA,
    BEN,
    CHO,
    HATS,
    LATER,
    LONG,
    NOON,
    REPAIR,
    THREAD,
    Scripted,
    lead,
    nothing,
    quotes,
    said,
    tell,
)

LAST = REPAIR.source_id
MENDER = replace(
    said(5, CHO, "There is a mender in the old town who mends any hat."), reply_to=LATER.source_id
)
NEW = [LATER, MENDER]


class Backgrounds(Scripted):
    """Remembers whether it was shown what went before."""

    backgrounds: list[bool]

    def __init__(self) -> None:
        super().__init__()
        self.backgrounds = []
        self.while_writing = self.look

    async def look(self, material: Material) -> None:
        self.backgrounds.append(material.background is not None)


def test_only_what_is_new_is_read_with_the_topics_brief_as_background(path: Path) -> None:
    engine = Backgrounds()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        await partner.record(HATS, NEW)
        shown = await partner.summarise(topic, since=LAST)
        assert quotes(shown) == {LATER.content, MENDER.content}
        assert (shown.since, shown.news) == (LAST, 2)
        assert (shown.receipt.messages, shown.receipt.read, shown.usage.calls) == (2, 2, 1)
        again = await partner.summarise(topic, since=LAST)
        assert replace(again, usage=shown.usage) == shown
        assert again.usage.calls == 0
        anew = await partner.summarise(topic, since=LAST, refresh=True)
        assert lead(anew) == lead(await partner.summarise(topic, since=LAST)) == "Brief 3"
        assert engine.wrote == [(["1", "2", "3"], 0), *[(["4", "5"], 0)] * 2]
        assert engine.backgrounds == [False, True, True]

    tell(path, engine, story)


@pytest.mark.parametrize("gone", ["1", "4"])
def test_it_goes_with_its_messages_and_with_those_of_its_background(path: Path, gone: str) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        await partner.record(HATS, NEW)
        await partner.summarise(topic, since=LAST)
        await partner.delete(topic, [gone])
        assert lead(await partner.summarise(topic, since=LAST)) == "Brief 3"

    tell(path, engine, story)


def test_what_is_deleted_during_the_writing_is_not_shown(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        async def meanwhile(material: Material) -> None:
            engine.while_writing = nothing
            await partner.delete(topic, [LATER.source_id])

        engine.while_writing = meanwhile
        shown = await partner.summarise(topic, since=LAST)
        assert quotes(shown) == {MENDER.content}

    tell(path, engine, story, [*THREAD, *NEW])


def test_a_stretch_in_which_nobody_else_wrote_costs_nothing(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        nobody = await partner.summarise(topic, since=LAST)
        sale = said(6, Author("9", "shop", bot=True), "All hats are on sale today.")
        await partner.record(HATS, [LATER, sale])
        own = await partner.summarise(topic, since=LAST, viewer=BEN.source_id)
        for shown in (nobody, own):
            assert (shown.since, shown.news, shown.lead, shown.people) == (LAST, 0, None, ())
        others = await partner.summarise(topic, since=LAST, viewer=ANA.source_id)
        assert others.news == 1
        assert engine.wrote == [(["4"], 0)]

    tell(path, engine, story)


def test_replies_to_the_reader_are_told_apart(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        bens = await partner.summarise(topic, since=LAST, viewer=BEN.source_id)
        assert [quote.quote for quote in bens.to_you] == [MENDER.content]
        anas = await partner.summarise(topic, since=LAST, viewer=ANA.source_id)
        assert anas.to_you == ()
        assert anas.lead == bens.lead, "one brief for all readers"

    tell(path, Scripted(), story, [*THREAD, *NEW])


def test_the_last_hours_are_a_stretch_too(path: Path) -> None:
    thread = [
        replace(message, posted_at=NOON - timedelta(hours=50 - 10 * n))
        for n, message in enumerate([*THREAD, *NEW])
    ]

    async def story(partner: DiscussionPartner, topic: int) -> None:
        shown = await partner.summarise(topic, hours=24)
        assert quotes(shown) == {LATER.content, MENDER.content}
        assert shown.since == LAST
        assert (await partner.summarise(topic, hours=1)).news == 0

    tell(path, Scripted(), story, thread)


def test_a_stretch_over_everything_is_the_topics_brief(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        whole = await partner.summarise(topic)
        stretch = await partner.summarise(topic, hours=24, viewer=BEN.source_id)
        assert (stretch.lead, stretch.since, stretch.to_you) == (whole.lead, None, ())
        assert len(engine.wrote) == 1

    tell(path, engine, story)


def test_a_message_that_is_not_there_is_named(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        with pytest.raises(NotFound, match='no message "77"'):
            await partner.summarise(topic, since="77")

    tell(path, Scripted(), story)


@pytest.mark.parametrize("engine", [None, Scripted(fails=frozenset({"brief"}))])
def test_quotes_stand_in_for_the_same_stretch(path: Path, engine: Scripted | None) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        shown = await partner.summarise(topic, since=LAST)
        assert quotes(shown) == {LATER.content, MENDER.content}
        assert shown.engine.fallback == ("The model can't brief today." if engine else None)

    tell(path, engine, story, [*THREAD, *NEW])


def test_many_who_ask_for_one_stretch_share_it_and_the_newest_are_kept(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        asked = [partner.summarise(topic, since="10", viewer=str(n)) for n in range(10)]
        assert {lead(shown) for shown in await asyncio.gather(*asked)} == {"Brief 1"}
        for place in range(1, 30):
            await partner.summarise(topic, since=str(place))
        with Archive.open(path, read_only=True) as archive:
            kept = archive.drafts(topic, "stretch", "llm")
        assert len(kept) == STRETCHES
        assert kept[0].body["messages"] == ["30"]

    tell(path, engine, story, LONG)
