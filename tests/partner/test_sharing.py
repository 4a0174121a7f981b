"""A hundred people who ask at once share one writing, and nobody waits for anybody's patience."""

import asyncio
from pathlib import Path

from bot.core.errors import EngineFailed
from bot.core.summary import Summary, Usage
from bot.engines import Material, Wanted
from bot.partner import DiscussionPartner
from tests.endpoint import serving
from tests.engines.llm.world import GoodModel, configured, with_partner
from tests.partner.world import HATS, LATER, LONG, Gate, Scripted, lead, tell

A_HUNDRED = 100
WHOLE = (["1", "2", "3"], 0)


class Watcher:
    """Somebody who looks at how far a writing is."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int]] = []
        self.looked = asyncio.Event()

    def __call__(self, read: int, total: int) -> None:
        self.told.append((read, total))
        self.looked.set()


def test_a_hundred_who_ask_at_once_share_one_brief(path: Path) -> None:
    model = GoodModel()

    async def ask_at_once(partner: DiscussionPartner, topic: int) -> list[Summary]:
        asked = (partner.summarise(topic) for _ in range(A_HUNDRED))
        return await asyncio.gather(*asked)

    with serving(model) as endpoint:
        summaries = with_partner(configured(path.parent, endpoint.url), ask_at_once)

    assert model.asked == ["brief"]
    assert len({shown.lead for shown in summaries}) == 1
    assert sum((shown.usage for shown in summaries), Usage()).prompt_tokens == 10
    assert sum(shown.usage.cached for shown in summaries) == A_HUNDRED - 1


def test_whatever_they_ask_for_a_long_topic_is_read_once(path: Path) -> None:
    engine = Scripted(size=2_630)

    async def story(partner: DiscussionPartner, topic: int) -> None:
        await asyncio.gather(
            partner.suggest(topic, Wanted(count=1)),
            partner.ask(topic, "What do they say?"),
            partner.summarise(topic),
        )
        read = [id_ for messages, _ in engine.wrote for id_ in messages]
        assert sorted(read, key=int) == [message.source_id for message in LONG]

    tell(path, engine, story, LONG)


def test_who_leaves_cancels_nobody_elses(path: Path) -> None:
    gate = Gate()
    engine = Scripted(while_writing=gate)

    async def story(partner: DiscussionPartner, topic: int) -> None:
        first, second, third = (asyncio.create_task(partner.summarise(topic)) for _ in range(3))
        await gate.reached.wait()
        first.cancel()
        third.cancel()
        await asyncio.wait([first, third])
        assert first.cancelled()
        gate.opened.set()
        assert (await second).receipt.cited == 3
        assert engine.wrote == [WHOLE]

    tell(path, engine, story)


def test_when_the_last_one_leaves_the_writing_is_broken_off(path: Path) -> None:
    gate = Gate()
    engine = Scripted(while_writing=gate)

    async def story(partner: DiscussionPartner, topic: int) -> None:
        both = [asyncio.create_task(partner.summarise(topic)) for _ in range(2)]
        await gate.reached.wait()
        for asked in both:
            asked.cancel()
        await asyncio.wait(both)
        gate.opened.set()
        assert lead(await partner.summarise(topic)) == "Brief 2"

    tell(path, engine, story)


def test_who_joins_late_is_told_how_far_it_was(path: Path) -> None:
    gate, early, late = Gate(), Watcher(), Watcher()
    engine = Scripted(size=2_630)

    async def hold_all_but_the_first_up(material: Material) -> None:
        if material.messages[0] != "1":
            await gate(material)

    engine.while_writing = hold_all_but_the_first_up

    async def story(partner: DiscussionPartner, topic: int) -> None:
        first = asyncio.create_task(partner.summarise(topic, progress=early))
        await early.looked.wait()
        second = asyncio.create_task(partner.summarise(topic, progress=late))
        await late.looked.wait()
        assert late.told == [(5, 30)]
        gate.opened.set()
        await asyncio.gather(first, second)
        assert late.told == early.told == [(done, 30) for done in (5, 10, 15, 20, 25)]

    tell(path, engine, story, LONG)


def test_what_was_posted_meanwhile_is_in_the_brief_of_who_joined_after_it(path: Path) -> None:
    gate = Gate()
    engine = Scripted(while_writing=gate)

    async def story(partner: DiscussionPartner, topic: int) -> None:
        before = asyncio.create_task(partner.summarise(topic))
        await gate.reached.wait()
        await partner.record(HATS, [LATER])
        after = [asyncio.create_task(partner.summarise(topic)) for _ in range(3)]
        await asyncio.sleep(0.05)
        gate.opened.set()
        assert (await before).receipt.read == 3
        assert [shown.receipt.read for shown in await asyncio.gather(*after)] == [4, 4, 4]
        assert engine.wrote == [WHOLE, (["4"], 1)]

    tell(path, engine, story)


def test_a_failure_is_told_to_all_and_tried_once(path: Path) -> None:
    async def fail(material: Material) -> None:
        await asyncio.sleep(0.05)
        raise EngineFailed("The model has a cold.")

    engine = Scripted(while_writing=fail)

    async def story(partner: DiscussionPartner, topic: int) -> None:
        asked = (partner.summarise(topic, "llm") for _ in range(3))
        outcomes = await asyncio.gather(*asked, return_exceptions=True)
        assert list(map(str, outcomes)) == ["The model has a cold."] * 3
        assert engine.wrote == [WHOLE]

    tell(path, engine, story)
