"""Which of many topics somebody may read, asked of Discord in as few requests as can be.

A public thread is for all who read its channel, which the gateway has told already. Who is in a
private one only a request tells, so that those are asked first where the person has been before.
What can't be found out is hidden.
"""

import asyncio
from collections.abc import Collection, Iterable, Iterator

import aiohttp
import discord

from bot.archive import KeptTopic
from bot.client.failures import record
from bot.client.permissions import READING, may_read, reads_all
from bot.core.model import Topic

MOST_REQUESTS = 100
"""Requests for one list. Each private thread takes one or two."""
AT_ONCE = 10
"""Threads that are asked about at a time."""


async def readable(
    member: discord.Member,
    topics: Iterable[KeptTopic],
    most: int | None = None,
    *,
    frequented: Collection[int] = (),
    requests: int = MOST_REQUESTS,
) -> list[KeptTopic]:
    """Those of the member's server that they may read, in order; the first of them, or all.

    `frequented` are the topics that they have been in: what can't be told without a request is
    asked there first, and elsewhere as long as there are requests left.
    """
    here = [each for each in topics if is_of(member.guild, each)]
    told = {each.id: told_at_once(member, each.topic) for each in here}
    unsure = list(_worth_asking(here, told, most))
    unsure.sort(key=lambda each: each.id not in frequented)
    asked = list(_affordable(member.guild, unsure, requests))
    for start in range(0, len(asked), AT_ONCE):
        some = asked[start : start + AT_ONCE]
        allowed = await asyncio.gather(*(_may_read(member, each.topic) for each in some))
        told |= {each.id: may for each, may in zip(some, allowed, strict=True)}
    return [each for each in here if told[each.id]][:most]


def is_of(guild: discord.Guild, kept: KeptTopic) -> bool:
    """Whether a topic is of that server, by its address."""
    return (kept.topic.url or "").startswith(f"https://discord.com/channels/{guild.id}/")


def told_at_once(member: discord.Member, topic: Topic) -> bool | None:
    """Whether the member may read the topic, as far as the gateway told; None where it did not."""
    if topic.source != "discord" or not topic.source_id.isdecimal():
        return False
    thread = member.guild.get_channel_or_thread(int(topic.source_id))
    if isinstance(thread, discord.Thread):
        channel, is_private = thread.parent, thread.is_private()
    elif topic.channel is None or topic.private is None:
        return None  # kept by an older Moot, or from an export
    else:
        channel, is_private = member.guild.get_channel(int(topic.channel)), topic.private
        if channel is None or not channel.permissions_for(member.guild.me).view_channel:
            return False  # Moot can't find the thread either
    if channel is None or not channel.permissions_for(member) >= READING:
        return False
    return True if not is_private or reads_all(member, channel) else None


def _worth_asking(
    topics: Iterable[KeptTopic], told: dict[int, bool | None], most: int | None
) -> Iterator[KeptTopic]:
    """Those that nobody has told of, and that would be among the first."""
    before = 0
    for each in topics:
        if most is not None and before >= most:
            return
        if told[each.id] is None:
            yield each
        before += bool(told[each.id])


def _affordable(
    guild: discord.Guild, topics: Iterable[KeptTopic], requests: int
) -> Iterator[KeptTopic]:
    """The first that so many requests can tell of: a thread that is archived takes two."""
    for each in topics:
        requests -= 1 if guild.get_channel_or_thread(int(each.topic.source_id)) else 2
        if requests < 0:
            return
        yield each


async def _may_read(member: discord.Member, topic: Topic) -> bool:
    """The same for one of many: a thread that Discord fails on is hidden, and breaks no list."""
    try:
        return await may_read(member, topic)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        record(error, f"Asking who may read thread {topic.source_id}")
        return False
