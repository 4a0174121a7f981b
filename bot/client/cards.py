"""Cards: known before they are shown, and taken back once words that they rest on change or go.

What is to be taken back the archive says, whoever changed it. This part must not know why a card
goes, and it holds up nobody: edits wait for Discord by themselves.

That a card is about to be shown is noted in the journal first. So one that was shown is known
though the process was killed before the archive had it, or another program held the database.
"""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager

import aiohttp
import discord

from bot.archive import Card, Journal
from bot.client.card_messages import Asked, CardMessages, Edit
from bot.client.doubted_cards import PRIVATE, SHARED, DoubtedCards
from bot.client.failures import record
from bot.client.renewal import Renewal
from bot.client.views.layout import Layout
from bot.client.views.withdrawn import renewing_card, withdrawn_card
from bot.client.writing import Writing
from bot.partner import DiscussionPartner

UNSURE = 500
"""Statuses from here on don't say that nothing was done."""
AGAIN = 60.0
"""Seconds until what Discord did not take for now is tried again."""


class Cards:
    """What Moot shows on Discord, for as long as it may have to be taken back."""

    def __init__(
        self, client: discord.Client, partner: DiscussionPartner, journal: Journal
    ) -> None:
        self._partner = partner
        self._journal = journal
        self._messages = CardMessages(client, partner)
        self._renewal = Renewal(client, partner, self._messages)
        self._doubted = DoubtedCards(client, partner, journal)
        self._writing = Writing(journal)
        self._looking: asyncio.Task[None] | None = None
        self._again: asyncio.TimerHandle | None = None
        self._look_again = False
        self._is_closed = False

    def open(self) -> None:
        """Notes which cards an earlier process left in the journal."""
        self._doubted.open()

    def take_up(self) -> None:
        """Begins to take back, those cards among them: Moot has signed in."""
        self._doubted.are_wanted = True
        self.look()

    async def post(
        self, asked: Asked, channel: discord.TextChannel | discord.Thread, layout: Layout
    ) -> None:
        """Posts a layout where somebody pressed a button, to be seen by all who read there."""
        about = {"channel": channel.id, "after": asked.id, "topic": layout.topic}
        noted = self._journal.note(SHARED, **about) if layout.rests_on else None
        with self._noted(noted):
            message = await channel.send(view=layout)
        await self._writing.write(lambda: self._messages.keep(message, layout, None), noted)

    async def answer(self, asked: Asked, layout: Layout) -> None:
        """Puts a layout in place of what one person sees of their interaction."""
        until = asked.expires_at.timestamp()
        about = {"channel": asked.channel_id, "id": asked.id, "token": asked.token, "until": until}
        noted = self._journal.note(PRIVATE, **about) if layout.rests_on else None
        with self._noted(noted):
            message = await asked.edit_original_response(view=layout)
        await self._writing.write(lambda: self._messages.keep(message, layout, asked), noted)

    @contextmanager
    def _noted(self, noted: int | None) -> Generator[None]:
        """Strikes a note out where Discord refuses a card; one that may be there is looked for."""
        try:
            yield
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            if isinstance(error, discord.HTTPException) and error.status < UNSURE:
                self._journal.strike(noted)
            else:
                self._doubted.add(noted)
                self.look()
            raise

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
        if self._again:
            self._again.cancel()
        if self._looking:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
        await self._renewal.close()
        await self._writing.close()

    async def _take_back(self) -> None:
        while self._look_again:
            self._look_again = False
            await self._doubted.keep()
            cards = await self._partner.withdrawn_cards()
            ended = await asyncio.gather(*map(self._withdraw, cards.values()))
            ends = dict(zip(cards, ended, strict=True))
            if done := [id_ for id_, end in ends.items() if end is Edit.DONE]:
                await self._partner.cards_taken_back(done)
            if lost := [id_ for id_, end in ends.items() if end is Edit.NEVER]:
                await self._partner.forget_cards(lost)
            if Edit.LATER in ended:
                self._try_again()
            await self._renewal.look()

    def _try_again(self) -> None:
        if self._again:
            self._again.cancel()
        self._again = asyncio.get_running_loop().call_later(AGAIN, self.look)

    async def _withdraw(self, card: Card) -> Edit:
        is_renewed = card.topic_id is not None
        return await self._messages.put(card, renewing_card() if is_renewed else withdrawn_card())


def _tell(looking: asyncio.Task[None]) -> None:
    if not looking.cancelled() and (error := looking.exception()):
        record(error, "Taking back cards")
