"""A hundred people who ask at once share one reading, and nobody waits for anybody's patience."""

import asyncio
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import pytest

from bot.core.errors import EngineFailed
from bot.core.summary import Summary, Usage
from bot.core.windows import Window
from bot.engines import Wanted
from bot.partner import DiscussionPartner
from tests.endpoint import serving
from tests.engines.llm.world import GoodModel, configured, with_partner
from tests.partner.world import BEN, HATS, LATER, NUISANCE, Scripted, tell

A_HUNDRED = 100


class Watcher:
    """Somebody who looks at how far a reading is."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int]] = []
        self.looked = asyncio.Event()

    def __call__(self, read: int, total: int) -> None:
        self.told.append((read, total))
        self.looked.set()


class Gate:
    """Holds every reading up until it is opened."""

    def __init__(self) -> None:
        self.reached, self.opened = asyncio.Event(), asyncio.Event()

    async def __call__(self, window: Window) -> None:
        self.reached.set()
        await self.opened.wait()


def test_a_hundred_who_ask_at_once_share_one_reading_and_one_headline(path: Path) -> None:
    model = GoodModel()

    async def ask_at_once(partner: DiscussionPartner, topic: int) -> list[Summary]:
        asked = (partner.summarise(topic) for _ in range(A_HUNDRED))
        return await asyncio.gather(*asked)

    with serving(model) as endpoint:
        summaries = with_partner(configured(path.parent, endpoint.url), ask_at_once)

    assert sorted(model.asked) == ["group", "headline", "read"]
    assert {each.headline for each in summaries} == {model.headline}
    assert {len(each.viewpoints) for each in summaries} == {3}
    paid = sum((each.usage for each in summaries), Usage())
    assert paid.prompt_tokens == 10 * len(endpoint.requests)
    assert sum(each.usage.cached for each in summaries) == A_HUNDRED - 1


def test_whatever_they_ask_for_the_thread_is_read_once(path: Path) -> None:
    model = GoodModel()

    async def ask_at_once(partner: DiscussionPartner, topic: int) -> list[Any]:
        asked: list[Awaitable[Any]] = [
            partner.suggest(topic, Wanted(count=1)),
            partner.ask(topic, "Are hats a nuisance?"),
            partner.summarise(topic),
        ]
        return await asyncio.gather(*asked)

    with serving(model) as endpoint:
        shown = with_partner(configured(path.parent, endpoint.url), ask_at_once)

    assert model.asked.count("read") == 1
    assert {each.receipt.read for each in shown} == {3}


def test_who_leaves_cancels_nobody_elses(path: Path) -> None:
    engine = Scripted()
    engine.while_reading = gate = Gate()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        first, second, third = (asyncio.create_task(partner.summarise(topic)) for _ in range(3))
        await gate.reached.wait()
        first.cancel()
        third.cancel()
        await asyncio.wait([first, third])
        assert first.cancelled()
        gate.opened.set()
        assert (await second).receipt.quoted == 3
        assert engine.windows == [["1", "2", "3"]]

    tell(path, engine, story)


def test_when_the_last_one_leaves_the_reading_is_broken_off(path: Path) -> None:
    engine = Scripted()
    engine.while_reading = gate = Gate()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        both = [asyncio.create_task(partner.summarise(topic)) for _ in range(2)]
        await gate.reached.wait()
        for each in both:
            each.cancel()
        await asyncio.wait(both)
        gate.opened.set()
        assert (await partner.summarise(topic)).receipt.quoted == 3
        assert engine.windows == [["1", "2", "3"]] * 2

    tell(path, engine, story)


def test_all_who_wait_are_told_how_far_it_is(path: Path) -> None:
    ana, ben = Watcher(), Watcher()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        await asyncio.gather(*(partner.summarise(topic, progress=each) for each in (ana, ben)))
        assert ana.told == ben.told == [(1, 3), (2, 3), (3, 3)]

    tell(path, Scripted(budget=1), story)


def test_who_joins_late_is_told_how_far_it_was(path: Path) -> None:
    engine = Scripted(budget=1)
    gate, early, late = Gate(), Watcher(), Watcher()

    async def hold_all_but_the_first_up(window: Window) -> None:
        if len(engine.windows) > 1:
            await gate(window)

    engine.while_reading = hold_all_but_the_first_up

    async def story(partner: DiscussionPartner, topic: int) -> None:
        first = asyncio.create_task(partner.summarise(topic, progress=early))
        await early.looked.wait()
        second = asyncio.create_task(partner.summarise(topic, progress=late))
        await late.looked.wait()
        assert late.told == [(1, 3)]
        gate.opened.set()
        await asyncio.gather(first, second)
        assert late.told == [(1, 3), (2, 3), (3, 3)]

    tell(path, engine, story)


def test_what_was_posted_during_the_reading_is_in_the_answer_of_who_joined_it(path: Path) -> None:
    engine = Scripted()
    engine.while_reading = gate = Gate()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        before = asyncio.create_task(partner.summarise(topic))
        await gate.reached.wait()
        await partner.record(HATS, [LATER])
        after = [asyncio.create_task(partner.summarise(topic)) for _ in range(3)]
        await asyncio.sleep(0.05)
        gate.opened.set()
        assert (await before).receipt.read == 3
        assert [each.receipt.read for each in await asyncio.gather(*after)] == [4, 4, 4]
        assert engine.windows == [["1", "2", "3"], ["4"]]

    tell(path, engine, story)


def test_a_reading_that_fails_is_told_to_all_and_tried_once(path: Path) -> None:
    engine = Scripted(fails=frozenset({"read"}))

    async def story(partner: DiscussionPartner, topic: int) -> None:
        asked = (partner.summarise(topic, "llm") for _ in range(3))
        outcomes = await asyncio.gather(*asked, return_exceptions=True)
        assert [str(each) for each in outcomes] == ["The model can't read today."] * 3
        assert all(isinstance(each, EngineFailed) for each in outcomes)
        assert len(engine.windows) == 1

    tell(path, engine, story)


@pytest.mark.parametrize("way", ["opt_out", "erase"])
def test_a_shared_reading_too_sends_no_word_of_who_left(path: Path, way: str) -> None:
    """The model takes one window at a time: ben leaves while his is waiting."""
    engine = Scripted(budget=1)
    one_at_a_time, gate = asyncio.Lock(), Gate()
    sent: list[str] = []

    async def send(window: Window) -> None:
        async with one_at_a_time:
            sent.extend(each.text for message in window.messages for each in message.sentences)
            await gate(window)

    engine.while_reading = send

    async def story(partner: DiscussionPartner, topic: int) -> None:
        both = [asyncio.create_task(partner.summarise(topic)) for _ in range(2)]
        await gate.reached.wait()
        leave = partner.opt_out if way == "opt_out" else partner.erase
        await leave("forum", BEN.source_id)
        gate.opened.set()
        assert [each.receipt.quoted for each in await asyncio.gather(*both)] == [2, 2]
        assert NUISANCE.content not in sent

    tell(path, engine, story)
