"""A reading that breaks off, however it does, keeps what it read and goes on from there."""

import asyncio
import os
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.core.summary import Summary
from bot.core.windows import Window
from bot.partner import DiscussionPartner
from tests.endpoint import Reply, asked, serving
from tests.engines.llm.world import ANA, BEN, CHO, GoodModel, configured, say, with_partner
from tests.partner.world import Scripted, tell

ONE_BY_ONE = {"window": 1, "at_once": 1}
LONG = tuple(
    say(number, (ANA, BEN, CHO)[number % 3], f"Hat {number} is the best hat that there is.")
    for number in range(1, 13)
)


class Interrupted(GoodModel):
    """Takes its time over one message, until it is let go on."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.read: list[int] = []
        self.at = at
        self.go_on = threading.Event()

    def __call__(self, request: dict[str, Any]) -> Reply:
        reply = super().__call__(request)
        if self.asked[-1] == "read":
            number = int(re.findall(r"Hat (\d+) ", asked(request))[-1])
            self.read.append(number)
            reply.wait = self.go_on if number == self.at else None
        return reply


def test_a_process_that_is_killed_has_lost_only_what_it_had_in_hand(path: Path) -> None:
    model = Interrupted(at=6)
    with serving(model) as endpoint:
        config = configured(path.parent, endpoint.url, **ONE_BY_ONE)
        topic = with_partner(config, _its_id, LONG)
        environment = {
            "MOOT_LLM__MODEL": "scripted",
            "MOOT_LLM__BASE_URL": endpoint.url,
            "MOOT_LLM__WINDOW": "1",
            "MOOT_LLM__AT_ONCE": "1",
        }
        command = [sys.executable, "-m", "bot", "summary", str(topic)]
        reading = subprocess.Popen(
            [*command, "--db", str(config.database.path)],
            env={**os.environ, **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_until(lambda: _readings(config.database.path) == 5 and 6 in model.read)
        finally:
            reading.kill()
            reading.wait()
            model.go_on.set()
        assert model.read == [1, 2, 3, 4, 5, 6]
        model.read.clear()
        summary = with_partner(config, _summarised, LONG)
    assert sorted(model.read) == [6, 7, 8, 9, 10, 11, 12]
    assert (summary.receipt.read, len(summary.viewpoints)) == (12, 12)


def test_a_request_that_is_given_up_keeps_what_was_read(path: Path) -> None:
    engine = Scripted(budget=1)
    kept = asyncio.Event()

    async def never_end_the_last(window: Window) -> None:
        if window.messages[-1].message == "3":
            await asyncio.Event().wait()

    engine.while_reading = never_end_the_last

    async def give_up(partner: DiscussionPartner, topic: int) -> None:
        asked = asyncio.create_task(
            partner.summarise(topic, progress=lambda read, _: kept.set() if read == 2 else None)
        )
        await kept.wait()
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked

    async def ask_again(partner: DiscussionPartner, topic: int) -> None:
        assert (await partner.summarise(topic)).receipt.read == 3

    tell(path, engine, give_up)
    again = Scripted(budget=1)
    tell(path, again, ask_again)
    assert again.windows == [["3"]]


def test_a_defect_in_the_middle_costs_what_it_hits_and_no_more(path: Path) -> None:
    engine = Scripted(budget=1)

    async def break_down(window: Window) -> None:
        if window.messages[-1].message == "2":
            raise RuntimeError("a defect")

    engine.while_reading = break_down

    async def fail(partner: DiscussionPartner, topic: int) -> None:
        with pytest.raises(RuntimeError, match="a defect"):
            await partner.summarise(topic)

    async def ask_again(partner: DiscussionPartner, topic: int) -> None:
        assert (await partner.summarise(topic)).receipt.read == 3

    tell(path, engine, fail)
    again = Scripted(budget=1)
    tell(path, again, ask_again)
    assert again.windows == [["2"]]


async def _its_id(partner: DiscussionPartner, topic: int) -> int:
    return topic


async def _summarised(partner: DiscussionPartner, topic: int) -> Summary:
    return await partner.summarise(topic, "llm")


def _readings(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT count(*) FROM readings").fetchone()[0]


def _wait_until(holds: Callable[[], bool]) -> None:
    for _ in range(200):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("It never came to that.")
