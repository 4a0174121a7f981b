"""Who asks is answered in time, whatever else goes on."""

import sqlite3
import threading

import pytest

from tests.client.world import World

pytestmark = pytest.mark.anyio


async def test_an_answer_is_deferred_at_once_while_another_program_writes(world: World) -> None:
    mira = world.person("mira")
    thread = await world.post(mira, world.forum(), "Tea", "I think that tea is better.")
    other = sqlite3.connect(world.bot.config.database.path, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    deferred_meanwhile: list[bool] = []

    def let_go() -> None:
        asked = [each.path for each in world.env.http_requests]
        deferred_meanwhile.append(any("/callback" in path for path in asked))
        other.rollback()
        other.close()

    release = threading.Timer(0.5, let_go)
    release.start()
    answer = await mira.slash(thread, "summary")
    release.join()
    assert deferred_meanwhile == [True]
    assert answer.response is not None
