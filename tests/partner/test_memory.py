"""Who asks again waits for nothing, is shown nothing that has changed, and what was erased is
remembered nowhere."""

import re
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.archive import Archive, KeptTopic
from bot.core.discussion import Discussion
from bot.core.errors import NotFound
from bot.core.model import Message
from bot.core.summary import Count, Summary
from bot.partner import DiscussionPartner
from bot.partner.memory import Memory
from bot.partner.snapshot import Snapshot
from tests.partner.world import (
    BEN,
    HATS,
    LATER,
    NOON,
    NUISANCE,
    REPAIR,
    SUN,
    Scripted,
    held_in_memory,
    lead,
    said,
    tell,
)

Change = Callable[[DiscussionPartner, int], Awaitable[object]]
NIGHT = NOON + timedelta(hours=9)
OPTED_OUT = Count("opted_out", 1)
RENAMED = replace(NUISANCE, author=replace(BEN, name="benjamin"))


def taken(topic: int, version: int = 1, messages: int = 10) -> Snapshot:
    """One that says no more than how large it is."""
    kept = KeptTopic(topic, HATS, messages, 1, NOON, version)
    return Snapshot(kept, Discussion(HATS, ()), Counter())


def remembered(memory: Memory, *topics: int) -> list[int]:
    return [topic for topic in topics if memory.recall(topic, 1)]


def test_what_was_asked_for_longest_ago_is_forgotten_first() -> None:
    memory = Memory(most=25)
    for topic in (1, 2):
        memory.keep(taken(topic), memory.age)
    memory.recall(1, 1)
    memory.keep(taken(3), memory.age)
    assert remembered(memory, 1, 2, 3) == [1, 3]


def test_what_is_larger_than_the_memory_makes_nobody_else_forgotten() -> None:
    memory = Memory(most=25)
    memory.keep(taken(1), memory.age)
    memory.keep(taken(2, messages=26), memory.age)
    assert remembered(memory, 1, 2) == [1]


def test_another_version_is_not_recalled_and_the_older_one_goes() -> None:
    memory = Memory()
    memory.keep(taken(1, version=7), memory.age)
    assert memory.recall(1, 7)
    assert memory.recall(1, 8) is None
    assert memory.recall(1, 7) is None


def test_what_was_put_together_before_something_was_erased_is_not_taken_in() -> None:
    memory = Memory()
    age = memory.age
    memory.forget(2)
    memory.keep(taken(1), age)
    assert remembered(memory, 1) == []


def test_forgetting_a_topic_leaves_the_others() -> None:
    memory = Memory()
    for topic in (1, 2):
        memory.keep(taken(topic), memory.age)
    memory.forget(1)
    assert remembered(memory, 1, 2) == [2]
    memory.forget()
    assert remembered(memory, 1, 2) == []


async def _record(partner: DiscussionPartner, message: Message) -> None:
    await partner.record(HATS, [message])


@pytest.mark.parametrize(
    ("change", "shows"),
    [
        (lambda p, t: _record(p, LATER), lambda s: s.receipt.messages == 4),
        (lambda p, t: _record(p, RENAMED), lambda s: s.people[1].author == "benjamin"),
        (
            lambda p, t: _record(p, replace(SUN, posted_at=NIGHT)),
            lambda s: s.people[0].evidence[0].posted_at == NIGHT,
        ),
        (lambda p, t: p.delete(t, ["1"]), lambda s: s.receipt.messages == 2),
        (lambda p, t: p.opt_out("forum", "2"), lambda s: s.receipt.skipped == (OPTED_OUT,)),
        (lambda p, t: p.erase("forum", "2"), lambda s: s.receipt.authors == 2),
        (lambda p, t: p.record(replace(HATS, title="Caps"), []), lambda s: s.topic.title == "Caps"),
        (lambda p, t: p.summarise(t, refresh=True), lambda s: lead(s) == "Brief 2"),
    ],
)
def test_every_change_is_shown_at_once(
    path: Path, change: Change, shows: Callable[[Summary], bool]
) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        for _ in range(2):
            assert not shows(await partner.summarise(topic))
        await change(partner, topic)
        assert shows(await partner.summarise(topic))

    tell(path, Scripted(), story)


def test_what_another_program_does_is_shown_at_once(path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        assert (await partner.summarise(topic)).receipt.messages == 3
        with Archive.open(path) as another:
            another.delete(topic, [NUISANCE.source_id], NOON)
        assert (await partner.summarise(topic)).receipt.messages == 2
        with Archive.open(path) as another:
            another.delete_topic(topic)
        with pytest.raises(NotFound, match="There is no topic"):
            await partner.summarise(topic)

    tell(path, Scripted(), story)


WORD = re.compile("xylophone")


@pytest.mark.usefixtures("clean_memory")
@pytest.mark.parametrize(
    "change",
    [
        lambda p, t: p.delete(t, ["9"]),
        lambda p, t: _record(p, said(9, BEN, "Never mind.")),
        lambda p, t: p.erase("forum", "2"),
        lambda p, t: p.opt_out("forum", "2"),
        lambda p, t: p.delete_topic(t),
        lambda p, t: p.expire(days=1),
    ],
)
def test_words_that_were_erased_are_remembered_nowhere(path: Path, change: Change) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.record(HATS, _with_the_word())
        for engine in ("llm", "quotes"):
            await partner.summarise(topic, engine)
        assert held_in_memory(WORD)
        await change(partner, topic)
        assert held_in_memory(WORD) == set()

    tell(path, Scripted(), story, [SUN, REPAIR])


def _with_the_word() -> list[Message]:
    long_ago = NOON - timedelta(days=2)
    words = f"I wear a hat when I play the {WORD.pattern} in the park."
    return [replace(said(9, BEN, words), posted_at=long_ago)]
