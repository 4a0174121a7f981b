"""The messages that cards stand in: kept in the archive by their ids, and edited."""

import logging
from enum import Enum, auto
from typing import Any

import aiohttp
import discord
from discord.http import Route, handle_message_parameters

from bot.archive import Card
from bot.client.failures import record
from bot.client.views.layout import Layout
from bot.partner import DiscussionPartner

log = logging.getLogger(__name__)

Asked = discord.Interaction[Any]
ANSWER = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
ARCHIVED_THREAD = 50083
"""Discord's code where a message of an archived thread is edited; deleting it is allowed."""
NEVER = frozenset({400, 401, 403, 404})
"""Answers of Discord that another attempt would not change."""


class Edit(Enum):
    """How the edit of a card ended: it is done, can be tried again, or can't be made at all."""

    DONE = auto()
    LATER = auto()
    NEVER = auto()


class CardMessages:
    """Where cards stand.

    A card that one person sees only its interaction can change, for 15 minutes: by a token that is
    kept with the card, so that a restart takes it back as well. The interaction itself, in memory,
    tells besides who sees the card, so that it can be renewed.
    """

    def __init__(self, client: discord.Client, partner: DiscussionPartner) -> None:
        self._client = client
        self._partner = partner
        self._seen_by_one: dict[str, Asked] = {}

    async def keep(self, message: discord.Message, layout: Layout, to_one: Asked | None) -> None:
        """Keeps that a message shows a layout; `to_one` answers the one who alone sees it."""
        id_ = str(message.id)
        if not layout.rests_on and id_ not in self._seen_by_one:
            return
        if to_one:
            self._let_go_of_expired()
            self._seen_by_one[id_] = to_one
        until, token = (to_one.expires_at, to_one.token) if to_one else (None, None)
        card = Card(str(message.channel.id), id_, until, layout.topic, token)
        await self._partner.keep_card(card, layout.rests_on)

    def asked(self, card: Card) -> Asked | None:
        """What a card answers that one person sees, for as long as it can be changed."""
        asked = self._seen_by_one.get(card.message_id)
        return asked if asked and not asked.is_expired() else None

    async def put(self, card: Card, layout: Layout) -> Edit:
        """Puts a layout in place of what a card shows."""
        try:
            return await self._put(card, layout)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            if not isinstance(error, discord.HTTPException) or error.status not in NEVER:
                record(error, "Changing a card, which will be tried again,")
                return Edit.LATER
            log.warning(
                "The card %s in channel %s can't be changed (%d/%d).",
                card.message_id,
                card.channel_id,
                error.status,
                error.code,
            )
            return Edit.NEVER

    async def _put(self, card: Card, layout: Layout) -> Edit:
        if card.until is None:
            return await self._put_posted(card, layout)
        if asked := self.asked(card):
            await asked.edit_original_response(view=layout)
            return Edit.DONE
        if card.token and card.until > discord.utils.utcnow():
            await self._put_by_token(card.token, layout)
            return Edit.DONE
        log.info("The card %s, which one person saw, can't be reached.", card.message_id)
        return Edit.NEVER

    async def _put_by_token(self, token: str, layout: Layout) -> None:
        """What an interaction does that is not in memory any more."""
        route = Route("PATCH", ANSWER, webhook_id=self._client.application_id, webhook_token=token)
        with handle_message_parameters(view=layout) as message:
            await self._client.http.request(route, json=message.payload)

    async def _put_posted(self, card: Card, layout: Layout) -> Edit:
        channel = self._client.get_partial_messageable(int(card.channel_id))
        message = channel.get_partial_message(int(card.message_id))
        try:
            await message.edit(view=layout)
        except discord.HTTPException as error:
            if error.code != ARCHIVED_THREAD:
                raise
            await message.delete()
            return Edit.NEVER
        return Edit.DONE

    def _let_go_of_expired(self) -> None:
        for id_, asked in list(self._seen_by_one.items()):
            if asked.is_expired():
                del self._seen_by_one[id_]
