"""What is not read yet is read once, at once, and kept; what changed is read again."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.errors import EngineFailed
from bot.core.model import Message
from bot.core.summary import Count
from bot.core.windows import Window
from bot.partner import DiscussionPartner
from tests.partner.world import (
    BEN,
    CHO,
    HATS,
    LATER,
    NUISANCE,
    REPAIR,
    SUN,
    THREAD,
    Scripted,
    said,
    tell,
)

MESSAGE_BY_MESSAGE = 1


def test_what_was_read_is_not_read_again(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        first = await partner.summarise(topic)
        again = await partner.summarise(topic)
        assert engine.windows == [["1", "2", "3"]]
        assert again.viewpoints == first.viewpoints
        assert {each.claim for each in again.viewpoints} == {
            "ana's view",
            "ben's view",
            "cho's view",
        }

    tell(path, engine, story)


def test_it_is_kept_over_a_restart(path: Path) -> None:
    first, second = Scripted(), Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        assert len((await partner.summarise(topic)).viewpoints) == 3

    tell(path, first, story)
    tell(path, second, story)
    assert (first.windows, second.windows) == ([["1", "2", "3"]], [])
    assert first.closed
    assert second.closed


def test_of_a_thread_that_goes_on_only_what_is_new_is_read(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        await partner.record(HATS, [LATER])
        receipt = (await partner.summarise(topic)).receipt
        assert engine.windows[1:] == [["4"]]
        assert (receipt.messages, receipt.read) == (4, 4)

    tell(path, engine, story)


def test_an_edited_message_is_read_again(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        await partner.record(HATS, [replace(NUISANCE, content="Hats are fine by me after all.")])
        summary = await partner.summarise(topic)
        assert engine.windows[1:] == [["2"]]
        quotes = {each.evidence[0].quote for each in summary.viewpoints}
        assert "Hats are fine by me after all." in quotes
        assert NUISANCE.content not in quotes

    tell(path, engine, story)


def test_windows_are_read_at_once(path: Path) -> None:
    """Each reading here waits until all three are under way."""
    all_in = asyncio.Event()
    engine = Scripted(budget=MESSAGE_BY_MESSAGE)

    async def wait_for_the_others(window: Window) -> None:
        if len(engine.windows) == len(THREAD):
            all_in.set()
        await all_in.wait()

    engine.while_reading = wait_for_the_others

    async def story(partner: DiscussionPartner, topic: int) -> None:
        assert (await partner.summarise(topic)).receipt.read == 3

    tell(path, engine, story)
    assert sorted(engine.windows) == [["1"], ["2"], ["3"]]


def test_a_window_that_fails_costs_no_other(path: Path) -> None:
    engine = Scripted(budget=MESSAGE_BY_MESSAGE)
    broken = {"2"}

    async def break_off(window: Window) -> None:
        if broken & {each.message for each in window.messages if not each.context}:
            raise EngineFailed("The model fell over.")

    engine.while_reading = break_off

    async def story(partner: DiscussionPartner, topic: int) -> None:
        with pytest.raises(EngineFailed, match="fell over"):
            await partner.summarise(topic, "llm")
        broken.clear()
        engine.windows.clear()
        assert len((await partner.summarise(topic, "llm")).viewpoints) == 3
        assert engine.windows == [["2"]]

    tell(path, engine, story)


def test_the_reader_is_told_how_far_it_is(path: Path) -> None:
    told: list[tuple[int, int]] = []

    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic, progress=lambda read, total: told.append((read, total)))

    tell(path, Scripted(budget=MESSAGE_BY_MESSAGE), story)
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_words_that_change_while_they_are_read_leave_no_note(path: Path) -> None:
    engine = Scripted()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        async def edit(window: Window) -> None:
            await partner.record(HATS, [replace(NUISANCE, content="Never mind what I said.")])

        engine.while_reading = edit
        summary = await partner.summarise(topic)
        quotes = [each.quote for v in summary.viewpoints for each in v.evidence]
        assert NUISANCE.content not in quotes
        assert SUN.content in quotes

    tell(path, engine, story)


def test_what_holds_no_words_is_not_read_but_counted(path: Path) -> None:
    engine = Scripted()
    picture = replace(said(5, BEN, ""), attachments=("hat.png",))
    program = said(6, replace(CHO, source_id="9", name="weather", bot=True), "It is sunny today.")
    quote = said(7, CHO, "> Hats are a nuisance")

    async def story(partner: DiscussionPartner, topic: int) -> None:
        receipt = (await partner.summarise(topic)).receipt
        assert engine.windows == [["1", "2", "3"]]
        assert (receipt.messages, receipt.read, receipt.authors) == (6, 3, 3)
        assert receipt.skipped == (
            Count("attachment_only", 1),
            Count("bot", 1),
            Count("quoted_only", 1),
        )

    tell(path, engine, story, [*THREAD, picture, program, quote])


def test_who_left_no_note_is_read_once_more_alone(path: Path) -> None:
    """Only when the engine looks at ben alone does it see that he said something."""

    def overlooks(window: Window, message: Message | str) -> bool:
        return message == "2" and sum(not each.context for each in window.messages) > 1

    engine = Scripted(silent=overlooks)

    async def story(partner: DiscussionPartner, topic: int) -> None:
        for _ in range(2):
            receipt = (await partner.summarise(topic)).receipt
            assert (receipt.quoted, receipt.not_quoted) == (3, ())
        assert engine.windows == [["1", "2", "3"], ["2"]]

    tell(path, engine, story)


def test_of_whom_an_engine_says_nothing_a_sentence_stands_for_itself(path: Path) -> None:
    engine = Scripted(silent=lambda window, message: message == "2")

    async def story(partner: DiscussionPartner, topic: int) -> None:
        for _ in range(2):
            summary = await partner.summarise(topic)
            (bens,) = [each for each in summary.viewpoints if each.authors == ("ben",)]
            assert bens.claim == bens.evidence[0].quote == NUISANCE.content
        assert engine.windows == [["1", "2", "3"], ["2"]]

    tell(path, engine, story)


def test_who_only_says_thanks_is_not_made_to_say_more(path: Path) -> None:
    engine = Scripted(silent=lambda window, message: message == "8")

    async def story(partner: DiscussionPartner, topic: int) -> None:
        receipt = (await partner.summarise(topic)).receipt
        assert receipt.not_quoted == ("dov",)
        assert receipt.read == receipt.messages

    thanks = said(8, replace(CHO, source_id="4", name="dov"), "thanks!")
    tell(path, engine, story, [SUN, NUISANCE, REPAIR, thanks])
