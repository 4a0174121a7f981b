"""The bot's process: `moot run` against the server on loopback, until it is killed."""

import asyncio
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from resource import RLIMIT_FSIZE, prlimit
from signal import SIGKILL
from typing import Self

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.archive import Archive, GuildSettings
from bot.client import MootBot, create_bot, serve
from bot.config import Config, DatabaseConfig, DiscordConfig, LLMConfig
from tests.crash.server import Server, processes
from tests.wire.server import FORUM, SERVER

CONTEXT = 6_000
"""Tokens: few enough that the old threads are read in chapters, so that kills come in between."""


def prepare(path: Path) -> None:
    """A database in which the host has chosen the server's forum."""
    with Archive.open(path) as archive:
        archive.keep_settings(str(SERVER), GuildSettings(channels=frozenset({str(FORUM)})))


@dataclass
class Bot:
    """A running bot."""

    process: ForkServerProcess
    leash: Connection

    @classmethod
    def start(
        cls, server: Server, path: Path, *, model: bool, statements: int | None = None
    ) -> Self:
        """Starts it, and does not wait for anything; it logs into `bot.log` beside its database.

        With `statements` it is killed before its writer executes that many: also within a write.
        """
        theirs, ours = processes.Pipe(duplex=False)
        config = _config(path, server.model_url if model else None)
        process = processes.Process(
            target=_run, args=(config, server.port, theirs, statements), daemon=True
        )
        process.start()
        theirs.close()
        return cls(process, ours)

    @property
    def is_alive(self) -> bool:
        """Whether nothing ended it."""
        return self.process.is_alive()

    @property
    def gave_up(self) -> bool:
        """Whether it ended, but was not killed."""
        return self.process.exitcode not in (None, -SIGKILL)

    @contextmanager
    def full_disk(self) -> Iterator[None]:
        """No file of the bot's can grow or be written to for the length of the block."""
        (_, most) = prlimit(self.process.pid, RLIMIT_FSIZE)
        prlimit(self.process.pid, RLIMIT_FSIZE, (0, most))
        try:
            yield
        finally:
            if self.is_alive:
                prlimit(self.process.pid, RLIMIT_FSIZE, (most, most))

    def kill(self) -> None:
        """SIGKILL: it gets to do nothing any more."""
        self.process.kill()
        self.process.join()
        self.leash.close()


def _config(path: Path, model_url: str | None) -> Config:
    model = {"model": "scripted", "base_url": model_url, "timeout": 5, "context": CONTEXT}
    return Config(
        database=DatabaseConfig(path=path),
        discord=DiscordConfig.model_validate({"token": "right"}),
        llm=LLMConfig.model_validate(model if model_url else {}),
    )


def _run(config: Config, port: int, leash: Connection, statements: int | None) -> None:
    threading.Thread(target=_end_with, args=(leash,), daemon=True).start()
    log = config.database.path.with_name("bot.log")
    told = "%(asctime)s.%(msecs)03d %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(
        filename=log, level=logging.INFO, format=told, datefmt="%H:%M:%S", force=True
    )
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/")
    bot = create_bot(config)
    bot._connection.guild_ready_timeout = 0
    if statements:
        bot.setup_hook = partial(_set_up, bot, statements)  # type: ignore[method-assign]
    asyncio.run(serve(bot))


async def _set_up(bot: MootBot, statements: int) -> None:
    left = count(statements, -1)

    def count_down(statement: str) -> None:
        if not next(left):
            os.kill(os.getpid(), SIGKILL)

    await bot.partner.open()
    await bot.partner._threads.write(
        lambda archive: archive._connection._db.set_trace_callback(count_down)
    )
    await MootBot.setup_hook(bot)


def _end_with(leash: Connection) -> None:
    """Ends the process with whoever holds the other end: no bot stays behind an aborted test."""
    try:
        leash.recv()
    except EOFError:
        os._exit(1)
