"""What options offer while somebody types."""

from itertools import islice

import discord
from discord.app_commands import Choice

from bot.client import texts
from bot.client.failures import record
from bot.client.reach import Asked, bot_of, member_of, readable_topics
from bot.client.tags import completed
from bot.core.inert import one_line, shorten

MOST_CHOICES = 25
CHOICE_LENGTH = 100
MOST_REQUESTS = 2
"""Requests to Discord for what one keystroke offers."""


async def topic_choices(interaction: Asked, current: str) -> list[Choice[str]]:
    """Topics that fit what is typed, of those that the asker may read.

    None where they can't be looked up: what is sent off then says why.
    """
    try:
        topics = await readable_topics(interaction, current, MOST_CHOICES, requests=MOST_REQUESTS)
    except Exception as error:
        record(error, "Offering topics")
        return []
    return [
        Choice(
            name=shorten(one_line(each.topic.title) or "untitled", CHOICE_LENGTH),
            value=str(each.id),
        )
        for each in topics
    ]


async def tag_choices(interaction: Asked, current: str) -> list[Choice[str]]:
    """Tags that fit what is typed, of the forum that is chosen, behind those typed before."""
    chosen = getattr(interaction.namespace, "where", None)
    member = member_of(interaction)
    where = member.guild.get_channel(chosen.id) if chosen else None
    if not isinstance(where, discord.ForumChannel):
        return []
    found = islice(completed(where, member, current), MOST_CHOICES)
    return [Choice(name=each, value=each) for each in found]


async def intent_choices(interaction: Asked, current: str) -> list[Choice[str]]:
    """Intents that fit what is typed, of those that can be had."""
    typed = current.casefold()
    had = {intent: texts.DOES[intent] for intent in bot_of(interaction).partner.intents()}
    return [
        Choice(name=label, value=intent.value)
        for intent, label in had.items()
        if typed in label.message
    ]
