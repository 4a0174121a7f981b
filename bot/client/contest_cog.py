"""`This misstates me`: whoever is quoted in a topic takes words of theirs from what it rests on."""

from typing import Any

from discord.ext import commands

from bot.client.answering import answer
from bot.client.app import MootBot
from bot.client.failures import explain
from bot.client.presses import on_press, sent_form
from bot.client.reach import Asked, bot_of, reach
from bot.client.views.contest import (
    NOT_QUOTED,
    chosen,
    contest_form,
    contested_notice,
)
from bot.client.views.ids import Act
from bot.client.views.layout import Layout, notice
from bot.partner import Progress


class ContestCog(commands.Cog):
    """Listens for the form."""

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Asked) -> None:
        """Takes the form in which somebody chose words of theirs."""
        topic = sent_form(interaction, Act.CONTEST)
        if topic is not None:
            try:
                await _contest(interaction, topic)
            except Exception as error:
                await explain(interaction, error)


async def ask_which(interaction: Asked, topic: int) -> None:
    """Shows whoever presses the words of theirs that are cited, if there are any."""
    reached = await reach(interaction, topic)
    partner, person = bot_of(interaction).partner, str(reached.member.id)
    if quotes := await partner.quotes_of(reached.topic.id, person):
        await interaction.response.send_modal(contest_form(topic, quotes))
    else:
        await interaction.response.send_message(view=notice(NOT_QUOTED), ephemeral=True)


async def _contest(interaction: Asked, topic: int) -> None:
    """Takes the words out at once, and with them the cards that show them."""
    data: dict[str, Any] = dict(interaction.data or {})
    spans, why = chosen(data.get("components", []))

    async def work(progress: Progress) -> Layout:
        reached = await reach(interaction, topic)
        partner, person = bot_of(interaction).partner, str(reached.member.id)
        bot_of(interaction).taking_back.start(reached.member.id)
        count = await partner.contest(reached.topic.id, person, spans, why)
        return contested_notice(count)

    await answer(interaction, work)


async def setup(bot: MootBot) -> None:
    """Adds what the button and its form do."""
    await bot.add_cog(ContestCog())
    bot.add_dynamic_items(on_press(Act.MISSTATES, 1, ask_which))
