"""Reaching a topic: found for one person, and only if they may read it at this moment.

A topic that is hidden from somebody and one that is not there are answered alike, so that a
guessed id tells nothing.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import discord

from bot.archive import KeptTopic
from bot.client.app import MootBot
from bot.client.convert import SOURCE
from bot.client.permissions import as_of_now, may_read, thread_of
from bot.client.reading import MOST_REQUESTS, readable
from bot.core.budget import Payer
from bot.core.errors import NotFound

HIDDEN = "There is no such topic here that you may read; choose one of those that the option lists."
NOT_HERE = "Say which topic, or ask again in its thread."
NOT_KEPT = "This thread is not kept yet; a host chooses with /moot setup which channels are."

Asked = discord.Interaction[Any]


@dataclass(frozen=True, slots=True)
class Reached:
    """A topic, its thread, and the member who may read it."""

    topic: KeptTopic
    thread: discord.Thread
    member: discord.Member

    @property
    def payer(self) -> Payer:
        """For whom a model is asked about it."""
        return Payer(str(self.member.guild.id), str(self.member.id))

    async def again(self) -> "Reached":
        """The same with the roles and permissions of now. Raises NotFound where they are gone."""
        member = await as_of_now(self.member)
        thread = await thread_of(self.member.guild, self.topic.topic)
        if member is None or thread is None or not await may_read(member, thread):
            raise NotFound(HIDDEN)
        return Reached(self.topic, thread, member)


def bot_of(interaction: Asked) -> MootBot:
    """The bot that an interaction came to."""
    client = interaction.client
    assert isinstance(client, MootBot)  # noqa: S101 - there is no other client here
    return client


def member_of(interaction: Asked) -> discord.Member:
    """Who asks. Raises NotFound outside of a server."""
    if not isinstance(interaction.user, discord.Member):
        raise NotFound("Moot answers in servers only: ask again where the discussion is.")
    return interaction.user


async def reach(interaction: Asked, topic_id: int) -> Reached:
    """The topic with that id. Raises NotFound where the one who asks may not read it now."""
    member = member_of(interaction)
    try:
        topic = await bot_of(interaction).partner.topic(topic_id)
    except NotFound:
        raise NotFound(HIDDEN) from None
    return await _reached(member, topic)


async def reach_named(interaction: Asked, words: str | None) -> Reached:
    """The topic that an option names by id or title; without one, that of the thread."""
    if words is None:
        return await reach_here(interaction)
    if words.isdecimal() and len(words) < 19:
        with suppress(NotFound):  # a title may be a number, too
            return await reach(interaction, int(words))
    fitting = await readable_topics(interaction, words, most=2)
    if len(fitting) != 1:
        raise NotFound(HIDDEN if not fitting else f'Several topics fit "{words}"; choose one.')
    return await _reached(member_of(interaction), fitting[0])


async def reach_here(interaction: Asked) -> Reached:
    """The topic of the thread in which somebody asks."""
    thread, member = interaction.channel, member_of(interaction)
    if not isinstance(thread, discord.Thread):
        raise NotFound(NOT_HERE)
    topic = await bot_of(interaction).partner.topic_known_as("discord", str(thread.id))
    if topic is None:
        raise NotFound(NOT_KEPT)
    return await _reached(member, topic)


async def readable_topics(
    interaction: Asked, words: str = "", most: int | None = 25, requests: int = MOST_REQUESTS
) -> list[KeptTopic]:
    """Topics of this server that the asker may read and that fit the words, the liveliest first.

    One without messages is none to choose, such as the post that tells that topics are kept.
    """
    member, partner = member_of(interaction), bot_of(interaction).partner
    wanted = words.casefold().split()
    fitting = [
        each
        for each in await partner.topics_of_server(str(member.guild.id))
        if all(word in each.topic.title.casefold() for word in wanted)
    ]
    frequented = await partner.frequented(SOURCE, str(member.id))
    return await readable(member, fitting, most, frequented=frequented, requests=requests)


async def _reached(member: discord.Member, topic: KeptTopic) -> Reached:
    thread = await thread_of(member.guild, topic.topic)
    if thread is None or not await may_read(member, thread):
        raise NotFound(HIDDEN)
    return Reached(topic, thread, member)
