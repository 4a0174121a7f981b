"""`/topic`: open a topic, find one, look into it, close it."""

from collections.abc import Sequence

import discord
from discord import app_commands
from discord.app_commands import Range
from discord.ext import commands

from bot.archive import Hit, KeptTopic
from bot.client import texts
from bot.client.answering import answer
from bot.client.app import MootBot
from bot.client.choosing import tag_choices, topic_choices
from bot.client.failures import explain
from bot.client.opening import close_topic
from bot.client.reach import Asked, bot_of, member_of, reach_named, readable_topics
from bot.client.tags import Place, demanded, named
from bot.client.topic_form import ask_topic, opened, post_topic, sent_topic
from bot.client.views.form import MESSAGE_LENGTH, TITLE_LENGTH
from bot.client.views.layout import Layout, notice
from bot.client.views.topics import SHOWN, hits_card, messages_card, topics_card
from bot.client.wording import worded
from bot.partner import Progress


class TopicCog(commands.GroupCog, group_name="topic", group_description=texts.TOPIC):
    """What is under discussion."""

    @app_commands.command(name="post", description=texts.TOPIC_POST)
    @app_commands.describe(
        where=texts.OF_FORUM, title=texts.OF_TITLE, text=texts.OF_BODY, tags=texts.OF_TAGS
    )
    @app_commands.autocomplete(tags=tag_choices)
    async def post(
        self,
        interaction: Asked,
        where: discord.ForumChannel | discord.TextChannel,
        title: Range[str, 1, TITLE_LENGTH] | None = None,
        text: Range[str, 1, MESSAGE_LENGTH] | None = None,
        tags: str | None = None,
    ) -> None:
        """Opens a thread for the asker, marked as theirs; a form asks for what is not said."""
        if not title or not text or (demanded(where) and not tags):
            return await ask_topic(interaction, where, title or "", text or "", tags or "")

        async def work(progress: Progress) -> Layout:
            def chosen(place: Place) -> Sequence[discord.ForumTag]:
                return named(place, member_of(interaction), tags or "")

            return await opened(interaction, lambda: where, title, text, chosen)

        return await answer(interaction, work)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Asked) -> None:
        """Takes the form in which a new topic was written."""
        channel = sent_topic(interaction)
        if channel is not None:
            try:
                await post_topic(interaction, channel)
            except Exception as error:
                await explain(interaction, error)

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
            wanted = await worded(interaction, words)
            return hits_card(await _found(interaction, wanted), wanted)

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
    allowed = {each.id: each for each in await readable_topics(interaction, most=None)}
    hits = await partner.search(words, SHOWN, allowed)
    return [(hit, allowed[hit.topic_id]) for hit in hits]


async def setup(bot: MootBot) -> None:
    """Adds the commands."""
    await bot.add_cog(TopicCog())
