"""Keeper: what happens in Discord's threads, written to the archive as it happens.

What comes out of order (a page of history that was fetched before a deletion) the archive sorts
out by itself; Keeper only sees to it that a topic is there before something is deleted from it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType

import discord

from bot.client.convert import SOURCE, is_notice, message_from, owner_of, topic_from
from bot.core.model import Forward, Message, Topic
from bot.partner import DiscussionPartner

_NO_NOTICES: Mapping[str, datetime] = MappingProxyType({})


def notices_in(messages: Iterable[discord.Message]) -> dict[str, datetime]:
    """Discord's own notices among messages, and when they came."""
    return {str(each.id): each.created_at for each in messages if is_notice(each)}


@dataclass(slots=True)
class Keeper:
    """Keeps topics for the bot whose user id is `moot_id`."""

    partner: DiscussionPartner
    moot_id: int
    live: Callable[[int], object]
    """A thread as the gateway has it by now, by its id, if it does: `Client.get_channel`."""
    _gone: set[str] = field(default_factory=set[str])
    """Threads deleted while the bot ran: a history that is still being read brings none back."""
    _joined: set[int] = field(default_factory=set[int])
    """Private threads that Moot was added to, where the gateway did not say so."""

    async def is_chosen(self, thread: discord.Thread) -> bool:
        """Whether the thread's topic is to be kept: of a private one only where Moot was added."""
        if thread.is_private() and thread.me is None and thread.id not in self._joined:
            return False
        return await self.is_in_chosen(thread)

    async def is_in_chosen(self, thread: discord.Thread) -> bool:
        """Whether the thread is in a channel that the host has chosen."""
        settings = await self.partner.settings(str(thread.guild.id))
        return str(thread.parent_id) in settings.channels

    def note_member(self, thread: discord.Thread) -> None:
        """Notes that Moot was added to a thread, if a listing of threads says so."""
        if thread.me or any(member.id == self.moot_id for member in thread.members):
            self._joined.add(thread.id)

    async def posted(self, thread: discord.Thread, message: discord.Message) -> None:
        """Keeps a new message."""
        if await self.is_chosen(thread):
            now = message_from(message, self.moot_id)
            kept = await self.with_source(now, message) if now else None
            await self.keep(thread, [kept] if kept else [], notices_in([message]))

    async def edited(self, thread: discord.Thread, message: discord.Message) -> None:
        """Keeps what a message says by now; if it was kept once, in any case."""
        if message.author.id != self.moot_id and await self.is_chosen(thread):
            await self.posted(thread, message)
            return
        known = await self.partner.topic_known_as(SOURCE, str(thread.id))
        before = await self._kept(known.id, str(message.id)) if known else None
        if before and (now := message_from(message, self.moot_id, owner_of(before))):
            await self.keep(thread, [now])

    async def deleted(
        self, thread_id: int, message_ids: Collection[int], thread: discord.Thread | None
    ) -> None:
        """Takes out messages, and sees to it that no copy on its way brings them back."""
        topic_id = await self._topic_id(thread_id, thread)
        if topic_id is not None:
            await self.partner.delete(topic_id, [str(each) for each in message_ids])

    async def changed(self, topic: Topic) -> None:
        """Keeps a known topic's new title, or that it was closed or opened."""
        if await self.partner.topic_known_as(topic.source, topic.source_id):
            await self._record(topic, [])

    async def removed(self, thread_id: int, thread: discord.Thread | None = None) -> None:
        """Takes out a thread's topic with all that belongs to it."""
        self._gone.add(str(thread_id))
        topic_id = await self._topic_id(thread_id, thread)
        if topic_id is not None:
            await self.partner.delete_topic(topic_id)

    async def kept_since(self, guild: discord.Guild) -> datetime | None:
        """What was posted before that is too old for the server; None where nothing is."""
        days = (await self.partner.settings(str(guild.id))).keep_days
        return discord.utils.utcnow() - timedelta(days=days) if days else None

    async def with_source(self, kept: Message, message: discord.Message) -> Message:
        """The message; if it forwards another, with the id of who wrote that, if Moot may know."""
        if kept.forward is None or (there := message.reference) is None:
            return kept
        try:
            channel = self.live(there.channel_id)
            if not isinstance(channel, discord.TextChannel | discord.Thread | discord.VoiceChannel):
                return kept
            source = await channel.fetch_message(int(kept.forward.message))
        except discord.HTTPException:
            return kept  # gone, or hidden from Moot: then nobody can say whose words they are
        return replace(kept, forward=Forward(kept.forward.message, str(source.author.id)))

    async def keep(
        self,
        thread: discord.Thread,
        messages: Sequence[Message],
        notices: Mapping[str, datetime] = _NO_NOTICES,
    ) -> None:
        """Writes to the archive what is not too old for the server, unless the thread is gone."""
        since = await self.kept_since(thread.guild)
        young = [m for m in messages if not (since and m.posted_at and m.posted_at < since)]
        new = {id_: at for id_, at in notices.items() if not (since and at < since)}
        if young or new or not messages:
            await self._record(self._topic(thread), young, new)

    async def _record(
        self,
        topic: Topic,
        messages: Sequence[Message],
        notices: Mapping[str, datetime] = _NO_NOTICES,
    ) -> None:
        if topic.source_id not in self._gone:
            await self.partner.record(topic, messages, notices)

    def _topic(self, thread: discord.Thread) -> Topic:
        """The topic as it is by now: a thread from a listing stays as it was listed."""
        live = self.live(thread.id)
        return topic_from(live if isinstance(live, discord.Thread) else thread)

    async def _topic_id(self, thread_id: int, thread: discord.Thread | None) -> int | None:
        """The topic's id, even if its very first message is still being written."""
        if thread and await self.is_chosen(thread):
            return (await self.partner.record(self._topic(thread), ())).topic_id
        known = await self.partner.topic_known_as(SOURCE, str(thread_id))
        return known.id if known else None

    async def _kept(self, topic_id: int, source_id: str) -> Message | None:
        kept = await self.partner.messages(topic_id)
        return next((each for each in kept if each.source_id == source_id), None)
