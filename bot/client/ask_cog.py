"""`/ask`: an answer from the discussion and from nowhere else."""

from discord import app_commands
from discord.app_commands import Range
from discord.ext import commands

from bot.client import texts
from bot.client.answering import answer
from bot.client.app import MootBot
from bot.client.choosing import topic_choices
from bot.client.reach import Asked, bot_of, reach_named
from bot.client.views.answer import answer_card
from bot.client.views.layout import Layout
from bot.partner import Progress

QUESTION_LENGTH = 300


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
        """An answer that only the asker sees, with the messages that it stands on."""

        async def work(progress: Progress) -> Layout:
            reached = await reach_named(interaction, topic)
            bot = bot_of(interaction)
            bot.cooldown.start(reached.member.id)
            said = await bot.partner.ask(
                reached.topic.id, question, payer=reached.payer, progress=progress
            )
            await reached.again()
            return answer_card(said, question)

        await answer(interaction, work)


async def setup(bot: MootBot) -> None:
    """Adds the command."""
    await bot.add_cog(AskCog())
