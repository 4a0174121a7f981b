"""What is kept: topics as they grow, what hosts chose, and what people want done with theirs.

Each call hands one question to the archive on the right thread, and the time to what needs it.
What may erase words has them forgotten in memory as well; what people and hosts have erased, no
request that is under way goes on with.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from bot.archive import (
    Archive,
    Basis,
    Card,
    Contest,
    GuildSettings,
    Hit,
    KeptTopic,
    Person,
    Recorded,
    Spent,
    SpentBy,
    Visit,
)
from bot.core.budget import Amount, Period, Whose
from bot.core.model import Message, Topic
from bot.core.sentences import Span
from bot.partner.memory import Memory
from bot.partner.requests import Requests
from bot.partner.threads import ArchiveThreads

_NO_NOTICES: Mapping[str, datetime | None] = MappingProxyType({})


class Keeping:
    """The archive, as front ends may use it. Every call may raise ArchiveError."""

    def __init__(self, threads: ArchiveThreads, clock: Callable[[], datetime]) -> None:
        self._threads = threads
        self._clock = clock
        self._memory = Memory()
        self._requests = Requests()

    # Topics

    async def record(
        self,
        topic: Topic,
        messages: Sequence[Message],
        notices: Mapping[str, datetime | None] = _NO_NOTICES,
    ) -> Recorded:
        """Keeps a topic and messages of it; what is there already stays as it is.

        `notices` are the source's own: their ids, and when they came.
        """
        recorded = await self._threads.write(Archive.record, topic, messages, notices)
        if recorded.updated or recorded.withheld:
            self._memory.forget(recorded.topic_id)
        return recorded

    async def filled_at(self, topic_id: int) -> datetime | None:
        """Up to when the topic has all that its source has; None where that was never so."""
        return await self._threads.read(Archive.filled_at, topic_id)

    async def keep_filled(self, topic_id: int, at: datetime) -> None:
        """Keeps that, once the topic was compared with its source from end to end."""
        await self._threads.write(Archive.keep_filled, topic_id, at)

    async def delete(self, topic_id: int, source_ids: Collection[str]) -> int:
        """Deletes messages and all that rests on them, for good; how many were there."""
        gone = await self._threads.write(Archive.delete, topic_id, source_ids, self._clock())
        self._memory.forget(topic_id)
        return gone

    async def delete_topic(self, topic_id: int) -> None:
        """Deletes a topic and all that belongs to it. NotFound."""
        await self._threads.write(Archive.delete_topic, topic_id)
        self._memory.forget(topic_id)

    async def topic_known_as(self, source: str, source_id: str) -> KeptTopic | None:
        """The topic that its source knows by that id, or None."""
        return await self._threads.read(Archive.topic_known_as, source, source_id)

    async def topics(self) -> list[KeptTopic]:
        """All topics, the liveliest first."""
        return await self._threads.read(Archive.topics)

    async def topics_of_server(self, guild_id: str) -> list[KeptTopic]:
        """A Discord server's topics that have a message, the liveliest first."""
        return await self._threads.read(Archive.topics_of_server, guild_id)

    async def frequented(self, source: str, author_id: str) -> set[int]:
        """The ids of the topics in which a person wrote, or which they looked at."""
        return await self._threads.read(Archive.frequented, source, author_id)

    async def topic(self, topic_id: int) -> KeptTopic:
        """The topic with that id. NotFound."""
        return await self._threads.read(Archive.topic, topic_id)

    async def find_topic(self, words: str) -> KeptTopic:
        """The topic with that id, or with these words in its title. NotFound, Ambiguous."""
        return await self._threads.read(Archive.find_topic, words)

    async def messages(self, topic_id: int) -> list[Message]:
        """A topic's messages in their order."""
        return await self._threads.read(Archive.messages, topic_id)

    async def search(
        self, words: str, limit: int = 20, topics: Collection[int] | None = None
    ) -> list[Hit]:
        """Messages of some topics, or of all, that hold the words, best first."""
        return await self._threads.read(Archive.search, words, topics, limit)

    async def spent(
        self, by: Collection[SpentBy] = frozenset(SpentBy), server: str | None = None
    ) -> list[Spent]:
        """What models were asked for in all or by one server, told apart by so much."""
        return await self._threads.read(Archive.spent, by, server)

    async def used(self, server: str, period: Period) -> Amount:
        """What counts against a server's budget of this day or month."""
        return await self._threads.read(Archive.used, Whose.SERVER, server, period, self._clock())

    # Age

    async def sweep(self) -> int:
        """Erases what is older than the hosts of servers want kept; how many messages."""
        gone = await self._threads.write(Archive.sweep, self._clock())
        if gone:
            self._memory.forget()
        return gone

    async def expire(self, days: int) -> int:
        """Erases what is older than so many days, in all topics; how many messages."""
        at = self._clock()
        gone = await self._threads.write(Archive.expire, at - timedelta(days=days), at)
        self._memory.forget()
        return gone

    async def count_older(self, days: int, guild_id: str | None = None) -> int:
        """How many messages are older than so many days: of a server, or in all topics."""
        before = self._clock() - timedelta(days=days)
        return await self._threads.read(Archive.count_before, before, guild_id)

    # Cards

    async def keep_card(self, card: Card, rests_on: Collection[Basis]) -> None:
        """Keeps where words were shown, to be taken back once a message behind them changes."""
        await self._threads.write(Archive.keep_card, card, rests_on, self._clock())

    async def withdrawn_cards(self) -> dict[int, Card]:
        """The cards that are to be taken back."""
        return await self._threads.read(Archive.withdrawn_cards)

    async def cards_taken_back(self, ids: Collection[int]) -> None:
        """Notes that cards were taken back: those of a topic's summary are to be renewed."""
        await self._threads.write(Archive.cards_taken_back, ids)

    async def cards_to_renew(self) -> dict[int, Card]:
        """The cards that are to show a new summary."""
        return await self._threads.read(Archive.cards_to_renew)

    async def forget_cards(self, ids: Collection[int]) -> None:
        """Forgets cards that can't be taken back, or not be renewed."""
        await self._threads.write(Archive.forget_cards, ids)

    def after_writes(self, listener: Callable[[], None]) -> None:
        """Has somebody told whenever something was written, so that they can look what it was."""
        self._threads.write.listener = listener

    # Servers

    async def guilds(self) -> list[str]:
        """The ids of the servers whose host chose something."""
        return await self._threads.read(Archive.guilds)

    async def count_topics(self, guild_id: str) -> int:
        """How many topics are kept of a server."""
        return await self._threads.read(Archive.count_topics, guild_id)

    async def forget_guild(self, guild_id: str) -> int:
        """Erases all that is kept of a server, and what its host chose; how many topics."""
        gone = await self._threads.write(Archive.forget_guild, guild_id)
        self._forget()
        return gone

    async def settings(self, guild_id: str) -> GuildSettings:
        """What the host of a Discord server chose."""
        return await self._threads.read(Archive.settings, guild_id)

    async def keep_settings(self, guild_id: str, settings: GuildSettings) -> None:
        """Keeps a server's settings in place of the former ones."""
        await self._threads.write(Archive.keep_settings, guild_id, settings)

    # People: known by their source, such as "discord", and its user id

    async def opted_out(self, source: str, author_id: str) -> datetime | None:
        """When a person opted out; None where they did not."""
        return await self._threads.read(Archive.opted_out, source, author_id)

    async def opt_out(self, source: str, author_id: str) -> int:
        """Erases all that is kept of a person, and keeps nothing from now on.

        Their messages, those to come as well, leave only a count. Returns how many were there.
        """
        erased = await self._threads.write(Archive.opt_out, source, author_id, self._clock())
        self._forget()
        return erased

    async def opt_in(self, source: str, author_id: str) -> bool:
        """Ends that for what they post from now on; whether they had opted out."""
        return await self._threads.write(Archive.opt_in, source, author_id)

    async def erase(self, source: str, author_id: str) -> int:
        """Erases all that is kept of a person, once; how many messages were there."""
        erased = await self._threads.write(Archive.erase, source, author_id, self._clock())
        self._forget()
        return erased

    async def export(
        self, source: str, author_id: str, readable: Collection[int] | None = None
    ) -> dict[str, Any]:
        """All that is kept about a person, in values that JSON has.

        Only topics that are `readable` for them are named; where that is not given, public ones.
        """
        return await self._threads.read(Archive.export, source, author_id, readable)

    async def find_person(self, words: str) -> Person:
        """The person with that id or name, or a part of it. NotFound, Ambiguous."""
        return await self._threads.read(Archive.find_person, words)

    async def contest(
        self, topic_id: int, author_id: str, spans: Collection[Span], said: str | None
    ) -> int:
        """Lets nothing rest on these words of an author's any more; how many of them are theirs.

        `said` is what they say is wrong, for the host to see. NotFound where none is theirs.
        """
        at = self._clock()
        kept = await self._threads.write(Archive.contest, topic_id, author_id, spans, said, at)
        self._forget(topic_id)
        return kept

    async def contests(self) -> list[Contest]:
        """What people contest and what they say of it, the latest first."""
        return await self._threads.read(Archive.contests)

    async def visit(self, topic_id: int, author_id: str) -> Visit | None:
        """A person's last visit to a topic, if there was one."""
        return await self._threads.read(Archive.visit, topic_id, author_id)

    async def keep_visit(self, topic_id: int, author_id: str, message_id: str) -> None:
        """Keeps that a person has seen a topic up to a message; of who opted out, nothing."""
        visit = Visit(message_id, self._clock())
        await self._threads.write(Archive.keep_visit, topic_id, author_id, visit)

    # The database

    async def check(self) -> list[str]:
        """What is wrong with the database, a sentence each."""
        return await self._threads.write(Archive.check)

    def _forget(self, topic_id: int | None = None) -> None:
        """Lets no request send a model, or draft from, what somebody wanted gone."""
        self._memory.forget(topic_id)
        self._requests.start_anew()
