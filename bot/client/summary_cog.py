"""`/summary`, "Summarise from here", and the buttons that turn, refresh and quote a card."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import texts
from bot.client.answering import answer, turn
from bot.client.app import MootBot
from bot.client.choosing import topic_choices
from bot.client.presses import on_press
from bot.client.reach import Asked, Reached, bot_of, reach, reach_here, reach_named
from bot.client.sharing import share
from bot.client.views.card import quotes_card, summary_card
from bot.client.views.changes import changes_card
from bot.client.views.ids import Act
from bot.client.views.layout import Layout, notice
from bot.client.views.since import since
from bot.client.visiting import NEVER, last_seen, visited
from bot.core.summary import Summary
from bot.partner import Progress


class SummaryCog(commands.Cog):
    """Where a topic stands, for one person."""

    @app_commands.command(name="summary", description=texts.SUMMARY)
    @app_commands.describe(topic=texts.OF_TOPIC)
    @app_commands.autocomplete(topic=topic_choices)
    async def summary(self, interaction: Asked, topic: str | None = None) -> None:
        """A card that only the asker sees."""

        async def work(progress: Progress) -> Layout:
            reached = await reach_named(interaction, topic)
            summary = await drafted(interaction, reached, progress)
            return summary_card(summary, seen=await visited(interaction, reached))

        await answer(interaction, work)

    @app_commands.command(name="catchup", description=texts.CATCHUP)
    @app_commands.describe(topic=texts.OF_TOPIC)
    @app_commands.autocomplete(topic=topic_choices)
    async def catchup(self, interaction: Asked, topic: str | None = None) -> None:
        """What others said since the asker last looked."""

        async def work(progress: Progress) -> Layout:
            reached = await reach_named(interaction, topic)
            return await _since(interaction, reached, progress)

        await answer(interaction, work)


async def summarise_from_here(interaction: Asked, message: discord.Message) -> None:
    """What was said from a message on, and nothing from before."""

    async def work(progress: Progress) -> Layout:
        reached = await reach_here(interaction)
        return _from(await drafted(interaction, reached, progress), message.id, 1)

    await answer(interaction, work)


async def drafted(
    interaction: Asked, reached: Reached, progress: Progress, *, refresh: bool = False
) -> Summary:
    """The summary of a topic; whoever may no longer read the topic by then does not get it."""
    bot = bot_of(interaction)
    if refresh:
        bot.cooldown.start(reached.member.id)
    summary = await bot.partner.summarise(
        reached.topic.id, refresh=refresh, payer=reached.payer, progress=progress
    )
    await reached.again()
    return summary


async def _since(
    interaction: Asked, reached: Reached, progress: Progress, seen: int | None = None
) -> Layout:
    """What others changed after the last message that the reader had seen."""
    before = await visited(interaction, reached)
    seen = before if seen is None else seen
    if seen == NEVER:
        return notice("You have not been here before: /summary tells all of it.")
    start = await last_seen(interaction, reached, seen)
    if start is None:
        return notice("What you had seen here is gone: /summary tells what there is.")
    bot, person = bot_of(interaction), str(reached.member.id)
    bot.cooldown.start(reached.member.id)
    changed = await bot.partner.catch_up(
        reached.topic.id, start, person, payer=reached.payer, progress=progress
    )
    await reached.again()
    if not changed.new_messages:
        return notice("Nobody else has posted here since your last visit.")
    return changes_card(changed)


async def _turn_page(interaction: Asked, topic: int, page: int, seen: int | None = None) -> None:
    async def work(progress: Progress) -> Layout:
        reached = await reach(interaction, topic)
        summary = await drafted(interaction, reached, progress)
        before = await visited(interaction, reached) if seen is None else seen
        return summary_card(summary, page, seen=before)

    await turn(interaction, work)


async def _turn_page_from(interaction: Asked, topic: int, start: int, page: int) -> None:
    async def work(progress: Progress) -> Layout:
        reached = await reach(interaction, topic)
        return _from(await drafted(interaction, reached, progress), start, page)

    await turn(interaction, work)


async def _show_quotes(interaction: Asked, topic: int) -> None:
    """Beside the card, which stays."""

    async def work(progress: Progress) -> Layout:
        reached = await reach(interaction, topic)
        return quotes_card(await drafted(interaction, reached, progress))

    await answer(interaction, work)


async def _turn_quotes(interaction: Asked, topic: int, page: int) -> None:
    async def work(progress: Progress) -> Layout:
        reached = await reach(interaction, topic)
        return quotes_card(await drafted(interaction, reached, progress), page)

    await turn(interaction, work)


async def _refresh(interaction: Asked, topic: int, seen: int | None = None) -> None:
    async def work(progress: Progress) -> Layout:
        reached = await reach(interaction, topic)
        summary = await drafted(interaction, reached, progress, refresh=True)
        before = await visited(interaction, reached) if seen is None else seen
        return summary_card(summary, seen=before)

    await turn(interaction, work)


async def _show_new(interaction: Asked, topic: int, seen: int | None = None) -> None:
    """Beside the card, which stays."""

    async def work(progress: Progress) -> Layout:
        return await _since(interaction, await reach(interaction, topic), progress, seen)

    await answer(interaction, work)


def _from(summary: Summary, start: int, page: int) -> Layout:
    return summary_card(since(summary, start), page, start=start)


async def setup(bot: MootBot) -> None:
    """Adds the command, the menu and what the card's buttons do."""
    await bot.add_cog(SummaryCog())
    bot.tree.add_command(
        app_commands.ContextMenu(name=texts.SUMMARISE_FROM_HERE, callback=summarise_from_here)
    )
    bot.add_dynamic_items(
        on_press(Act.PAGE, 2, _turn_page),
        on_press(Act.PAGE, 3, _turn_page),
        on_press(Act.FROM, 3, _turn_page_from),
        on_press(Act.QUOTES, 1, _show_quotes),
        on_press(Act.QUOTES, 2, _turn_quotes),
        on_press(Act.REFRESH, 1, _refresh),
        on_press(Act.REFRESH, 2, _refresh),
        on_press(Act.SINCE, 1, _show_new),
        on_press(Act.SINCE, 2, _show_new),
        on_press(Act.SHARE, 1, share),
    )
