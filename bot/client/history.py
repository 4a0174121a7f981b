"""History: one thread's messages as Discord has them, against those that are kept."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Self

import discord

from bot.client.convert import SOURCE, message_from, owner_of
from bot.client.keeping import Keeper, notices_in
from bot.client.posts import name_of
from bot.client.views.posted import owner_marked
from bot.core.authors import shows
from bot.core.model import Author, Message, by_id

PAGE = 100
"""Messages that Discord gives at a time, and that go to the archive at a time."""
_LEEWAY = timedelta(hours=1)
"""By how much the clocks of Moot and of Discord may differ."""


@dataclass(slots=True)
class History:
    """The part of a thread's history that is to be read again, and what was found in it."""

    thread: discord.Thread
    keeper: Keeper
    kept: dict[str, Message]
    """What was kept before the reading began."""
    after: int | None
    """Only ids above this one are read; None where nothing can be missing."""
    begun_at: datetime
    names: dict[str, Author]
    """People by id. Discord's histories don't say by what name people go in the server."""
    found: set[str] = field(default_factory=set[str])
    is_read: bool = False
    """To its end."""

    @classmethod
    async def of(cls, thread: discord.Thread, keeper: Keeper, reread: timedelta) -> Self:
        """Prepares to read what is missing, and what is less than `reread` older than that.

        What is too old for the server is not read.
        """
        begun_at, partner = discord.utils.utcnow(), keeper.partner
        known = await partner.topic_known_as(SOURCE, str(thread.id))
        kept = by_id(await partner.messages(known.id)) if known else {}
        filled_at = await partner.filled_at(known.id) if known else None
        after = _start(thread, kept, filled_at, reread)
        since = await keeper.kept_since(thread.guild)
        if after is not None and since:
            after = max(after, discord.utils.time_snowflake(since))
        names = {
            each.author.source_id: each.author for each in kept.values() if shows(each.author.name)
        }
        return cls(thread, keeper, kept, after, begun_at, names)

    async def read(self) -> None:
        """Keeps what is there, page by page: a reading that breaks off has not been for nothing."""
        await self.keeper.keep(self.thread, [])
        if self.after is None:
            return
        async for page in self._pages(self.after):
            self.found.update(str(each.id) for each in page)
            kept = [await self._as_kept(each) for each in page]
            notices = notices_in(page)
            if not await self.keeper.is_in_chosen(self.thread):
                return  # while it was read, the host chose otherwise, or Moot was sent away
            await self.keeper.keep(self.thread, [each for each in kept if each], notices)
        self.is_read = True

    async def finish(self) -> None:
        """Deletes what was kept of this part, and is not in the history any more.

        With that, all is there that was there when the reading began.
        """
        if self.after is None or not self.is_read:
            return
        span = {id_ for id_ in self.kept if _number(id_) > self.after}
        if gone := set(map(int, span - self.found)):
            if not await self._is_gone(max(gone)):
                return
            await self.keeper.deleted(self.thread.id, gone, self.thread)
        known = await self.keeper.partner.topic_known_as(SOURCE, str(self.thread.id))
        if known:
            await self.keeper.partner.keep_filled(known.id, self.begun_at)

    async def _is_gone(self, message_id: int) -> bool:
        """Whether Discord says so of a message: to who just lost the right to read, a history is
        empty without an error, and the gateway may be slower to tell."""
        try:
            await self.thread.fetch_message(message_id)
        except discord.NotFound:
            return True
        except discord.Forbidden:
            return False
        return False

    async def _pages(self, after: int) -> AsyncIterator[list[discord.Message]]:
        opening = await self._opening() if self.thread.id > after else None
        page = [opening] if opening else []
        start = discord.Object(after)
        async for message in self.thread.history(limit=None, after=start, oldest_first=True):
            page.append(message)
            if len(page) == PAGE:
                yield page
                page = []
        if page:
            yield page

    async def _opening(self) -> discord.Message | None:
        """The message that the thread was opened from: in a text channel it stands outside."""
        parent = self.thread.parent
        if not isinstance(parent, discord.TextChannel):
            return None
        try:
            return await parent.fetch_message(self.thread.id)
        except discord.NotFound:
            return None

    async def _as_kept(self, message: discord.Message) -> Message | None:
        now = message_from(message, self.keeper.moot_id, await self._owner(message))
        if now is None:
            return None
        now = await self._with_source(now, message)
        if isinstance(message.author, discord.Member) or not now.author.source_id.isdecimal():
            return now
        return replace(now, author=await self._author(now.author))

    async def _with_source(self, now: Message, message: discord.Message) -> Message:
        """As it was found out when the message was kept first, else as it can be now."""
        before = self.kept.get(now.source_id)
        if before and before.forward:
            return replace(now, forward=before.forward)
        return await self.keeper.with_source(now, message)

    async def _owner(self, message: discord.Message) -> Author | None:
        """For whom Moot posted it, also where it came to no more than posting."""
        if before := self.kept.get(str(message.id)):
            return owner_of(before)
        is_own = message.author.id == self.keeper.moot_id
        marked = owner_marked(message) if is_own else None
        return await self._author(marked) if marked else None

    async def _author(self, author: Author) -> Author:
        if author.source_id not in self.names:
            self.names[author.source_id] = await self._as_member(author)
        return self.names[author.source_id]

    async def _as_member(self, author: Author) -> Author:
        try:
            member = await self.thread.guild.fetch_member(int(author.source_id))
        except discord.NotFound:
            return author
        return replace(author, name=name_of(member))


def _start(
    thread: discord.Thread, kept: Iterable[str], filled_at: datetime | None, reread: timedelta
) -> int | None:
    """The id after which to read: 0 for all, None where nothing can be missing."""
    if filled_at is None:
        return 0
    after = discord.utils.time_snowflake(filled_at - max(reread, _LEEWAY), high=True)
    latest = max([thread.last_message_id or 0, *map(_number, kept)])
    return after if latest > after else None


def _number(source_id: str) -> int:
    return int(source_id) if source_id.isdecimal() else 0
