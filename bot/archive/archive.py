"""Archive: everything that can be asked of the database, each call one transaction.

The calls and their meaning stand here, the SQL in the modules beside it, one a concern.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self

from bot.archive import (
    batches,
    budgets,
    cards,
    checking,
    contests,
    deletion,
    drafts,
    guilds,
    known,
    messages,
    people,
    personal,
    recording,
    retention,
    spending,
    topics,
    visits,
)
from bot.archive import search as searching
from bot.archive.budgets import Charge
from bot.archive.cards import Basis, Card
from bot.archive.connection import Connection, connect
from bot.archive.contests import Contest
from bot.archive.drafts import KeptDraft
from bot.archive.guilds import GuildSettings
from bot.archive.known import Known
from bot.archive.namesakes import named_apart
from bot.archive.people import Person
from bot.archive.recording import Notices, Recorded
from bot.archive.search import Hit
from bot.archive.spending import Spent, SpentBy
from bot.archive.topics import KeptTopic
from bot.archive.visits import Visit
from bot.core.budget import Amount, Budget, Period, Whose
from bot.core.model import Message, Topic
from bot.core.sentences import Span
from bot.core.summary import Usage

BUSY_SECONDS = 5.0
"""How long a call waits for other programs to finish writing."""
_NO_NOTICES: Notices = MappingProxyType({})
CHUNK = 2000
"""Messages written in one go: about a tenth of a second in which nobody else can write."""


class Archive:
    """Topics and all that is known of them. Every call may raise ArchiveError.

    An archive belongs to the thread that opened it. A topic's and a message's `source_id` are
    their source's; `engine` is the name under which an engine's drafts are kept apart.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @classmethod
    def open(
        cls, path: Path, *, read_only: bool = False, busy_seconds: float = BUSY_SECONDS
    ) -> Self:
        """Opens a database, and creates it or brings it up to date unless `read_only`."""
        connection = connect(path, read_only=read_only, busy_seconds=busy_seconds)
        archive = cls(connection)
        if not read_only:
            with connection.writing() as db:
                batches.clear_old(db)
        return archive

    def close(self) -> None:
        """Closes the database; a second time does nothing."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Topics and messages

    def record(
        self,
        topic: Topic,
        messages: Sequence[Message],
        notices: Notices = _NO_NOTICES,
        *,
        chunk: int = CHUNK,
    ) -> Recorded:
        """Keeps a topic and messages of it; the same again changes nothing.

        Other words take the place of the old ones, unless these were edited later; what rests
        on the old ones goes, unless only a typing mistake was mended. A message that was deleted
        stays so, one that Moot posted for a person is theirs, and of who opted out nothing is kept
        but a count. `notices` are the source's own; they are only counted. More than `chunk`
        messages go in piece by piece, and are seen by nobody until all are in.
        """
        return recording.record(self._connection, topic, messages, notices, chunk)

    def filled_at(self, topic_id: int) -> datetime | None:
        """Up to when the topic has all that its source has; None where that was never so.

        That newer messages are there says nothing of the ones before them: they may have come
        while a long history was still being read.
        """
        with self._connection.reading() as db:
            return topics.filled_at(db, topic_id)

    def keep_filled(self, topic_id: int, at: datetime) -> None:
        """Keeps that, once the topic was compared with its source from end to end."""
        with self._connection.writing() as db:
            topics.keep_filled(db, topic_id, at)

    def delete(self, topic_id: int, source_ids: Collection[str], at: datetime) -> int:
        """Deletes messages, and all that rests on them; how many of them were there.

        Each leaves its id behind, known here or not, so that an older copy can't bring it back.
        """
        with self._connection.writing() as db:
            return deletion.delete(db, topic_id, source_ids, at)

    def delete_topic(self, topic_id: int) -> None:
        """Deletes a topic and all that belongs to it. Raises NotFound."""
        with self._connection.writing() as db:
            topics.delete(db, topic_id)

    def finish_erasing(self) -> bool:
        """Whether nothing that was deleted is left in the files; tries to make it so.

        False while somebody still reads the state before a deletion. Every write tries as well.
        """
        return self._connection.finish_erasing()

    def check(self) -> list[str]:
        """What is wrong with the database, a sentence each; finishes erasing before it looks."""
        self.finish_erasing()
        with self._connection.writing() as db:
            return checking.faults(db)

    def topics(self) -> list[KeptTopic]:
        """All topics, the latest message first."""
        with self._connection.reading() as db:
            return topics.every(db)

    def topics_of_server(self, guild_id: str) -> list[KeptTopic]:
        """A Discord server's topics that have a message, the liveliest first."""
        with self._connection.reading() as db:
            return topics.of_server(db, guild_id)

    def frequented(self, source: str, author_id: str) -> set[int]:
        """The ids of the topics in which a person wrote, or which they looked at."""
        with self._connection.reading() as db:
            return topics.frequented(db, source, author_id)

    def topic(self, topic_id: int) -> KeptTopic:
        """The topic with that id. Raises NotFound."""
        with self._connection.reading() as db:
            return topics.one(db, topic_id)

    def version(self, topic_id: int) -> int:
        """The topic's version alone, which costs nothing to ask for. Raises NotFound."""
        with self._connection.reading() as db:
            return topics.version(db, topic_id)

    def topic_known_as(self, source: str, source_id: str) -> KeptTopic | None:
        """The topic that its source knows by that id, or None."""
        with self._connection.reading() as db:
            return topics.known_as(db, source, source_id)

    def find_topic(self, words: str) -> KeptTopic:
        """The topic with that id, or with these words in its title. Raises NotFound, Ambiguous."""
        with self._connection.reading() as db:
            return topics.find(db, words)

    def messages(self, topic_id: int) -> list[Message]:
        """The topic's messages that are there: without a time first, then by time, then by id."""
        with self._connection.reading() as db:
            return messages.of_topic(db, topic_id)

    def known(self, topic_id: int) -> Known:
        """A topic with its messages, as of one moment. Raises NotFound."""
        with self._connection.reading() as db:
            return known.of_topic(db, topic_id)

    def search(
        self, words: str, topics: Collection[int] | None = None, limit: int = 20
    ) -> list[Hit]:
        """Messages of some topics, or of all, that hold the words, best first."""
        with self._connection.reading() as db:
            return named_apart(db, searching.search(db, words, topics, limit))

    # What models cost

    def reserve(
        self, charge: Charge, most: Usage, budget: Budget, at: datetime, lapses_at: datetime
    ) -> int:
        """Sets aside the most that a call may cost, until it is settled or lapses; an id.

        Raises OverBudget where the server's or the person's budget has no room for it, NotFound
        where the topic is gone.
        """
        with self._connection.writing() as db:
            return budgets.reserve(db, charge, most, budget, at, lapses_at)

    def settle(self, reservation: int, usage: Usage, budget: Budget) -> None:
        """Puts what the call did cost in the place of what was set aside."""
        with self._connection.writing() as db:
            budgets.settle(db, reservation, usage, budget)

    def used(self, whose: Whose, id_: str, period: Period, at: datetime) -> Amount:
        """What counts against a budget in the period that holds `at`."""
        with self._connection.reading() as db:
            return budgets.used(db, whose, id_, period, at)

    def spent(
        self, by: Collection[SpentBy] = frozenset(SpentBy), server: str | None = None
    ) -> list[Spent]:
        """What was spent in all or by one server, told apart by so much, the dearest first."""
        with self._connection.reading() as db:
            return list(spending.sums(db, by, server))

    # Drafts

    def keep_draft(
        self,
        topic_id: int,
        kind: str,
        engine: str,
        *,
        body: Mapping[str, Any],
        rests_on: Collection[str],
        revisions: Mapping[str, str] | None = None,
        made_with: Mapping[str, Any],
        at: datetime,
        replaces: Collection[int] = (),
    ) -> int:
        """Keeps a draft for as long as all messages that it rests on say the same; its id.

        `body` and `made_with` can be written as JSON, and every place in a message that the body
        cites is `{"cites": [[message id, start, end], ...]}` in it, at any depth: it follows its
        sentence where a typing mistake is mended. `revisions` are those that the draft was made
        from, at least of what it rests on. `replaces` are drafts that go. Raises NotFound, and
        changes nothing, where one of the messages is gone already, or has another revision.
        """
        with self._connection.writing() as db:
            return drafts.keep(
                db, topic_id, kind, engine, body, rests_on, revisions, made_with, at, replaces
            )

    def draft(self, draft_id: int) -> KeptDraft:
        """The draft with that id. Raises NotFound where it, or what it rested on, is gone."""
        with self._connection.reading() as db:
            return drafts.one(db, draft_id)

    def drafts(self, topic_id: int, kind: str, engine: str) -> list[KeptDraft]:
        """An engine's drafts of a kind, the newest first."""
        with self._connection.reading() as db:
            return drafts.of_topic(db, topic_id, kind, engine)

    def drop_drafts(self, ids: Collection[int]) -> None:
        """Takes out drafts that are of no use any more, as far as they are there."""
        with self._connection.writing() as db:
            drafts.drop(db, ids)

    # Cards

    def keep_card(self, card: Card, rests_on: Collection[Basis], at: datetime) -> None:
        """Keeps a card, to be taken back as soon as a message that it rests on changes or goes.

        It takes the place of what the same message was before. One that rests on words that
        changed meanwhile is to be taken back now; one that rests on nothing is not kept.
        """
        with self._connection.writing() as db:
            cards.keep(db, card, rests_on, at)

    def withdrawn_cards(self) -> dict[int, Card]:
        """The cards that are to be taken back, by an id that is theirs alone."""
        with self._connection.reading() as db:
            return cards.withdrawn(db)

    def cards_taken_back(self, ids: Collection[int]) -> None:
        """Notes that cards were taken back.

        Those of a topic are to be renewed, the others are forgotten.
        """
        with self._connection.writing() as db:
            cards.taken_back(db, ids)

    def cards_to_renew(self) -> dict[int, Card]:
        """The cards that were taken back and are to be renewed, until they are kept again."""
        with self._connection.reading() as db:
            return cards.to_renew(db)

    def forget_cards(self, ids: Collection[int]) -> None:
        """Forgets cards that can't be taken back, or not be renewed."""
        with self._connection.writing() as db:
            cards.forget(db, ids)

    # People: known by their source, such as "discord", and its user id

    def opted_out(self, source: str, author_id: str) -> datetime | None:
        """When a person opted out; None where they did not."""
        with self._connection.reading() as db:
            return people.opted_out(db, source, author_id)

    def opt_out(self, source: str, author_id: str, at: datetime) -> int:
        """Erases all that is kept of a person, and keeps nothing from now on.

        Their messages, those to come as well, leave only a count. Returns how many were there.
        """
        with self._connection.writing() as db:
            return people.opt_out(db, source, author_id, at)

    def opt_in(self, source: str, author_id: str) -> bool:
        """Ends that for what they post from now on; what was left out stays so."""
        with self._connection.writing() as db:
            return people.opt_in(db, source, author_id)

    def erase(self, source: str, author_id: str, at: datetime) -> int:
        """Erases all that is kept of a person, once; how many messages were there.

        Each leaves its id behind, so that no copy brings it back.
        """
        with self._connection.writing() as db:
            return people.erase(db, source, author_id, at)

    def export(
        self, source: str, author_id: str, readable: Collection[int] | None = None
    ) -> dict[str, Any]:
        """All that is kept about a person, in values that JSON has (see personal.py).

        Only topics that are `readable` for them are named; where that is not given, public ones.
        """
        with self._connection.reading() as db:
            return personal.document(db, source, author_id, readable)

    def find_person(self, words: str) -> Person:
        """The person with that id or name, or a part of it. Raises NotFound, Ambiguous."""
        with self._connection.reading() as db:
            return people.find(db, words)

    def contest(
        self, topic_id: int, author_id: str, spans: Collection[Span], said: str | None, at: datetime
    ) -> int:
        """Lets nothing rest on an author's own words from now on, by whichever engine.

        What rests on their message goes at once. How many of the spans are theirs; raises NotFound
        where none is. An edit ends it for the words changed.
        """
        with self._connection.writing() as db:
            return contests.keep(db, topic_id, author_id, spans, said, at)

    def contests(self) -> list[Contest]:
        """What people contest and what they say of it, the latest first."""
        with self._connection.reading() as db:
            return contests.every(db)

    def visit(self, topic_id: int, author_id: str) -> Visit | None:
        """A person's last visit to a topic, if there was one."""
        with self._connection.reading() as db:
            return visits.last(db, topic_id, author_id)

    def keep_visit(self, topic_id: int, author_id: str, visit: Visit) -> None:
        """Keeps a visit in place of the one before; of who opted out, none."""
        with self._connection.writing() as db:
            visits.keep(db, topic_id, author_id, visit)

    # Age

    def sweep(self, at: datetime) -> int:
        """Erases what is older than the hosts of servers want kept; how many messages."""
        with self._connection.writing() as db:
            return retention.sweep(db, at)

    def expire(self, before: datetime, at: datetime) -> int:
        """Erases what was posted before a time, in all topics, and topics that are then empty.

        How many messages. Each leaves its id behind, and is counted as too old by the receipt.
        """
        with self._connection.writing() as db:
            return retention.expire(db, [each.id for each in topics.every(db)], before, at)

    def count_before(self, before: datetime, guild_id: str | None = None) -> int:
        """How many messages were posted before a time: of a server, or in all topics."""
        with self._connection.reading() as db:
            everywhere = (each.id for each in topics.every(db))
            where = list(everywhere) if guild_id is None else guilds.topics_of(db, guild_id)
            return retention.count(db, where, before)

    # Servers

    def guilds(self) -> list[str]:
        """The ids of the servers whose host chose something."""
        with self._connection.reading() as db:
            return guilds.known(db)

    def count_topics(self, guild_id: str) -> int:
        """How many topics are kept of a server."""
        with self._connection.reading() as db:
            return len(guilds.topics_of(db, guild_id))

    def forget_guild(self, guild_id: str) -> int:
        """Erases all that is kept of a server, and what its host chose; how many topics."""
        with self._connection.writing() as db:
            return guilds.forget(db, guild_id)

    def settings(self, guild_id: str) -> GuildSettings:
        """What the host of a server chose; the defaults until they choose."""
        with self._connection.reading() as db:
            return guilds.settings(db, guild_id)

    def keep_settings(self, guild_id: str, settings: GuildSettings) -> None:
        """Keeps a server's settings in place of the former ones."""
        with self._connection.writing() as db:
            guilds.keep(db, guild_id, settings)
