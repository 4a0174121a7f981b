"""What does not fit one call: chapters, written side by side and kept where they are."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.archive import Archive
from bot.core.stretches import brief_size
from bot.engines import Material
from bot.partner import DiscussionPartner
from bot.partner.briefs import FEWEST
from tests.partner.world import (
    ANA,
    HATS,
    LONG,
    Gate,
    Scripted,
    nothing,
    partner_over,
    quotes,
    said,
    tell,
)

ROOM = 2_630
"""A fifth of it has room for five of these thirty messages, and all of it for their briefs."""
FIVES = [[str(n) for n in range(first, first + 5)] for first in range(1, 41, 5)]
OPEN = FIVES[5]
DONE = [*((five, 0) for five in FIVES[:5]), (OPEN, 5)]


async def ask(partner: DiscussionPartner, topic: int) -> None:
    shown = await partner.summarise(topic, "llm")
    assert (shown.receipt.read, shown.receipt.cited) == (30, 3)


def test_chapters_are_written_side_by_side_each_in_sight_of_its_own_messages(path: Path) -> None:
    engine, all_begun = Scripted(size=ROOM), asyncio.Event()

    async def wait_for_the_others(material: Material) -> None:
        if len(engine.wrote) == 5:
            all_begun.set()
        await all_begun.wait()

    engine.while_writing = wait_for_the_others
    tell(path, engine, ask, LONG)
    assert engine.wrote == DONE
    with Archive.open(path, read_only=True) as archive:
        saw = [draft.rests_on for draft in archive.drafts(1, "chapter", "llm")]
        (whole,) = archive.drafts(1, "brief", "llm")
    assert sorted(map(sorted, saw)) == sorted(map(sorted, FIVES[:5]))
    assert len(whole.rests_on) == 30


def test_an_edit_rewrites_its_chapter_and_the_topics_brief(path: Path) -> None:
    engine = Scripted(size=ROOM)

    async def story(partner: DiscussionPartner, topic: int) -> None:
        await ask(partner, topic)
        engine.wrote.clear()
        await partner.record(HATS, [replace(LONG[7], content="I have no hat at all.")])
        await ask(partner, topic)
        assert engine.wrote == [(FIVES[1], 0), (OPEN, 5)]

    tell(path, engine, story, LONG)


def test_new_messages_move_no_chapter(path: Path) -> None:
    engine = Scripted(size=ROOM)

    async def story(partner: DiscussionPartner, topic: int) -> None:
        await ask(partner, topic)
        engine.wrote.clear()
        more = [said(30 + n, each.author, each.content) for n, each in enumerate(LONG[:11], 1)]
        await partner.record(HATS, more)
        await partner.summarise(topic)
        assert engine.wrote == [*((five, 0) for five in FIVES[5:]), (["41"], 8)]

    tell(path, engine, story, LONG)


def test_very_many_chapters_are_put_together_in_steps(path: Path) -> None:
    """Each call has room for nine briefs of the twenty-three."""
    engine = Scripted(size=ROOM)
    thread = [said(n, LONG[n % 3].author, LONG[n % 30].content) for n in range(1, 121)]
    sizes: list[int] = []

    async def measure(material: Material) -> None:
        sizes.append(sum(brief_size(material.discussion, brief) for brief in material.earlier))

    async def story(partner: DiscussionPartner, topic: int) -> None:
        shown = await partner.summarise(topic)
        assert (shown.receipt.read, shown.receipt.cited) == (120, 3)

    engine.while_writing = measure
    tell(path, engine, story, thread)
    steps = [earlier for messages, earlier in engine.wrote if not messages]
    assert steps == [9, 9, 5]
    assert engine.wrote[-1] == (["116", "117", "118", "119", "120"], 3)
    assert max(sizes) < ROOM


def test_a_context_with_no_room_for_a_chapter_is_not_filled_message_by_message(path: Path) -> None:
    engine = Scripted(size=FEWEST - 1)

    async def story(partner: DiscussionPartner, topic: int) -> None:
        shown = await partner.summarise(topic)
        told = "The context of the model scripted is too small for this topic."
        assert (shown.engine.name, shown.engine.fallback) == ("quotes", told)
        assert engine.wrote == []

    tell(path, engine, story, LONG)


def test_what_one_chapter_fails_at_costs_no_other(path: Path) -> None:
    """Through a restart: only what was not written is written then."""
    engine = Scripted(size=ROOM)

    async def break_down(material: Material) -> None:
        if material.messages[0] in ("6", "16"):
            raise RuntimeError("a defect")
        await asyncio.sleep(0.05)

    engine.while_writing = break_down

    async def fail(partner: DiscussionPartner, topic: int) -> None:
        with pytest.raises(RuntimeError, match="a defect"):
            await partner.summarise(topic)

    tell(path, engine, fail, LONG)
    again = Scripted(size=ROOM)
    tell(path, again, ask, LONG)
    assert again.wrote == [(FIVES[1], 0), (FIVES[3], 0), (OPEN, 5)]


def test_a_request_that_is_given_up_keeps_the_chapters_that_were_written(path: Path) -> None:
    engine, all_but_one = Scripted(size=ROOM), asyncio.Event()

    async def never_end_the_second(material: Material) -> None:
        if material.messages[0] == "6":
            await asyncio.Event().wait()

    engine.while_writing = never_end_the_second

    def watch(read: int, total: int) -> None:
        if read == 20:
            all_but_one.set()

    async def give_up(partner: DiscussionPartner, topic: int) -> None:
        asked = asyncio.create_task(partner.summarise(topic, progress=watch))
        await all_but_one.wait()
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked

    tell(path, engine, give_up, LONG)
    again = Scripted(size=ROOM)
    tell(path, again, ask, LONG)
    assert again.wrote == [(FIVES[1], 0), (OPEN, 5)]


def test_a_model_that_takes_longer_than_a_request_may_is_given_up_for_quotes(path: Path) -> None:
    engine = Scripted(size=ROOM)

    async def never_put_together(material: Material) -> None:
        if material.earlier:
            await asyncio.Event().wait()

    engine.while_writing = never_put_together

    async def story() -> None:
        async with partner_over(path, engine, patience=0.5) as partner:
            topic = (await partner.record(HATS, LONG)).topic_id
            shown = await partner.summarise(topic)
            assert "took longer than 0.5 s" in (shown.engine.fallback or "")
            assert (shown.receipt.read, shown.receipt.cited) == (30, 3)
            engine.while_writing = nothing
            await ask(partner, topic)
            assert engine.wrote == [*DONE, (OPEN, 5)]

    asyncio.run(asyncio.wait_for(story(), timeout=20))


def test_what_is_deleted_during_the_writing_of_its_chapter_is_not_shown(path: Path) -> None:
    engine, gate = Scripted(size=ROOM), Gate()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        engine.while_writing = gate
        asked = asyncio.create_task(partner.summarise(topic))
        await gate.reached.wait()
        await partner.delete(topic, ["7"])
        gate.opened.set()
        shown = await asked
        assert LONG[6].content not in quotes(shown)
        assert engine.wrote == [*DONE[:5], (["6", "8", "9", "10"], 0), (OPEN, 5)]

    tell(path, engine, story, LONG)


def test_who_waits_is_told_how_far_it_is(path: Path) -> None:
    told: list[tuple[int, int]] = []

    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic, progress=lambda *far: told.append(far))

    tell(path, Scripted(size=ROOM), story, [*LONG, said(31, ANA, "")])
    assert told == [(done, 30) for done in (5, 10, 15, 20, 25)]
