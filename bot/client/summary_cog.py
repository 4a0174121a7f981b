"""`/summary`, `/catchup`, "Summarise from here", and what the buttons of their cards lead to."""

import discord
from discord import app_commands
from discord.app_commands import Range
from discord.ext import commands

from bot.client import texts
from bot.client.answering import answer, turn
from bot.client.app import MootBot
from bot.client.ask_cog import ask_what
from bot.client.choosing import topic_choices
from bot.client.contest_cog import ask_which
from bot.client.presses import on_choice, on_press
from bot.client.reach import Asked, reach, reach_here, reach_named
from bot.client.sharing import share
from bot.client.summaries import news, part, people, whole
from bot.client.views.ids import Act
from bot.client.views.layout import Layout
from bot.client.visiting import last_hours, since_message
from bot.partner import Progress

MOST_HOURS = 720


class SummaryCog(commands.Cog):
    """What a topic comes to, for one person."""

    @app_commands.command(name="summary", description=texts.SUMMARY)
    @app_commands.describe(topic=texts.OF_TOPIC, hours=texts.OF_HOURS)
    @app_commands.autocomplete(topic=topic_choices)
    async def summary(
        self,
        interaction: Asked,
        topic: str | None = None,
        hours: Range[int, 1, MOST_HOURS] | None = None,
    ) -> None:
        """A card that only the asker sees: of the whole topic, or of its last hours."""

        async def work(progress: Progress) -> Layout:
            reached = await reach_named(interaction, topic)
            if hours is None:
                return await whole(interaction, reached, progress)
            return await part(interaction, reached, progress, last_hours(hours))

        await answer(interaction, work)

    @app_commands.command(name="catchup", description=texts.CATCHUP)
    @app_commands.describe(topic=texts.OF_TOPIC)
    @app_commands.autocomplete(topic=topic_choices)
    async def catchup(self, interaction: Asked, topic: str | None = None) -> None:
        """What others said since the asker last looked, or last wrote; else all of it."""

        async def work(progress: Progress) -> Layout:
            reached = await reach_named(interaction, topic)
            return await news(interaction, reached, progress)

        await answer(interaction, work)


async def summarise_from_here(interaction: Asked, message: discord.Message) -> None:
    """What was said from a message on, and nothing from before."""

    async def work(progress: Progress) -> Layout:
        reached = await reach_here(interaction)
        stretch = await since_message(interaction, reached, message.id)
        if stretch is None:
            return await whole(interaction, reached, progress)
        return await part(interaction, reached, progress, stretch)

    await answer(interaction, work)


async def _show_new(interaction: Asked, topic: int, seen: int | None = None) -> None:
    """Beside the card, which stays."""

    async def work(progress: Progress) -> Layout:
        return await news(interaction, await reach(interaction, topic), progress, seen)

    await answer(interaction, work)


async def _show_whole(interaction: Asked, topic: int) -> None:
    """In place of the card of a stretch."""

    async def work(progress: Progress) -> Layout:
        return await whole(interaction, await reach(interaction, topic), progress)

    await turn(interaction, work)


async def _show_people(interaction: Asked, topic: int, after: int) -> None:
    """Beside the card, which stays."""

    async def work(progress: Progress) -> Layout:
        return await people(interaction, topic, after, 1, progress)

    await answer(interaction, work)


async def _turn_people(interaction: Asked, topic: int, after: int, page: int) -> None:
    async def work(progress: Progress) -> Layout:
        return await people(interaction, topic, after, page, progress)

    await turn(interaction, work)


async def _more(
    interaction: Asked, chosen: frozenset[str], topic: int, visit: int | None = None
) -> None:
    """Does what was chosen in the card's menu."""
    if "ask" in chosen:
        return await ask_what(interaction, topic)
    if "misstates" in chosen:
        return await ask_which(interaction, topic)

    async def work(progress: Progress) -> Layout:
        reached = await reach(interaction, topic)
        return await whole(interaction, reached, progress, visit, refresh=True)

    return await turn(interaction, work)


async def setup(bot: MootBot) -> None:
    """Adds the commands, the menu and what the cards' buttons do."""
    await bot.add_cog(SummaryCog())
    bot.tree.add_command(
        app_commands.ContextMenu(name=texts.SUMMARISE_FROM_HERE, callback=summarise_from_here)
    )
    bot.add_dynamic_items(
        on_press(Act.PEOPLE, 2, _show_people),
        on_press(Act.PEOPLE, 3, _turn_people),
        on_press(Act.WHOLE, 1, _show_whole),
        on_press(Act.SINCE, 1, _show_new),
        on_press(Act.SINCE, 2, _show_new),
        on_press(Act.SHARE, 1, share),
        on_choice(Act.MORE, _more, 1),
        on_choice(Act.MORE, _more, 2),
    )
