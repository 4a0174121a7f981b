"""`/ask`: an answer from the discussion and from nowhere else."""

from typing import Any

from discord import app_commands
from discord.app_commands import Range
from discord.ext import commands

from bot.client import texts
from bot.client.answering import answer
from bot.client.app import MootBot
from bot.client.choosing import topic_choices
from bot.client.failures import explain
from bot.client.presses import sent_form
from bot.client.reach import Asked, Reached, bot_of, reach, reach_named
from bot.client.views.answer import answer_card
from bot.client.views.form import QUESTION_LENGTH, question_form, typed
from bot.client.views.ids import Act
from bot.client.views.layout import Layout
from bot.client.wording import worded
from bot.partner import Progress


class AskCog(commands.Cog):
    """Questions about what was said."""

    @app_commands.command(name="ask", description=texts.ASK)
    @app_commands.describe(question=texts.OF_QUESTION, topic=texts.OF_TOPIC)
    @app_commands.autocomplete(topic=topic_choices)
    async def ask(
        self,
        interaction: Asked,
        question: Range[str, 3, QUESTION_LENGTH],
        topic: str | None = None,
    ) -> None:
        """An answer that only the asker sees, with links to the messages that it stands on."""

        async def work(progress: Progress) -> Layout:
            reached = await reach_named(interaction, topic)
            words = await worded(interaction, question)
            return await _answered(interaction, reached, words, progress)

        await answer(interaction, work)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Asked) -> None:
        """Takes the form in which a question was typed."""
        topic = sent_form(interaction, Act.ASK)
        if topic is not None:
            try:
                await _ask(interaction, topic)
            except Exception as error:
                await explain(interaction, error)


async def ask_what(interaction: Asked, topic: int) -> None:
    """Shows a form for a question to a topic that the one who asks may read."""
    reached = await reach(interaction, topic)
    await interaction.response.send_modal(question_form(reached.topic.id))


async def _ask(interaction: Asked, topic: int) -> None:
    data: dict[str, Any] = dict(interaction.data or {})
    question = typed(data.get("components", []))

    async def work(progress: Progress) -> Layout:
        words = await worded(interaction, question)
        return await _answered(interaction, await reach(interaction, topic), words, progress)

    await answer(interaction, work)


async def _answered(
    interaction: Asked, reached: Reached, question: str, progress: Progress
) -> Layout:
    bot = bot_of(interaction)
    bot.cooldown.start(reached.member.id)
    said = await bot.partner.ask(reached.topic.id, question, payer=reached.payer, progress=progress)
    await reached.again()
    return answer_card(said, question)


async def setup(bot: MootBot) -> None:
    """Adds the command."""
    await bot.add_cog(AskCog())
