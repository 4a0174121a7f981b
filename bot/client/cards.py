"""Cards that were shown: remembered, and taken back once words that they rest on change or go.

What is to be taken back the archive says, whoever changed it; this part edits the messages. It
must not know why a card goes, and it holds up nobody: edits wait for Discord by themselves.
"""

import asyncio
import logging
from typing import Any

import aiohttp
import discord

from bot.archive import Card
from bot.client.failures import record
from bot.client.views.layout import Layout
from bot.client.views.withdrawn import withdrawn_card
from bot.partner import DiscussionPartner

log = logging.getLogger(__name__)

Asked = discord.Interaction[Any]
ARCHIVED_THREAD = 50083
"""Discord's code where a message of an archived thread is edited; deleting it is allowed."""
NEVER = frozenset({400, 401, 403, 404})
"""Answers of Discord that another attempt would not change."""


class Cards:
    """What Moot shows on Discord, for as long as it may have to be taken back.

    Of a card that one person sees only the interaction can change it, for 15 minutes; these are
    kept in memory, as the keys that they are.
    """

    def __init__(self, client: discord.Client, partner: DiscussionPartner) -> None:
        self._client = client
        self._partner = partner
        self._seen_by_one: dict[str, Asked] = {}
        self._looking: asyncio.Task[None] | None = None
        self._look_again = False
        self._is_closed = False

    async def shown(
        self, message: discord.Message, layout: Layout, to_one: Asked | None = None
    ) -> None:
        """Remembers that a message shows a layout; `to_one` answers the one who alone sees it."""
        id_ = str(message.id)
        if not layout.rests_on and id_ not in self._seen_by_one:
            return
        if to_one:
            self._let_go_of_expired()
            self._seen_by_one[id_] = to_one
        until = to_one.expires_at if to_one else None
        card = Card(str(message.channel.id), id_, until)
        await self._partner.keep_card(card, layout.rests_on)

    def look(self) -> None:
        """Takes back, in the background, whatever is to be taken back by now.

        Asked again meanwhile, it looks once more after: so a hundred deletions are one edit.
        """
        self._look_again = True
        if not self._is_closed and (self._looking is None or self._looking.done()):
            self._looking = asyncio.create_task(self._take_back())
            self._looking.add_done_callback(_tell)

    async def close(self) -> None:
        """Stops; what is still to be taken back is found at the next start."""
        self._is_closed = True
        if self._looking:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)

    async def _take_back(self) -> None:
        while self._look_again:
            self._look_again = False
            cards = await self._partner.withdrawn_cards()
            done = await asyncio.gather(*map(self._withdraw, cards.values()))
            if over := [id_ for id_, is_over in zip(cards, done, strict=True) if is_over]:
                await self._partner.forget_cards(over)

    async def _withdraw(self, card: Card) -> bool:
        """Whether no more is to be done: the card says that it is withdrawn, or never can."""
        try:
            await self._edit(card)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            if not isinstance(error, discord.HTTPException) or error.status not in NEVER:
                record(error, "Taking back a card, which will be tried again,")
                return False
            log.warning(
                "The card %s in channel %s can't be taken back (%d/%d).",
                card.message_id,
                card.channel_id,
                error.status,
                error.code,
            )
        return True

    async def _edit(self, card: Card) -> None:
        if card.until is None:
            await self._edit_posted(card)
        elif (asked := self._seen_by_one.get(card.message_id)) and not asked.is_expired():
            await asked.edit_original_response(view=withdrawn_card())
        else:
            log.info("The card %s, which one person saw, can't be reached.", card.message_id)

    async def _edit_posted(self, card: Card) -> None:
        channel = self._client.get_partial_messageable(int(card.channel_id))
        message = channel.get_partial_message(int(card.message_id))
        try:
            await message.edit(view=withdrawn_card())
        except discord.HTTPException as error:
            if error.code != ARCHIVED_THREAD:
                raise
            await message.delete()

    def _let_go_of_expired(self) -> None:
        for id_, asked in list(self._seen_by_one.items()):
            if asked.is_expired():
                del self._seen_by_one[id_]


def _tell(looking: asyncio.Task[None]) -> None:
    if not looking.cancelled() and (error := looking.exception()):
        record(error, "Taking back cards")
