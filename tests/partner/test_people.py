"""From the moment that somebody opts out, no request knows of them."""

import asyncio
from pathlib import Path

import pytest

from bot.core.summary import Count
from bot.core.windows import Window
from bot.engines import Wanted
from bot.partner import DiscussionPartner
from tests.partner.world import BEN, HATS, LATER, NOON, NUISANCE, SUN, Scripted, tell


@pytest.mark.parametrize("engine", [None, Scripted()])
def test_who_opted_out_is_in_no_number_but_one(path: Path, engine: Scripted | None) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        assert await partner.opt_out("forum", BEN.source_id) == 1
        await partner.record(HATS, [NUISANCE, LATER])

        summary = await partner.summarise(topic)

        assert summary.receipt.skipped == (Count("opted_out", 2),)
        assert (summary.receipt.messages, summary.receipt.read) == (2, 2)
        assert (summary.receipt.authors, summary.receipt.quoted) == (2, 2)
        assert (summary.topic.messages, summary.topic.authors) == (2, 2)
        assert "ben" not in repr(summary)
        assert "nuisance" not in repr(await partner.suggest(topic, Wanted()))
        assert "nuisance" not in repr(await partner.ask(topic, "Are hats a nuisance?"))
        assert await partner.search("nuisance") == []

    tell(path, engine, story)


def test_what_they_ask_for_is_done_at_the_time_of_the_clock(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.keep_visit(topic, BEN.source_id, "3")
        visit = await partner.visit(topic, BEN.source_id)
        assert visit is not None
        assert (visit.message_id, visit.at) == ("3", NOON)
        exported = await partner.export("forum", BEN.source_id)
        assert [each["content"] for each in exported["topics"][0]["messages"]] == [NUISANCE.content]

        assert await partner.erase("forum", BEN.source_id) == 1

        assert (await partner.export("forum", BEN.source_id))["topics"] == []
        assert await partner.opted_out("forum", BEN.source_id) is None
        await partner.opt_out("forum", BEN.source_id)
        assert await partner.opted_out("forum", BEN.source_id) == NOON
        assert await partner.opt_in("forum", BEN.source_id)
        await partner.record(HATS, [LATER])
        assert "4" in {each.source_id for each in await partner.messages(topic)}
        assert await partner.check() == []

    tell(path, None, story)


@pytest.mark.parametrize("way", ["opt_out", "erase"])
def test_no_word_of_theirs_is_sent_from_then_on(path: Path, way: str) -> None:
    """The model takes one window at a time: ben leaves while his is waiting."""
    engine = Scripted(budget=1)
    one_at_a_time, under_way, go_on = asyncio.Lock(), asyncio.Event(), asyncio.Event()
    sent: list[str] = []

    async def send(window: Window) -> None:
        async with one_at_a_time:
            sent.extend(each.text for message in window.messages for each in message.sentences)
            under_way.set()
            await go_on.wait()

    engine.while_reading = send

    async def story(partner: DiscussionPartner, topic: int) -> None:
        asked = asyncio.create_task(partner.summarise(topic))
        await under_way.wait()
        leave = partner.opt_out if way == "opt_out" else partner.erase
        await leave("forum", BEN.source_id)
        go_on.set()
        summary = await asked
        assert summary.receipt.quoted == 2
        assert SUN.content in sent
        assert NUISANCE.content not in sent

    tell(path, engine, story)


def test_who_gives_up_waiting_breaks_the_request_off(path: Path) -> None:
    engine = Scripted()
    broken_off = asyncio.Event()

    async def stall(window: Window) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            broken_off.set()

    engine.while_reading = stall

    async def story(partner: DiscussionPartner, topic: int) -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(partner.summarise(topic), timeout=0.3)
        assert broken_off.is_set()

    tell(path, engine, story)
