"""The gateway's events about threads, handed to Keeper; and gaps filled when it was away.

Raw events only: they come whether or not discord.py remembers the message.
"""

import asyncio
from datetime import timedelta

import discord
from discord.ext import commands

from bot.client.app import MootBot
from bot.client.backfill import Backfill
from bot.client.convert import topic_from_data
from bot.client.failures import record
from bot.client.keeping import Keeper
from bot.client.left_over import DELETED, EDITED, LeftOver
from bot.client.writing import Writing, patiently


class KeepingCog(commands.Cog):
    """Listens."""

    def __init__(self, bot: MootBot, keeper: Keeper) -> None:
        self._bot = bot
        self._keeper = keeper
        self._backfill = Backfill(keeper, timedelta(days=bot.config.discord.reread_days))
        self._filling: set[asyncio.Task[None]] = set()
        self._journal = bot.journal
        self._writing = Writing(bot.journal, caught_up=self.fill_gaps)
        self._left_over = LeftOver(bot, keeper, bot.journal, self._writing)

    async def cog_load(self) -> None:
        """Takes out what was deleted when an earlier process could not write it down."""
        await self._left_over.take_out()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Fills the gap, at the start and after a session that Discord did not resume."""
        self.fill_gaps()
        await self._left_over.look_again()

    @commands.Cog.listener()
    async def on_resumed(self) -> None:
        """Fills what the events that Discord sends again on a resumption may leave out."""
        self.fill_gaps()

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Fills the gap of a server that Discord could not serve for a while."""
        self.fill_gaps()

    @commands.Cog.listener()
    async def on_channels_chosen(self) -> None:
        """Reads the channels that a host has just chosen: `bot.dispatch("channels_chosen")`."""
        self.fill_gaps()

    @commands.Cog.listener()
    async def on_gap(self) -> None:
        """Finds what is on Discord and could not be kept: `bot.dispatch("gap")`."""
        self.fill_gaps()

    def fill_gaps(self) -> None:
        """Reads in the background what the archive lacks of the chosen channels."""
        filling = patiently(lambda: self._backfill.servers(self._bot.guilds), "Filling the gaps")
        task = asyncio.create_task(filling)
        self._filling.add(task)
        task.add_done_callback(self._filled)

    def _filled(self, task: asyncio.Task[None]) -> None:
        self._filling.discard(task)
        error = None if task.cancelled() else task.exception()
        if error:
            record(error, "Filling the gaps")

    async def cog_unload(self) -> None:
        """Stops reading, the next start goes on from there; and writes what was heard already."""
        for task in self._filling:
            task.cancel()
        await asyncio.gather(*self._filling, return_exceptions=True)
        await self._writing.close()

    @commands.Cog.listener()
    async def on_thread_create(self, thread: discord.Thread) -> None:
        """Keeps the message that a thread was opened from, which stands outside of it."""
        if not isinstance(thread.parent, discord.ForumChannel):
            await self._fill(thread)

    @commands.Cog.listener()
    async def on_thread_join(self, thread: discord.Thread) -> None:
        """Keeps what was said before Moot was let in, or before the thread was opened again."""
        await self._fill(thread)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Keeps a new message."""
        thread = message.channel
        if isinstance(thread, discord.Thread):
            await self._writing.write(lambda: self._keeper.posted(thread, message))

    @commands.Cog.listener()
    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        """Keeps what a message says by now."""
        ids = (event.channel_id, event.message_id)
        thread = self._thread(event.guild_id, *ids)
        noted = self._journal.note(EDITED, channel=event.channel_id, message=event.message_id)
        if thread:
            await self._writing.write(lambda: self._keeper.edited(thread, event.message), noted)
        else:
            await self._writing.write(lambda: self._keeper.edited_unseen(ids, event.message), noted)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Takes out a message."""
        await self._deleted(event.guild_id, event.channel_id, {event.message_id})

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Takes out messages."""
        await self._deleted(event.guild_id, event.channel_id, event.message_ids)

    @commands.Cog.listener()
    async def on_raw_thread_update(self, event: discord.RawThreadUpdateEvent) -> None:
        """Keeps a new title, or that a thread was closed or opened."""
        parent = self._bot.get_channel(event.parent_id)
        topic = topic_from_data(event.data, self._keeper.moot_id, parent)
        await self._writing.write(lambda: self._keeper.changed(topic))

    @commands.Cog.listener()
    async def on_guild_channel_update(
        self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        """Keeps new names of a forum's tags with all topics that have them."""
        if not isinstance(before, discord.ForumChannel) or before.id != after.id:
            return
        if isinstance(after, discord.ForumChannel) and _tag_names(before) != _tag_names(after):
            self.fill_gaps()

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        """Takes out a topic."""
        await self._writing.write(lambda: self._keeper.removed(event.thread_id, event.thread))

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Takes out the topics of a channel; one that did not say where it stands is looked for."""
        await self._writing.write(lambda: self._keeper.channel_removed(channel.id))
        if isinstance(channel, discord.TextChannel | discord.ForumChannel):
            self.fill_gaps()

    async def _fill(self, thread: discord.Thread) -> None:
        await patiently(lambda: self._backfill.thread(thread), f"Reading thread {thread.id}")

    async def _deleted(self, guild_id: int | None, channel_id: int, ids: set[int]) -> None:
        noted = self._journal.note(DELETED, channel=channel_id, messages=sorted(ids))
        thread = self._thread(guild_id, channel_id)
        threads = {} if thread else {each: self._thread(guild_id, each) for each in ids}

        async def work() -> None:
            await self._keeper.deleted(channel_id, ids, thread)
            # A message that a thread was opened from has the thread's id, outside of the thread.
            for each, opened in threads.items():
                await self._keeper.deleted(each, {each}, opened)

        await self._writing.write(work, noted)

    def _thread(self, guild_id: int | None, *ids: int) -> discord.Thread | None:
        """The first of these ids that is a thread."""
        guild = self._bot.get_guild(guild_id) if guild_id else None
        found = (guild.get_thread(each) for each in ids) if guild else ()
        return next(filter(None, found), None)


def _tag_names(forum: discord.ForumChannel) -> dict[int, str]:
    return {tag.id: tag.name for tag in forum.available_tags}


async def setup(bot: MootBot) -> None:
    """Adds the cog; the bot must have logged in."""
    if bot.user is None:
        raise RuntimeError("Moot does not know its own messages before it has logged in.")
    await bot.add_cog(KeepingCog(bot, Keeper(bot.partner, bot.user.id, bot.get_channel)))
