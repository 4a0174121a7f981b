"""Cards of which nobody knows whether they were shown: Moot or Discord failed at that moment.

The journal says where one was to appear. Whether it did, and as which message, Discord tells; what
it rests on is not known any more, so that it is taken back, and one of a topic is renewed.
"""

from datetime import UTC, datetime
from typing import Any

import discord

from bot.archive import Card, Entry, Journal
from bot.client.failures import record
from bot.client.views.ids import topic_of
from bot.partner import DiscussionPartner

SHARED, PRIVATE = "shared card", "private card"
"""Kinds of entries: one that a channel sees, and one that one person sees."""
MOST = 200
"""Messages after a press among which its card is looked for."""


class DoubtedCards:
    """The cards in the journal that an earlier process left, or that Discord left open."""

    def __init__(
        self, client: discord.Client, partner: DiscussionPartner, journal: Journal
    ) -> None:
        self._client = client
        self._partner = partner
        self._journal = journal
        self._left: dict[int, Entry] = {}
        self.are_wanted = False
        """Not before Moot has signed in."""

    def open(self) -> None:
        """Notes what the journal holds before anything new is shown."""
        self._left = self._journal.left(SHARED, PRIVATE)

    def add(self, noted: int | None) -> None:
        """Takes in one of this process, of which Discord did not say whether it is there."""
        entry = self._journal.left(SHARED, PRIVATE).get(noted or 0)
        if noted and entry:
            self._left[noted] = entry

    async def keep(self) -> None:
        """Keeps them to be taken back, once; where Discord fails, the next start does."""
        if not self.are_wanted:
            return
        left, self._left = self._left, {}
        for number, entry in left.items():
            try:
                for card in await self._found(entry):
                    await self._partner.doubt_card(card)
            except (discord.NotFound, discord.Forbidden):
                self._journal.strike(number)
            except (discord.HTTPException, OSError) as error:
                record(error, "Looking for a card that was posted")
            else:
                self._journal.strike(number)

    async def _found(self, entry: Entry) -> list[Card]:
        match entry.about:
            case {"channel": int(channel), "after": int(after), "topic": int(topic)}:
                return await self._posted(channel, after, topic)
            case {"channel": int(at), "id": int(id_), "token": str(key), "until": float(until)}:
                return [Card(str(at), str(id_), datetime.fromtimestamp(until, UTC), None, key)]
            case _:
                return []

    async def _posted(self, channel_id: int, after: int, topic: int) -> list[Card]:
        """The cards of a topic that Moot posted in a channel since then."""
        channel: Any = self._client.get_channel(channel_id)
        channel = channel or await self._client.fetch_channel(channel_id)
        history = channel.history(limit=MOST, after=discord.Object(after), oldest_first=True)
        return [
            Card(str(channel_id), str(message.id), None, topic)
            async for message in history
            if message.author == self._client.user and topic in _topics(message)
        ]


def _topics(message: discord.Message) -> set[int]:
    """The topics that the buttons under a message are about."""
    rows = (each for each in message.components if isinstance(each, discord.ActionRow))
    ids = (getattr(each, "custom_id", None) for row in rows for each in row.children)
    return {topic for id_ in ids if id_ and (topic := topic_of(id_)) is not None}
