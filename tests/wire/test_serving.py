"""What `serve` says where the bot can't even begin, and how it ends."""

import asyncio
import os
import signal

import pytest

from bot.client import create_bot, serve
from bot.config import Config, DiscordConfig
from bot.core.errors import ConfigError, Unreachable
from tests.wire.server import Answer, Wire
from tests.wire.waiting import until

pytestmark = pytest.mark.anyio


def with_token(config: Config, token: str | None) -> Config:
    return config.model_copy(update={"discord": DiscordConfig(token=token)})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("token", "told"),
    [
        (None, "There is no bot token: set DISCORD_TOKEN"),
        ("  ", "There is no bot token: set DISCORD_TOKEN"),
        ("wrong", "Discord does not take this bot token"),
        ("two words", "Discord does not take this bot token"),
        ("two\nlines", "Discord does not take this bot token"),
        ("jetön", "Discord does not take this bot token"),
    ],
)
async def test_a_token_that_will_not_do(
    wire: Wire, config: Config, token: str | None, told: str
) -> None:
    with pytest.raises(ConfigError, match=told):
        await serve(create_bot(with_token(config, token)))


async def test_without_the_message_content_intent(wire: Wire, config: Config) -> None:
    wire.intents = 0
    with pytest.raises(ConfigError, match="refuses this bot the Message Content intent"):
        await serve(create_bot(config))


async def test_a_discord_that_lets_nobody_in(wire: Wire, config: Config) -> None:
    wire.out_of_turn["/users/@me"] = [Answer(503, {"message": "Maintenance."})]
    with pytest.raises(Unreachable, match="status 503"):
        await serve(create_bot(config))


async def test_no_network(wire: Wire, config: Config) -> None:
    from discord.http import Route

    Route.BASE = "http://127.0.0.1:1/api/v10"
    with pytest.raises(Unreachable, match="can't be reached"):
        await serve(create_bot(config))


async def test_a_connection_closed_for_good(wire: Wire, config: Config) -> None:
    serving = asyncio.create_task(serve(create_bot(config)))
    await until(lambda: wire.socket)
    await wire.drop(4013)
    with pytest.raises(Unreachable, match="code 4013"):
        await serving


@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_it_cleanly(wire: Wire, config: Config, which: signal.Signals) -> None:
    bot = create_bot(config)
    serving = asyncio.create_task(serve(bot))
    await until(lambda: wire.socket)
    os.kill(os.getpid(), which)
    await asyncio.wait_for(serving, 5)
    assert bot.is_closed()
    log = config.database.path.with_name("moot.db-wal")
    assert not log.exists()
