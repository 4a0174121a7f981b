"""Cards of a summary that was taken back get the new one: once in ten minutes a topic.

Which cards wait for it is in the archive, so that a restart forgets none. The server's budget pays
for the model; without a model, or a budget, the new card shows quotes.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

import discord

from bot.archive import Card
from bot.client.card_messages import Asked, CardMessages, Edit
from bot.client.failures import record
from bot.client.permissions import (
    Place,
    as_of_now,
    may_read,
    readers_may_all_read,
    thread_of,
)
from bot.client.views.card import summary_card
from bot.client.views.withdrawn import withdrawn_card
from bot.core.budget import Payer
from bot.core.errors import NotFound
from bot.core.model import Topic
from bot.core.summary import Summary
from bot.partner import DiscussionPartner

PAUSE = timedelta(minutes=10)


class Renewal:
    """Renews the cards of each topic, one topic beside the other."""

    def __init__(
        self, client: discord.Client, partner: DiscussionPartner, messages: CardMessages
    ) -> None:
        self._client = client
        self._partner = partner
        self._messages = messages
        self._free_at: dict[int, datetime] = {}
        self._at_work: dict[int, asyncio.Task[None]] = {}

    async def look(self) -> None:
        """Begins with the topics of which cards wait; those under way go on."""
        for card in (await self._partner.cards_to_renew()).values():
            topic = card.topic_id
            if topic is not None and topic not in self._at_work:
                task = self._at_work[topic] = asyncio.create_task(self._renew_topic(topic))
                task.add_done_callback(partial(self._done, topic))

    async def close(self) -> None:
        """Stops; what still waits is found at the next start."""
        under_way = list(self._at_work.values())
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    def _done(self, topic: int, _: asyncio.Task[None]) -> None:
        del self._at_work[topic]

    async def _renew_topic(self, topic: int) -> None:
        """Renews a topic's cards for as long as some wait, with pauses between."""
        while True:
            now = discord.utils.utcnow()
            await asyncio.sleep((self._free_at.get(topic, now) - now).total_seconds())
            try:
                cards = await self._waiting(topic)
                if not cards:
                    return
                self._free_at[topic] = discord.utils.utcnow() + PAUSE
                await self._renew(topic, cards)
            except Exception as error:
                record(error, "Renewing cards, which will be tried again,")
                self._free_at[topic] = discord.utils.utcnow() + PAUSE

    async def _waiting(self, topic: int) -> dict[int, Card]:
        waiting = await self._partner.cards_to_renew()
        return {id_: card for id_, card in waiting.items() if card.topic_id == topic}

    async def _renew(self, topic: int, cards: Mapping[int, Card]) -> None:
        """Puts the new summary in place of each card where it may be shown."""
        servers = await self._servers(topic, cards)
        if servers:
            payer = Payer(next(iter(servers.values())), None)
            summary = await self._partner.summarise(topic, payer=payer)
            # Rights may have changed while it was written.
            servers = await self._servers(topic, cards)
            for id_ in servers:
                await self._show(id_, cards[id_], summary)
        for id_ in cards.keys() - servers.keys():
            if await self._messages.put(cards[id_], withdrawn_card()) is not Edit.LATER:
                await self._partner.forget_cards([id_])

    async def _show(self, id_: int, card: Card, summary: Summary) -> None:
        layout = summary_card(summary, shared=card.until is None)
        end = await self._messages.put(card, layout)
        if end is Edit.DONE and layout.rests_on:
            await self._partner.keep_card(card, layout.rests_on)
        elif end is not Edit.LATER:
            await self._partner.forget_cards([id_])

    async def _servers(self, topic: int, cards: Mapping[int, Card]) -> dict[int, str]:
        """The servers of the cards whose readers may all read the topic now."""
        try:
            kept = (await self._partner.topic(topic)).topic
        except NotFound:
            return {}
        found = {id_: await self._server(card, kept) for id_, card in cards.items()}
        return {id_: server for id_, server in found.items() if server is not None}

    async def _server(self, card: Card, topic: Topic) -> str | None:
        if asked := self._messages.asked(card):
            return await _server_of_reader(asked, topic)
        place = await self._place(card)
        if place is None or card.until is not None:
            return None
        thread = await thread_of(place.guild, topic)
        return str(place.guild.id) if thread and readers_may_all_read(place, thread) else None

    async def _place(self, card: Card) -> Place | None:
        channel = self._client.get_channel(int(card.channel_id))
        try:
            channel = channel or await self._client.fetch_channel(int(card.channel_id))
        except (discord.NotFound, discord.Forbidden, discord.InvalidData):
            return None
        return channel if isinstance(channel, Place) else None


async def _server_of_reader(asked: Asked, topic: Topic) -> str | None:
    member = await as_of_now(asked.user) if isinstance(asked.user, discord.Member) else None
    return str(member.guild.id) if member and await may_read(member, topic) else None
