"""The real bot in simcord, over a database file of its own, for every test that asks for one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import simcord
from discord import app_commands

from bot.client import create_bot
from bot.client.failures import UNKNOWN, sentence_for
from bot.config import Config, DatabaseConfig
from tests.client.simcord_shims import like_discord
from tests.client.world import World


@pytest.fixture
def anyio_backend() -> str:
    """discord.py is made for asyncio alone."""
    return "asyncio"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """No model, no token, a database file of the test's own."""
    return Config(database=DatabaseConfig(path=tmp_path / "moot.db"))


@pytest.fixture
async def world(config: Config) -> AsyncIterator[World]:
    """A server with the bot in it. An error that no person was told of fails the test."""
    world = World(create_bot(config))
    try:
        async with simcord.run(world.bot, check_errors=False) as env:
            with like_discord(env):
                world.open(env)
                yield world
                await env.settle()
                expected = {id(each) for each in world.forgiven}
                failed = [e for e in env.errors if id(e) not in expected and not _told(e)]
    finally:
        await world.bot.close()
    if failed:
        raise BaseExceptionGroup("the bot failed", failed)


def _told(error: BaseException) -> bool:
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    return sentence_for(cause, "A test") != UNKNOWN
