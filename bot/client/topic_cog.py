"""`/topic`: open a topic, find one, look into it, close it."""

import discord
from discord import app_commands
from discord.app_commands import Range
from discord.ext import commands

from bot.archive import Hit, KeptTopic
from bot.client import texts
from bot.client.answering import answer
from bot.client.app import MootBot
from bot.client.choosing import topic_choices
from bot.client.opening import close_topic, open_topic
from bot.client.reach import Asked, bot_of, member_of, reach_named, readable, readable_topics
from bot.client.views.layout import Layout, notice
from bot.client.views.topics import SHOWN, hits_card, messages_card, topics_card
from bot.client.views.words import link
from bot.client.views.words import title as plain
from bot.partner import Progress

TITLE_LENGTH = 100
BODY_LENGTH = 2_000


class TopicCog(commands.GroupCog, group_name="topic", group_description=texts.TOPIC):
    """What is under discussion."""

    @app_commands.command(name="post", description=texts.TOPIC_POST)
    @app_commands.describe(where=texts.OF_FORUM, title=texts.OF_TITLE, text=texts.OF_BODY)
    async def post(
        self,
        interaction: Asked,
        where: discord.ForumChannel | discord.TextChannel,
        title: Range[str, 1, TITLE_LENGTH],
        text: Range[str, 1, BODY_LENGTH],
    ) -> None:
        """Opens a thread for the asker, marked as theirs."""

        async def work(progress: Progress) -> Layout:
            thread = await open_topic(interaction, where, title, text)
            return notice(f"Opened: {link(plain(thread.name), thread.jump_url)}")

        await answer(interaction, work)

    @app_commands.command(name="list", description=texts.TOPIC_LIST)
    async def list(self, interaction: Asked) -> None:
        """The liveliest topics that the asker may read."""

        async def work(progress: Progress) -> Layout:
            return topics_card(await readable_topics(interaction, most=SHOWN))

        await answer(interaction, work)

    @app_commands.command(name="search", description=texts.TOPIC_SEARCH)
    @app_commands.describe(words=texts.OF_WORDS)
    async def search(self, interaction: Asked, words: Range[str, 1, 200]) -> None:
        """Messages with these words, of topics that the asker may read."""

        async def work(progress: Progress) -> Layout:
            return hits_card(await _found(interaction, words), words)

        await answer(interaction, work)

    @app_commands.command(name="show", description=texts.TOPIC_SHOW)
    @app_commands.describe(topic=texts.OF_TOPIC)
    @app_commands.autocomplete(topic=topic_choices)
    async def show(self, interaction: Asked, topic: str | None = None) -> None:
        """The latest messages of a topic."""

        async def work(progress: Progress) -> Layout:
            reached = await reach_named(interaction, topic)
            messages = await bot_of(interaction).partner.messages(reached.topic.id)
            return messages_card(reached.topic, messages)

        await answer(interaction, work)

    @app_commands.command(name="close", description=texts.TOPIC_CLOSE)
    @app_commands.describe(topic=texts.OF_TOPIC)
    @app_commands.autocomplete(topic=topic_choices)
    async def close(self, interaction: Asked, topic: str | None = None) -> None:
        """Archives and locks the thread of whoever opened it, or of a moderator."""

        async def work(progress: Progress) -> Layout:
            reached = await reach_named(interaction, topic)
            await close_topic(interaction, reached)
            return notice("Closed. A moderator can open it again.")

        await answer(interaction, work)


async def _found(interaction: Asked, words: str) -> list[tuple[Hit, KeptTopic]]:
    """Hits in topics that the asker may read: what others say elsewhere neither shows in them,
    nor crowds them out."""
    partner = bot_of(interaction).partner
    readable_ones = await readable(member_of(interaction), await partner.topics())
    allowed = {each.id: each for each in readable_ones}
    hits = await partner.search(words, SHOWN, allowed)
    return [(hit, allowed[hit.topic_id]) for hit in hits]


async def setup(bot: MootBot) -> None:
    """Adds the commands."""
    await bot.add_cog(TopicCog())
