"""Serving Discord until somebody says stop; and what is said where that can't even begin.

Once signed in, a lost connection is no error: discord.py connects again, for as long as it takes.
"""

import asyncio
import logging
import signal
from collections.abc import Coroutine, Generator
from contextlib import contextmanager
from typing import Any

import aiohttp
import discord

from bot.client.app import MootBot
from bot.client.failures import record
from bot.config import DiscordConfig
from bot.core.errors import ConfigError, Unreachable

log = logging.getLogger(__name__)

_PORTAL = "https://discord.com/developers/applications"
NO_TOKEN = (
    "There is no bot token: set DISCORD_TOKEN, or token under [discord] in the configuration; "
    f"{_PORTAL} gives you one, under Bot."
)
BAD_TOKEN = f"Discord does not take this bot token: copy a new one from {_PORTAL}, under Bot."
NO_INTENT = (
    "Discord refuses this bot the Message Content intent, without which Moot can't keep what is "
    f"posted: switch it on at {_PORTAL}, under Bot; until then the terminal's commands (moot "
    "import, summary, suggest, ask) work all the same."
)


async def serve(bot: MootBot) -> None:
    """Runs the bot until SIGINT or SIGTERM, and closes it.

    Raises ConfigError without a token or with a wrong one, and where an intent is missing;
    Unreachable where Discord can't be reached; ArchiveError where the database can't be used.
    """
    token = token_in(bot.config.discord)
    # Moot says nothing aloud: that no libraries for it are installed is not worth a warning.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    async with bot:
        asyncio.get_running_loop().set_exception_handler(_record_stray)
        with in_plain_words():
            if await was_stopped(bot.start(token)):
                log.info("Stopped.")


async def was_stopped(work: Coroutine[None, None, None]) -> bool:
    """Does the work; True where SIGINT or SIGTERM ended it, after it has tidied up."""
    doing = asyncio.create_task(work)
    with _stopped_by_signals(doing):
        try:
            await doing
        except asyncio.CancelledError:
            caller = asyncio.current_task()
            if caller is None or caller.cancelling():
                raise
            return True
    return False


def _record_stray(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """asyncio itself would log what the error of a forgotten task says, which may be words."""
    error = context.get("exception")
    if isinstance(error, BaseException):
        record(error, "Work that nobody waited for")
    else:
        log.error("%s", context["message"])


def token_in(settings: DiscordConfig) -> str:
    """The bot token. Raises ConfigError where there is none, or none that Discord could take."""
    token = settings.token.get_secret_value().strip() if settings.token else ""
    if not token:
        raise ConfigError(NO_TOKEN)
    if not token.isascii() or not token.isprintable() or " " in token:
        raise ConfigError(BAD_TOKEN)
    return token


@contextmanager
def _stopped_by_signals(doing: asyncio.Task[None]) -> Generator[None]:
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)
    try:
        for each in signals:
            loop.add_signal_handler(each, doing.cancel)
    except NotImplementedError:  # Windows: Ctrl-C comes as KeyboardInterrupt.
        yield
        return
    try:
        yield
    finally:
        for each in signals:
            loop.remove_signal_handler(each)


@contextmanager
def in_plain_words() -> Generator[None]:
    """Raises ConfigError and Unreachable in place of discord.py's errors at signing in."""
    try:
        yield
    except discord.LoginFailure:
        raise ConfigError(BAD_TOKEN) from None
    except discord.PrivilegedIntentsRequired:
        raise ConfigError(NO_INTENT) from None
    except discord.HTTPException as error:
        raise Unreachable(
            f"Discord does not let Moot sign in just now (status {error.status}); try again later."
        ) from None
    except discord.ConnectionClosed as error:
        raise Unreachable(
            f"Discord closed the connection for good (code {error.code}); try again later."
        ) from None
    except (aiohttp.ClientError, discord.GatewayNotFound, OSError):
        raise Unreachable(
            "Discord can't be reached: check the network, or https://discordstatus.com."
        ) from None
