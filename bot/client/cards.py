"""Cards that were shown: remembered, and taken back once words that they rest on change or go.

What is to be taken back the archive says, whoever changed it. This part must not know why a card
goes, and it holds up nobody: edits wait for Discord by themselves.
"""

import asyncio

import discord

from bot.archive import Card
from bot.client.card_messages import Asked, CardMessages, Edit
from bot.client.failures import record
from bot.client.renewal import Renewal
from bot.client.views.layout import Layout
from bot.client.views.withdrawn import renewing_card, withdrawn_card
from bot.partner import DiscussionPartner


class Cards:
    """What Moot shows on Discord, for as long as it may have to be taken back."""

    def __init__(self, client: discord.Client, partner: DiscussionPartner) -> None:
        self._partner = partner
        self._messages = CardMessages(client, partner)
        self._renewal = Renewal(client, partner, self._messages)
        self._looking: asyncio.Task[None] | None = None
        self._look_again = False
        self._is_closed = False

    async def shown(
        self, message: discord.Message, layout: Layout, to_one: Asked | None = None
    ) -> None:
        """Remembers that a message shows a layout; `to_one` answers the one who alone sees it."""
        await self._messages.keep(message, layout, to_one)

    def look(self) -> None:
        """Takes back, in the background, whatever is to be taken back by now.

        Asked again meanwhile, it looks once more after: so a hundred deletions are one edit.
        """
        self._look_again = True
        if not self._is_closed and (self._looking is None or self._looking.done()):
            self._looking = asyncio.create_task(self._take_back())
            self._looking.add_done_callback(_tell)

    async def close(self) -> None:
        """Stops; what is still to be taken back or renewed is found at the next start."""
        self._is_closed = True
        if self._looking:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
        await self._renewal.close()

    async def _take_back(self) -> None:
        while self._look_again:
            self._look_again = False
            cards = await self._partner.withdrawn_cards()
            ended = await asyncio.gather(*map(self._withdraw, cards.values()))
            ends = dict(zip(cards, ended, strict=True))
            if done := [id_ for id_, end in ends.items() if end is Edit.DONE]:
                await self._partner.cards_taken_back(done)
            if lost := [id_ for id_, end in ends.items() if end is Edit.NEVER]:
                await self._partner.forget_cards(lost)
            await self._renewal.look()

    async def _withdraw(self, card: Card) -> Edit:
        is_renewed = card.topic_id is not None
        return await self._messages.put(card, renewing_card() if is_renewed else withdrawn_card())


def _tell(looking: asyncio.Task[None]) -> None:
    if not looking.cancelled() and (error := looking.exception()):
        record(error, "Taking back cards")
