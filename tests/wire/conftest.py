"""The real bot, signed in to a small Discord on loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.archive import Archive, GuildSettings
from bot.client import MootBot, create_bot
from bot.config import Config, DatabaseConfig, DiscordConfig
from tests.wire.server import FORUM, SERVER, Wire, serving
from tests.wire.waiting import until


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with serving() as wire:
        yield wire


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A database in which the server's forum is chosen, and the right token."""
    path = tmp_path / "moot.db"
    with Archive.open(path) as archive:
        archive.keep_settings(str(SERVER), GuildSettings(channels=frozenset({str(FORUM)})))
    return Config(
        database=DatabaseConfig(path=path),
        discord=DiscordConfig(token="right"),  # type: ignore[arg-type]
    )


@asynccontextmanager
async def signed_in(config: Config) -> AsyncIterator[MootBot]:
    """The bot, signed in and ready."""
    bot = create_bot(config)
    bot._connection.guild_ready_timeout = 0
    bot.before_identify_hook = _at_once  # type: ignore[method-assign]
    async with bot:
        running = asyncio.create_task(bot.start("right"))
        await until(bot.is_ready)
        yield bot
    await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
async def bot(wire: Wire, config: Config) -> AsyncIterator[MootBot]:
    async with signed_in(config) as bot:
        yield bot


async def _at_once(shard_id: int | None, *, initial: bool = False) -> None:
    """Discord wants five seconds between two sign-ins; this one does not."""
