"""From the moment that somebody opts out, no request knows of them."""

import asyncio
from pathlib import Path

import pytest

from bot.core.summary import Count
from bot.engines import Material, Wanted
from bot.partner import DiscussionPartner
from tests.partner.world import BEN, HATS, LATER, LONG, NOON, NUISANCE, Gate, Scripted, tell


@pytest.mark.parametrize("engine", [None, Scripted()])
def test_who_opted_out_is_in_no_number_but_one(path: Path, engine: Scripted | None) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        assert await partner.opt_out("forum", BEN.source_id) == 1
        await partner.record(HATS, [NUISANCE, LATER])

        summary = await partner.summarise(topic)

        assert summary.receipt.skipped == (Count("opted_out", 2),)
        assert (summary.receipt.messages, summary.receipt.read) == (2, 2)
        assert (summary.receipt.authors, summary.receipt.cited) == (2, 2)
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
@pytest.mark.parametrize("asking", [1, 2])
def test_no_word_of_theirs_is_sent_from_then_on(path: Path, way: str, asking: int) -> None:
    """The model writes one chapter at a time: ben leaves while his are waiting."""
    engine, gate, one_at_a_time = Scripted(size=2_104), Gate(), asyncio.Lock()
    sent: list[str] = []

    async def send(material: Material) -> None:
        async with one_at_a_time:
            sent.extend(material.discussion.messages[id_].content for id_ in material.messages)
            await gate(material)

    engine.while_writing = send

    async def story(partner: DiscussionPartner, topic: int) -> None:
        asked = [asyncio.create_task(partner.summarise(topic)) for _ in range(asking)]
        await gate.reached.wait()
        sent.clear()
        await getattr(partner, way)("forum", BEN.source_id)
        gate.opened.set()
        for shown in await asyncio.gather(*asked):
            assert (shown.receipt.read, shown.receipt.cited) == (20, 2)
        bens = {message.content for message in LONG if message.author == BEN}
        assert LONG[28].content in sent
        assert bens.isdisjoint(sent)

    tell(path, engine, story, LONG)


def test_who_gives_up_waiting_breaks_the_request_off(path: Path) -> None:
    engine = Scripted()
    broken_off = asyncio.Event()

    async def stall(material: Material) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            broken_off.set()

    engine.while_writing = stall

    async def story(partner: DiscussionPartner, topic: int) -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(partner.summarise(topic), timeout=0.3)
        assert broken_off.is_set()

    tell(path, engine, story)
