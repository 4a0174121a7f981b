"""What an earlier process heard and could not write down: found in the journal, and followed now.

A deletion needs nothing but its ids. An edit is noted without its words: the message is asked for.
What else was missed, the histories and the lists of threads tell.
"""

import logging
from typing import Any

import discord

from bot.archive import Entry, Journal
from bot.client.failures import record
from bot.client.keeping import Keeper
from bot.client.writing import Writing

log = logging.getLogger(__name__)

DELETED, EDITED = "deleted", "edited"
"""Kinds of entries: messages of a channel that went, and one that says something else by now."""


class LeftOver:
    """The deletions and edits that an earlier process left in the journal."""

    def __init__(
        self, client: discord.Client, keeper: Keeper, journal: Journal, writing: Writing
    ) -> None:
        self._client = client
        self._keeper = keeper
        self._journal = journal
        self._writing = writing
        self._deleted = journal.left(DELETED)
        self._edited = journal.left(EDITED)

    async def take_out(self) -> None:
        """Takes out the messages that were deleted, before anybody can ask for them."""
        for number, entry in self._deleted.items():
            match entry.about:
                case {"channel": int(channel), "messages": [*ids]}:
                    await self._take_out(
                        channel, {id_ for id_ in ids if isinstance(id_, int)}, number
                    )
                case _:
                    self._journal.strike(number)
        self._deleted = {}

    async def look_again(self) -> None:
        """Keeps what edited messages say by now; one that can't be had now, at the next start."""
        edited, self._edited = self._edited, {}
        for number, entry in edited.items():
            try:
                await self._look_again(number, entry)
            except (discord.HTTPException, OSError) as error:
                record(error, "Looking again at an edited message")

    async def _look_again(self, number: int, entry: Entry) -> None:
        match entry.about:
            case {"channel": int(channel), "message": int(message)}:
                try:
                    now = await self._fetch(channel, message)
                except discord.NotFound:
                    await self._take_out(channel, {message}, number)
                except (discord.Forbidden, discord.InvalidData):
                    log.info("Message %d can't be seen any more and stays as it was.", message)
                    self._journal.strike(number)
                else:
                    ids = (channel, message)
                    await self._writing.write(lambda: self._keeper.edited_unseen(ids, now), number)
            case _:
                self._journal.strike(number)

    async def _fetch(self, channel_id: int, message_id: int) -> discord.Message:
        channel: Any = self._client.get_channel(channel_id)
        channel = channel or await self._client.fetch_channel(channel_id)
        return await channel.fetch_message(message_id)

    async def _take_out(self, channel: int, ids: set[int], number: int) -> None:
        async def work() -> None:
            await self._keeper.deleted(channel, ids, None)
            # A message that a thread was opened from has the thread's id, outside of the thread.
            for each in ids:
                await self._keeper.deleted(each, {each}, None)

        await self._writing.write(work, number)
