"""A model from a file is a model to the bot, as one on a server is."""

from pathlib import Path

import discord
import pytest

from bot.client.cooldown import TooSoon
from bot.config import Config, DatabaseConfig, LLMConfig
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio


@pytest.fixture
def config(tmp_path: Path) -> Config:
    weights = tmp_path / "small-model.gguf"
    weights.write_bytes(b"GGUF and what follows")
    return Config(
        database=DatabaseConfig(path=tmp_path / "moot.db"),
        llm=LLMConfig(gguf=weights, context=4096),
    )


async def test_the_host_is_told_its_name_and_what_was_spent(world: World) -> None:
    role = world.guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
    status = shown(await world.person("hana", role).slash(world.channel(), "moot status"))
    assert "small-model" in status
    assert "**Spent today (UTC)**" in status


async def test_who_asks_it_again_has_to_wait(world: World) -> None:
    world.bot.cooldown.start(1)
    with pytest.raises(TooSoon):
        world.bot.cooldown.start(1)
