"""Slowmode, to which Discord holds no bot: whoever Moot posts for is held to it here.

What Discord shows of a channel tells whether it is the person's turn, so that a restart forgets
none of it; a turn that is taken bars a second press meanwhile.
"""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import discord

from bot.client.permissions import lacking
from bot.client.posts import name_of
from bot.client.views.posted import is_shared_by, owner_marked
from bot.core.errors import MootError
from bot.partner import DiscussionPartner

Channel = discord.TextChannel | discord.Thread
Parent = discord.TextChannel | discord.ForumChannel


class SlowedDown(MootError):
    """Somebody whose turn is not yet."""


@dataclass(frozen=True, slots=True)
class Turns:
    """Who has just been posted for, where, and until when that bars them. In memory alone."""

    clock: Callable[[], datetime]
    _until: dict[tuple[int, int, str], datetime] = field(
        default_factory=dict[tuple[int, int, str], datetime]
    )

    @asynccontextmanager
    async def to_post(self, member: discord.Member, channel: Channel) -> AsyncGenerator[None]:
        """The member's turn to have something posted there. Raises SlowedDown."""
        delay = _delay(member, channel)
        async with self._turn((channel.id, member.id, "post"), delay):
            await check_post(member, channel)
            yield

    @asynccontextmanager
    async def to_open(
        self, member: discord.Member, where: Parent, partner: DiscussionPartner
    ) -> AsyncGenerator[None]:
        """The member's turn to have a thread opened there. Raises SlowedDown."""
        delay = _delay(member, where)
        async with self._turn((where.id, member.id, "open"), delay):
            if delay:
                _check(await _opened_at(member, where, partner, self.clock() - delay), delay)
            yield

    @asynccontextmanager
    async def _turn(self, key: tuple[int, int, str], delay: timedelta) -> AsyncGenerator[None]:
        """A turn, given back where nothing comes of it."""
        if not delay:
            yield
            return
        now = self.clock()
        for each in [each for each, until in self._until.items() if until <= now]:
            del self._until[each]
        if key in self._until:
            raise _slowed(self._until[key] - now)
        self._until[key] = now + delay
        try:
            yield
        except BaseException:
            self._until.pop(key, None)
            raise


async def check_post(member: discord.Member, channel: Channel) -> None:
    """Raises SlowedDown where the channel shows that it is not the member's turn to post."""
    if delay := _delay(member, channel):
        _check(await _posted_at(member, channel, delay), delay)


def _delay(member: discord.Member, place: Channel | Parent) -> timedelta:
    """How long the member waits between two messages there, or between two threads."""
    is_free = place.permissions_for(member).bypass_slowmode
    return timedelta(seconds=0 if is_free else place.slowmode_delay)


async def _posted_at(member: discord.Member, channel: Channel, delay: timedelta) -> datetime | None:
    """When the member last posted, or Moot did for them, within so much time."""
    if lacking(channel, "read_message_history"):
        return None
    since = discord.utils.utcnow() - delay
    async for message in channel.history(limit=None, after=since, oldest_first=False):
        if message.author == member or _is_for(message, member):
            return message.created_at
    return None


def _is_for(message: discord.Message, member: discord.Member) -> bool:
    if message.author != member.guild.me:
        return False
    owner = owner_marked(message)
    return owner.source_id == str(member.id) if owner else is_shared_by(message, name_of(member))


async def _opened_at(
    member: discord.Member, where: Parent, partner: DiscussionPartner, since: datetime
) -> datetime | None:
    """When the member last opened a thread there, or Moot did for them, after a time."""
    times = [each.created_at for each in where.threads if each.owner_id == member.id]
    for each in await partner.topics_of_server(str(where.guild.id)):
        opened = _opened(each.topic.source_id)
        if each.topic.channel == str(where.id) and opened and opened > since:
            first = next(iter(await partner.messages(each.id)), None)
            if first and first.drafted and first.author.source_id == str(member.id):
                times.append(opened)
    return max((each for each in times if each and each > since), default=None)


def _opened(thread_id: str) -> datetime | None:
    return discord.utils.snowflake_time(int(thread_id)) if thread_id.isdecimal() else None


def _check(at: datetime | None, delay: timedelta) -> None:
    if at is not None and (wait := at + delay - discord.utils.utcnow()) > timedelta():
        raise _slowed(wait)


def _slowed(wait: timedelta) -> SlowedDown:
    return SlowedDown(f"Slowmode is on here; you can post again in {wait.total_seconds():.0f} s.")
