"""`/privacy`: what is kept about the one who asks, and an end to it. Nobody acts for another."""

import io
from functools import partial

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import texts
from bot.client.answering import answer
from bot.client.app import MootBot
from bot.client.convert import SOURCE
from bot.client.permissions import member_now
from bot.client.presses import on_press
from bot.client.reach import Asked, bot_of
from bot.client.reading import is_of, readable
from bot.client.views.ids import Act
from bot.client.views.layout import Layout, notice
from bot.client.views.privacy import privacy_card, sure
from bot.client.views.words import number
from bot.core.errors import MootError
from bot.core.inert import json_text
from bot.partner import Progress

LARGEST_FILE = 8_000_000
"""Bytes that Discord takes in any server."""
MOST_REQUESTS = 1_000
"""Requests to Discord for one document, about threads that somebody has been in."""
CANCELLED = "Cancelled: nothing was changed."
ON_DISCORD = "What stands on Discord itself is yours to delete there."


class TooLarge(MootError):
    """A document that no message can carry."""


class PrivacyCog(commands.Cog):
    """What people may ask about their own words."""

    @app_commands.command(name="privacy", description=texts.PRIVACY)
    async def privacy(self, interaction: Asked) -> None:
        """What is kept, and buttons."""

        async def work(progress: Progress) -> Layout:
            return await _overview(interaction)

        await answer(interaction, work)


async def _overview(interaction: Asked) -> Layout:
    partner = bot_of(interaction).partner
    kept = await partner.export(SOURCE, str(interaction.user.id))
    days = (await partner.settings(str(interaction.guild_id))).keep_days
    written = [len(topic["messages"]) for topic in kept["topics"] if topic["messages"]]
    return privacy_card(sum(written), len(written), days, is_out=kept["opted_out"] is not None)


async def _export(interaction: Asked) -> None:
    """Hands it over as a file that only they see."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    kept = await bot_of(interaction).partner.export(
        SOURCE, str(interaction.user.id), await _readable(interaction)
    )
    document = json_text(kept).encode()
    if len(document) > LARGEST_FILE:
        raise TooLarge("Your data is too large for a message; the host can hand it to you.")
    file = discord.File(io.BytesIO(document), "moot-my-data.json")
    await interaction.followup.send("All that is kept about you:", file=file, ephemeral=True)


async def _readable(interaction: Asked) -> frozenset[int]:
    """The topics that the one who asks has been in, in whichever server, and may read now."""
    bot, person = bot_of(interaction), str(interaction.user.id)
    own = await bot.partner.frequented(SOURCE, person)
    topics = [each for each in await bot.partner.topics() if each.id in own]
    found: set[int] = set()
    for guild in bot.guilds:
        is_theirs = any(map(partial(is_of, guild), topics))
        if is_theirs and (member := await member_now(guild, interaction.user.id)):
            allowed = await readable(member, topics, frequented=own, requests=MOST_REQUESTS)
            found |= {each.id for each in allowed}
    return frozenset(found)


async def _ask_about_opting_out(interaction: Asked) -> None:
    await _ask(interaction, Act.OPTOUT)


async def _ask_about_erasing(interaction: Asked) -> None:
    await _ask(interaction, Act.ERASE)


async def _ask(interaction: Asked, act: Act) -> None:
    await interaction.response.send_message(view=sure(act), ephemeral=True)


async def _opt_out(interaction: Asked) -> None:
    async def work(progress: Progress) -> Layout:
        bot_of(interaction).taking_back.start(interaction.user.id)
        gone = await bot_of(interaction).partner.opt_out(SOURCE, str(interaction.user.id))
        return notice(f"You have opted out. {_gone(gone)}")

    await answer(interaction, work)


async def _opt_in(interaction: Asked) -> None:
    async def work(progress: Progress) -> Layout:
        await bot_of(interaction).partner.opt_in(SOURCE, str(interaction.user.id))
        return notice("Welcome back. What you write from now on is kept.")

    await answer(interaction, work)


async def _erase(interaction: Asked) -> None:
    async def work(progress: Progress) -> Layout:
        bot_of(interaction).taking_back.start(interaction.user.id)
        gone = await bot_of(interaction).partner.erase(SOURCE, str(interaction.user.id))
        return notice(_gone(gone))

    await answer(interaction, work)


async def _cancel(interaction: Asked) -> None:
    """Puts that nothing was done in place of the question."""
    await interaction.response.edit_message(view=notice(CANCELLED))


def _gone(messages: int) -> str:
    return (
        f"{number(messages, 'message')} of yours erased, with all that rested on it. {ON_DISCORD}"
    )


async def setup(bot: MootBot) -> None:
    """Adds the command and what its buttons do."""
    await bot.add_cog(PrivacyCog())
    bot.add_dynamic_items(
        on_press(Act.EXPORT, 0, _export),
        on_press(Act.OPTIN, 0, _opt_in),
        on_press(Act.OPTOUT, 0, _ask_about_opting_out),
        on_press(Act.OPTOUTNOW, 0, _opt_out),
        on_press(Act.ERASE, 0, _ask_about_erasing),
        on_press(Act.ERASENOW, 0, _erase),
        on_press(Act.CANCEL, 0, _cancel),
    )
