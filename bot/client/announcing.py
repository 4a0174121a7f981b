"""Telling a channel, once, that its topics are kept from now on, for what, and how to opt out."""

from collections.abc import Collection

import discord

from bot.client.failures import record
from bot.client.permissions import lacking
from bot.client.tags import demanded, offered
from bot.client.views.setup import ANNOUNCED, announcement

NEEDED = ("view_channel", "send_messages")


async def announce(
    guild: discord.Guild, channel_ids: Collection[str]
) -> tuple[frozenset[str], list[str]]:
    """Which of the channels were told, and a sentence for each that could not be."""
    told: set[str] = set()
    failed: list[str] = []
    for id_ in sorted(channel_ids):
        why_not = await _told(guild.get_channel(int(id_)))
        if why_not is None:
            told.add(id_)
        else:
            failed.append(
                f"<#{id_}> was not told: {why_not}. Choose it again once that is set right."
            )
    return frozenset(told), failed


async def _told(channel: discord.abc.GuildChannel | None) -> str | None:
    """None once the channel was told, else why it could not be."""
    if not isinstance(channel, discord.ForumChannel | discord.TextChannel):
        return "it is no channel that Moot can see"
    if missing := lacking(channel, *NEEDED):
        return f"Moot lacks permissions there ({', '.join(missing)})"
    tags = offered(channel, channel.guild.me)[:1] if demanded(channel) else []
    if demanded(channel) and not tags:
        return "a post there needs a tag, and there is none that Moot may choose"
    try:
        if isinstance(channel, discord.ForumChannel):
            await channel.create_thread(name=ANNOUNCED, view=announcement(), applied_tags=tags)
        else:
            await channel.send(view=announcement())
    except discord.HTTPException as error:
        record(error, f"Telling channel {channel.id} that its topics are kept")
        return "Discord refused it"
    return None
