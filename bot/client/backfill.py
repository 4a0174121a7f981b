"""Backfill: what was posted, edited and deleted while nobody listened, read from the histories.

Each thread's topic holds when it was last read to its end. From there on all is read that came
since, and again what a setting says (`reread_days`) before, which is how edits and deletions of an
absence are found. A thread of which all is older than that is not read again.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

import discord

from bot.client.convert import SOURCE
from bot.client.failures import record
from bot.client.history import History
from bot.client.keeping import Keeper
from bot.client.permissions import lacking

log = logging.getLogger(__name__)


class Backfill:
    """Reads histories into the archive, one thread after the other to be gentle with Discord.

    What was posted in `reread` before an absence is read again.
    """

    def __init__(self, keeper: Keeper, reread: timedelta) -> None:
        self._keeper = keeper
        self._reread = reread
        self._turn = asyncio.Lock()
        self._is_asked = False

    async def servers(self, guilds: Sequence[discord.Guild]) -> None:
        """Fills the gaps of all servers. Asked again meanwhile, it does so once more after."""
        if self._is_asked:
            return
        self._is_asked = True
        async with self._turn:
            self._is_asked = False
            for guild in guilds:
                if not guild.unavailable:
                    await self._server(guild)

    async def thread(self, thread: discord.Thread) -> None:
        """Brings one thread's topic up to date, if it is to be kept."""
        if await self._keeper.is_chosen(thread):
            await self._fill(thread)

    async def _server(self, guild: discord.Guild) -> None:
        found: set[int] = set()
        try:
            async for thread in self._threads(guild):
                found.add(thread.id)
                await self._fill(thread)
            await self._remove_vanished(guild, found)
        except discord.HTTPException as error:
            record(error, f"Listing the threads of server {guild.id}")

    async def _fill(self, thread: discord.Thread) -> None:
        if not _is_open_to_moot(thread) or await self._is_too_old(thread):
            return
        history = await History.of(thread, self._keeper, self._reread)
        try:
            await history.read()
            # Discord gives an empty history, no error, to who lost the right to read it.
            if _is_open_to_moot(thread):
                await history.finish()
        except discord.HTTPException as error:
            # One thread that fails must not keep the others from being read.
            record(error, f"Reading thread {thread.id}")

    async def _is_too_old(self, thread: discord.Thread) -> bool:
        """Whether nothing in it is to be kept, not even its title."""
        since = await self._keeper.kept_since(thread.guild)
        latest = discord.utils.snowflake_time(thread.last_message_id or thread.id)
        return since is not None and latest < since

    async def _threads(self, guild: discord.Guild) -> AsyncIterator[discord.Thread]:
        """All threads that are to be kept, archived ones too, as Discord pages them."""
        chosen = (await self._keeper.partner.settings(str(guild.id))).channels
        if not chosen:
            return
        for thread in await guild.active_threads():
            self._keeper.note_member(thread)
            if await self._keeper.is_chosen(thread):
                yield thread
        for channel in filter(None, (guild.get_channel(int(each)) for each in chosen)):
            if isinstance(channel, discord.TextChannel | discord.ForumChannel):
                async for thread in _archived(channel):
                    yield thread

    async def _remove_vanished(self, guild: discord.Guild, found: set[int]) -> None:
        """Takes out topics of this server whose thread was deleted; hidden ones stay."""
        here = f"https://discord.com/channels/{guild.id}/"
        for kept in await self._keeper.partner.topics():
            id_ = kept.topic.source_id
            is_here = kept.topic.source == SOURCE and (kept.topic.url or "").startswith(here)
            if is_here and id_.isdecimal() and int(id_) not in found:
                try:
                    await guild.fetch_channel(int(id_))
                except discord.NotFound:
                    await self._keeper.removed(int(id_))
                except (discord.Forbidden, discord.InvalidData):
                    log.info("Thread %s can't be seen any more; its topic stays as it was.", id_)


async def _archived(
    channel: discord.TextChannel | discord.ForumChannel,
) -> AsyncIterator[discord.Thread]:
    """The channel's archived threads: the public ones, and private ones that Moot was added to."""
    if needed := lacking(channel, "view_channel", "read_message_history"):
        log.warning("Channel %d can't be read: Moot lacks %s.", channel.id, ", ".join(needed))
        return
    async for thread in channel.archived_threads(limit=None):
        yield thread
    if isinstance(channel, discord.TextChannel):
        async for thread in channel.archived_threads(private=True, joined=True, limit=None):
            yield thread


def _is_open_to_moot(thread: discord.Thread) -> bool:
    if thread.parent is None:
        return False
    needed = lacking(thread, "view_channel", "read_message_history")
    if needed:
        log.warning("Thread %d can't be read: Moot lacks %s.", thread.id, ", ".join(needed))
    return not needed
