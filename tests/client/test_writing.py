"""Events that can't be written just now: each waits, and none is lost or comes out of its order."""

import asyncio
import logging
from dataclasses import dataclass, field
from functools import partial

import pytest

from bot.client.writing import MOST_WAITING, Writing
from bot.core.errors import ArchiveUnavailable
from tests.wire.waiting import until

pytestmark = pytest.mark.anyio


@dataclass
class Shelf:
    """What is written to; nothing can be while it is shut."""

    is_shut: bool = True
    first_takes: float = 0.0
    written: list[str] = field(default_factory=list)
    caught_up: int = 0

    def __post_init__(self) -> None:
        self.writing = Writing(caught_up=self._catch_up)

    async def hear(self, *words: str) -> None:
        for each in words:
            await self.writing.write(partial(self._put, each))

    async def _put(self, words: str) -> None:
        takes, self.first_takes = self.first_takes, 0.0
        await asyncio.sleep(takes)
        if self.is_shut:
            raise ArchiveUnavailable("The disk is full.")
        if words == "nonsense":
            raise ValueError(words)
        self.written.append(words)

    def _catch_up(self) -> None:
        self.caught_up += 1


async def test_what_has_to_wait_is_written_in_its_order_once_that_can_be() -> None:
    shelf = Shelf()
    await shelf.hear("one", "two")
    shelf.is_shut = False
    await shelf.hear("three")
    assert shelf.written == []
    assert await until(lambda: shelf.caught_up)
    assert shelf.written == ["one", "two", "three"]
    await shelf.hear("four")
    assert shelf.written == ["one", "two", "three", "four"]


async def test_events_that_come_at_once_are_written_one_after_the_other() -> None:
    shelf = Shelf(is_shut=False, first_takes=0.05)
    words = [str(number) for number in range(20)]
    await asyncio.gather(*(shelf.hear(each) for each in words))
    assert shelf.written == words


async def test_what_fails_for_good_is_told_at_once_and_holds_up_nothing_that_waits() -> None:
    shelf = Shelf(is_shut=False)
    with pytest.raises(ValueError, match="nonsense"):
        await shelf.hear("nonsense")
    shelf.is_shut = True
    await shelf.hear("one", "nonsense", "two")
    shelf.is_shut = False
    assert await until(lambda: shelf.caught_up)
    assert shelf.written == ["one", "two"]


async def test_what_waits_at_the_end_is_tried_once_more(caplog: pytest.LogCaptureFixture) -> None:
    shelf = Shelf()
    await shelf.hear("one", "two")
    await shelf.writing.close()
    assert "Keeping the last 2 events failed" in caplog.text
    shelf.is_shut = False
    await shelf.writing.close()
    assert shelf.written == ["one", "two"]


async def test_more_than_is_remembered_is_said_to_be_lost(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    shelf = Shelf()
    await shelf.hear(*map(str, range(MOST_WAITING)))
    assert not caplog.records
    await shelf.hear("one too many")
    assert "is looked for in the histories" in caplog.text
    shelf.is_shut = False
    await shelf.writing.close()
    assert len(shelf.written) == MOST_WAITING
