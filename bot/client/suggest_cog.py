"""`/suggest`, "Suggest a reply", and what can be done with a draft."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.archive import Basis
from bot.client import texts
from bot.client.answering import answer
from bot.client.app import MootBot
from bot.client.choosing import intent_choices, topic_choices
from bot.client.failures import explain
from bot.client.posting import drafted, is_form, open_form, post_form, remove
from bot.client.presses import on_press
from bot.client.reach import Asked, Reached, bot_of, reach, reach_here, reach_named
from bot.client.views.basis import told
from bot.client.views.ids import Act
from bot.client.views.layout import Layout
from bot.client.views.shortening import shortened
from bot.client.views.suggestions import (
    AT_ONCE,
    MOST,
    copy_card,
    draft_card,
    suggestions_card,
)
from bot.core.errors import NotFound
from bot.core.summary import Intent, Suggestions
from bot.engines import Wanted
from bot.partner import Progress


class SuggestCog(commands.Cog):
    """Drafts of a reply, which are posted by a person or not at all."""

    @app_commands.command(name="suggest", description=texts.SUGGEST)
    @app_commands.describe(topic=texts.OF_TOPIC, intent=texts.OF_INTENT)
    @app_commands.autocomplete(topic=topic_choices, intent=intent_choices)
    async def suggest(
        self, interaction: Asked, topic: str | None = None, intent: str | None = None
    ) -> None:
        """Three drafts that only the asker sees."""

        async def work(progress: Progress) -> Layout:
            reached = await reach_named(interaction, topic)
            return await _drafts(interaction, reached, progress, _intent(intent))

        await answer(interaction, work)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Asked) -> None:
        """Takes the form in which a draft was edited."""
        if is_form(interaction):
            try:
                await post_form(interaction)
            except Exception as error:
                await explain(interaction, error)


async def suggest_a_reply(interaction: Asked, message: discord.Message) -> None:
    """Drafts for the thread in which a message stands."""

    async def work(progress: Progress) -> Layout:
        return await _drafts(interaction, await reach_here(interaction), progress)

    await answer(interaction, work)


async def _drafts(
    interaction: Asked,
    reached: Reached,
    progress: Progress,
    intent: Intent | None = None,
    passed_over: int = 0,
) -> Layout:
    count = min(passed_over + AT_ONCE, MOST)
    wanted = Wanted(count=count, intent=intent, viewer=str(reached.member.id))
    bot = bot_of(interaction)
    bot.cooldown.start(reached.member.id)
    drafts = await bot.partner.suggest(
        reached.topic.id, wanted, payer=reached.payer, progress=progress
    )
    bot.cooldown.judge(reached.member.id, drafts.engine)
    await reached.again()
    return suggestions_card(drafts, passed_over, await _rests_on(bot, drafts))


async def _rests_on(bot: MootBot, drafts: Suggestions) -> frozenset[Basis]:
    """What the drafts were written in sight of."""
    kept = [await bot.partner.draft(each.id) for each in drafts.suggestions]
    return frozenset(basis for each in kept for basis in told(each.topic_id, each.rests_on))


def _intent(typed: str | None) -> Intent | None:
    """The intent that somebody chose, or typed. Raises NotFound where there is no such intent."""
    if not typed:
        return None
    if typed.casefold() not in set(Intent):
        raise NotFound(f"There is no such intent; there are {', '.join(Intent)}.")
    return Intent(typed.casefold())


async def _suggest(interaction: Asked, topic: int, passed_over: int = 0) -> None:
    async def work(progress: Progress) -> Layout:
        reached = await reach(interaction, topic)
        return await _drafts(interaction, reached, progress, passed_over=passed_over)

    await answer(interaction, work)


async def _copy(interaction: Asked, draft: int, times: int) -> None:
    async def work(progress: Progress) -> Layout:
        its = await drafted(interaction, draft)
        return copy_card(shortened(its.text, times), its.rests_on)

    await answer(interaction, work)


async def _shorten(interaction: Asked, draft: int, times: int) -> None:
    async def work(progress: Progress) -> Layout:
        its = await drafted(interaction, draft)
        return draft_card(draft, shortened(its.text, times), times, its.rests_on)

    await answer(interaction, work)


async def _edit(interaction: Asked, draft: int, times: int) -> None:
    its = await drafted(interaction, draft)
    await open_form(interaction, draft, shortened(its.text, times))


async def setup(bot: MootBot) -> None:
    """Adds the command, the menu and what the buttons under drafts do."""
    await bot.add_cog(SuggestCog())
    bot.tree.add_command(
        app_commands.ContextMenu(name=texts.SUGGEST_A_REPLY, callback=suggest_a_reply)
    )
    bot.add_dynamic_items(
        on_press(Act.SUGGEST, 1, _suggest),
        on_press(Act.ANOTHER, 2, _suggest),
        on_press(Act.COPY, 2, _copy),
        on_press(Act.SHORTER, 2, _shorten),
        on_press(Act.EDIT, 2, _edit),
        on_press(Act.REMOVE, 1, remove),
    )
