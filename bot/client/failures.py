"""What a person is told when something they asked for could not be done, and what the log is.

Every command, button and modal ends here when it fails. A log line holds no words of a message:
an exception of a library may quote them, so its text is left out.
"""

import logging
import traceback
from typing import Any

import discord
from discord import app_commands

from bot.client.views.members import for_members
from bot.core.errors import ArchiveError, ArchiveUnavailable, MootError

log = logging.getLogger(__name__)

AS_SET_UP = "That can't be done here as Moot is set up: ask its host."
UNKNOWN = (
    "That did not work, through no fault of yours: try again in a minute; the host finds the "
    "reason in Moot's log."
)
NOT_NOW = (
    "Moot can't get at what it keeps just now, so that could not be done: try again in a few "
    "minutes. The host finds the reason in Moot's log."
)
_TOO_LATE = frozenset({10062, 10015, 50027})
"""Discord's codes for an interaction, a webhook and a token that is no longer valid."""


async def explain(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """Tells the person who asked, in one sentence that only they see, why it did not work."""
    await tell(interaction, sentence_for(_cause(error), _what(interaction)))


def sentence_for(error: BaseException, doing: str) -> str:
    """The sentence for a person; what only the host can help with goes to the log besides."""
    sentence = _sentence(error)
    unfit = isinstance(error, ArchiveUnavailable | discord.HTTPException)
    if sentence in (None, AS_SET_UP) or unfit:
        record(error, doing)
    return sentence or UNKNOWN


def _sentence(error: BaseException) -> str | None:
    match error:
        # What is wrong with which file is the host's business, and nobody else can mend it.
        case ArchiveUnavailable():
            return NOT_NOW
        case ArchiveError():
            return None
        case MootError():
            return for_members(str(error)) or AS_SET_UP
        case discord.HTTPException(code=40067):
            return "A post there needs a tag: ask again, and choose one."
        case discord.DiscordServerError():
            return "Discord had a fault of its own just now: try again in a minute."
        case app_commands.MissingPermissions():
            missing = ", ".join(name.replace("_", " ") for name in error.missing_permissions)
            return f"You need the permission to do that: {missing}."
        case app_commands.CommandOnCooldown():
            return f"That was asked just now; try again in {error.retry_after:.0f} s."
        case app_commands.CheckFailure():
            return "You may not do that here."
        case _:
            return None


async def tell(interaction: discord.Interaction[Any], sentence: str) -> None:
    """Answers where only the person sees it; once the token has run out, in a direct message."""
    try:
        if interaction.response.is_done():
            await interaction.followup.send(sentence, ephemeral=True)
        else:
            await interaction.response.send_message(sentence, ephemeral=True)
    except discord.HTTPException as error:
        if error.code not in _TOO_LATE:
            raise
        await _tell_directly(interaction.user, sentence)


def record(error: BaseException, doing: str) -> None:
    """Logs an error: its kind and where it came from; what it says only where Moot wrote that."""
    trace = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s failed: %s\n%s", doing, _named(error), trace)


async def _tell_directly(person: discord.User | discord.Member, sentence: str) -> None:
    try:
        await person.send(sentence)
    except discord.Forbidden:
        log.warning("User %d takes no direct messages: an answer came too late.", person.id)


def _cause(error: BaseException) -> BaseException:
    return error.original if isinstance(error, app_commands.CommandInvokeError) else error


def _named(error: BaseException) -> str:
    name = type(error).__qualname__
    match error:
        case discord.HTTPException():
            return f"{name} {error.status}/{error.code}"
        case MootError():
            return f"{name}: {error}"
        case _:
            return name


def _what(interaction: discord.Interaction[Any]) -> str:
    command = interaction.command
    return f"/{command.qualified_name}" if command else f"An interaction ({interaction.type.name})"
