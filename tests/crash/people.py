"""People: a Discord in whose forum they talk, edit and delete, whether or not a bot listens.

It remembers what there is as Discord would, and besides every word that is not there any more.
"""

import asyncio
import random
from dataclasses import dataclass, field
from datetime import timedelta

import discord

from tests.crash.words import Sayings, words_in
from tests.wire.server import MIRA, SERVER, START, Payload, Wire, _member, _message, _user

NAMES = {MIRA: "mira", MIRA + 1: "jun", MIRA + 2: "ole"}
LONG_AGO = START - timedelta(days=30)
MOST_THREADS, FEWEST_THREADS = 8, 3


@dataclass
class People(Wire):
    """A Wire that lives. What happens in it follows from `seed`, if not at which moment."""

    seed: str = "0"
    gone: set[str] = field(default_factory=set[str])
    """Words of messages that were deleted, and those that an edit took out."""
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One thing happens after the other, and none while somebody signs in."""
    _long_ago: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self._sayings = Sayings()

    async def happen(self, changes: int) -> None:
        """Lets a number of things happen."""
        for _ in range(changes):
            async with self.turn:
                await self._something()

    async def bring_old_thread(self, messages: int) -> None:
        """A thread of a month ago comes into the forum: too old to be looked at twice."""
        async with self.turn:
            thread = await self.open_thread("Found again", self._sayings.next())
            for _ in range(messages):
                self._long_ago += 1
                moment = discord.utils.time_snowflake(LONG_AGO) + (self._long_ago * 1000 << 22)
                await self.say(thread, self._sayings.next(), id_=moment)

    async def change_old(self, changes: int) -> list[str]:
        """Some messages of long ago are deleted, and others edited; their ids."""
        oldest, changed = discord.utils.time_snowflake(START), list[str]()
        async with self.turn:
            for thread, messages in self.messages.items():
                old = [each for id_, each in messages.items() if id_ < oldest]
                for message in self.chance.sample(old, min(changes, max(0, len(old) - 1))):
                    self._forget(message)
                    is_edited = len(changed) % 2
                    changed.append(str(message["id"]))
                    await (
                        self._edit(message) if is_edited else self.delete(thread, int(changed[-1]))
                    )
        return changed

    async def say(self, thread: int, words: str, *, id_: int | None = None) -> int:
        """Posts a message by one of them."""
        id_ = id_ or self._next_id()
        who = self.chance.choice(list(NAMES))
        message = {**_message(id_, thread, words), "author": _user(who, NAMES[who])}
        self.messages[thread][id_] = message
        self.threads[thread]["last_message_id"] = str(max(self.messages[thread]))
        await self.emit("MESSAGE_CREATE", _by_event(message))
        return id_

    async def _something(self) -> None:
        thread = self.chance.choice(list(self.threads)) if self.threads else 0
        acts = (self._speak, self._reword, self._take_back, self._retitle, self._begin_or_end)
        (act,) = self.chance.choices(acts, (55, 20, 15, 5, 5))
        await (act if len(self.threads) >= FEWEST_THREADS else self._begin_or_end)(thread)

    async def _speak(self, thread: int) -> None:
        await self.say(thread, self._sayings.next())

    async def _reword(self, thread: int) -> None:
        if message := self._recent(thread):
            self._forget(message)
            await self._edit(message)

    async def _edit(self, message: Payload) -> None:
        message["content"] = self._sayings.next()
        message["edited_timestamp"] = discord.utils.utcnow().isoformat()
        await self.emit("MESSAGE_UPDATE", _by_event(message))

    async def _take_back(self, thread: int) -> None:
        if message := self._recent(thread):
            self._forget(message)
            await self.delete(thread, int(message["id"]))

    async def _retitle(self, thread: int) -> None:
        await self.rename(thread, f"Thread number {self.chance.randrange(10_000)}")

    async def _begin_or_end(self, thread: int) -> None:
        if len(self.threads) < MOST_THREADS:
            await self.open_thread("A new thread", self._sayings.next())
            return
        for message in self.messages.pop(thread).values():
            self._forget(message)
        await self.delete_thread(thread)

    def _recent(self, thread: int) -> Payload | None:
        """A message whose edit or deletion is found after an absence, unless it is the only one."""
        oldest = discord.utils.time_snowflake(START)
        young = [each for id_, each in self.messages[thread].items() if id_ >= oldest]
        return self.chance.choice(young) if len(young) > 1 else None

    def _forget(self, message: Payload) -> None:
        self.gone |= words_in(message["content"])


def _by_event(message: Payload) -> Payload:
    """As the gateway gives it: it says besides where, and who the author is in the server."""
    return {**message, "guild_id": str(SERVER), "member": {**_member(), "nick": None}}
