"""Sharing a card with a channel, where everyone who reads there may read the topic too."""

import discord

from bot.client.answering import answer
from bot.client.permissions import lacking, needs, readers_may_all_read, why_not_write
from bot.client.posts import name_of
from bot.client.reach import Asked, Reached, bot_of, reach
from bot.client.slowmode import check_post
from bot.client.views.card import summary_card
from bot.client.views.layout import Layout, notice
from bot.core.errors import NotFound
from bot.partner import Progress

Channel = discord.TextChannel | discord.Thread
NEEDED = ("view_channel", "send_messages")
NEEDED_IN_THREADS = ("view_channel", "send_messages_in_threads")


class NotShared(NotFound):
    """A card that may not be posted here; its asker keeps it."""


async def share(interaction: Asked, topic: int) -> None:
    """Posts the card of a topic where its button was pressed."""

    async def work(progress: Progress) -> Layout:
        reached = await reach(interaction, topic)
        channel = await _checked(interaction, reached)
        partner = bot_of(interaction).partner
        summary = await partner.summarise(reached.topic.id, payer=reached.payer, progress=progress)
        await _checked(interaction, reached := await reached.again())
        card = summary_card(summary, shared=True, shared_by=name_of(reached.member))
        async with bot_of(interaction).turns.to_post(reached.member, channel):
            message = await channel.send(view=card)
        await bot_of(interaction).cards.shown(message, card)
        return notice("Shared. Everyone here can see it and press its buttons for themselves.")

    await answer(interaction, work)


async def _checked(interaction: Asked, reached: Reached) -> Channel:
    """Where to post it. Raises NotShared where that would show it to somebody who may not see it,
    or where the person, or Moot, may not post."""
    channel = interaction.channel
    if not isinstance(channel, discord.TextChannel | discord.Thread):
        raise NotShared("A card can be shared in text channels and threads only.")
    if not readers_may_all_read(channel, reached.thread):
        raise NotShared(
            "Not everyone who reads this channel may read that topic, so it stays with you."
        )
    if why_not := await _why_not_post(reached.member, channel):
        raise NotShared(why_not)
    needed = NEEDED_IN_THREADS if isinstance(channel, discord.Thread) else NEEDED
    if missing := lacking(channel, *needed):
        raise NotShared(needs("in this channel", missing))
    await check_post(reached.member, channel)
    return channel


async def _why_not_post(member: discord.Member, channel: Channel) -> str | None:
    if isinstance(channel, discord.Thread):
        return await why_not_write(member, channel)
    if member.is_timed_out() or not channel.permissions_for(member).send_messages:
        return "You may not post in this channel."
    return None
