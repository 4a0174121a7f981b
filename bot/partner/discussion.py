"""DiscussionPartner: the story of each use case, top to bottom."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from types import TracebackType
from typing import Self

from bot.archive import Archive, Hit, KeptTopic, Recorded
from bot.core.errors import NotFound
from bot.core.model import Message, Topic
from bot.core.presentation import summary
from bot.core.receipt import receipt
from bot.core.summary import Receipt, Suggestion, Suggestions, Summary, TopicFacts, Usage
from bot.engines import Draft, Engine, Wanted
from bot.partner.reading import TopicReader, UpToDate
from bot.partner.threads import ArchiveThreads


class DiscussionPartner:
    """What a person may ask of Moot. Used as `async with partner:`, or opened and closed.

    `engines` holds the engines by name; the first answers where none is named.
    """

    def __init__(
        self,
        threads: ArchiveThreads,
        engines: Mapping[str, Engine],
        clock: Callable[[], datetime],
    ) -> None:
        self._threads = threads
        self._engines = engines
        self._clock = clock

    async def open(self) -> None:
        """Makes the archive ready. Raises ArchiveError where it can't be used."""
        await self._threads.open()

    def close(self) -> None:
        """Finishes what is being written and closes the archive."""
        self._threads.close()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    async def record(self, topic: Topic, messages: Sequence[Message]) -> Recorded:
        """Keeps a topic and messages of it; what is there already stays as it is."""
        return await self._threads.write(Archive.record, topic, messages)

    async def topics(self) -> list[KeptTopic]:
        """All topics, the liveliest first."""
        return await self._threads.read(Archive.topics)

    async def find_topic(self, words: str) -> KeptTopic:
        """The topic with that id, or with these words in its title. NotFound, Ambiguous."""
        return await self._threads.read(Archive.find_topic, words)

    async def messages(self, topic_id: int) -> list[Message]:
        """A topic's messages in their order."""
        return await self._threads.read(Archive.messages, topic_id)

    async def search(self, words: str, limit: int = 20) -> list[Hit]:
        """Messages that hold the words, best first."""
        return await self._threads.read(Archive.search, words, limit=limit)

    async def summarise(self, topic_id: int, engine: str | None = None) -> Summary:
        """Where a topic stands."""
        chosen = self._engine(engine)
        current = await TopicReader(self._threads, chosen).bring_up_to_date(topic_id)
        return summary(current.state, _facts(current), chosen.facts, _receipt(current))

    async def suggest(
        self, topic_id: int, wanted: Wanted, viewer: str | None = None, engine: str | None = None
    ) -> Suggestions:
        """Drafts of a reply; `viewer` is the name or id of the one who would post it."""
        chosen = self._engine(engine)
        current = await TopicReader(self._threads, chosen).bring_up_to_date(topic_id)
        if viewer is not None:
            wanted = Wanted(wanted.count, wanted.intent, current.state.author(viewer))
        drafts = await chosen.suggest(current.state, wanted)
        kept = [await self._keep(current, chosen, draft) for draft in drafts]
        return Suggestions(
            topic=_facts(current),
            engine=chosen.facts,
            suggestions=tuple(kept),
            receipt=_receipt(current),
            usage=Usage(),
        )

    async def _keep(self, current: UpToDate, engine: Engine, draft: Draft) -> Suggestion:
        """Stores a draft with what it rests on, so that a deletion reaches it."""
        quotes = tuple(map(current.state.quote, draft.evidence))
        body = {
            "intent": draft.intent,
            "text": draft.text,
            "addresses": list(draft.addresses),
            "beyond": draft.beyond,
            "spans": [asdict(evidence.span) for evidence in draft.evidence],
        }
        id_ = await self._threads.write(
            Archive.keep_draft,
            current.topic.id,
            "suggestion",
            engine.facts.name,
            body=body,
            rests_on={quote.message_id for quote in quotes},
            made_with=asdict(engine.facts),
            at=self._clock(),
        )
        return Suggestion(id_, draft.intent, draft.text, draft.addresses, draft.beyond, quotes)

    def _engine(self, name: str | None) -> Engine:
        if name is None:
            return next(iter(self._engines.values()))
        if name not in self._engines:
            raise NotFound(f"There is no engine {name} here; configure a model under [llm] first.")
        return self._engines[name]


def _facts(current: UpToDate) -> TopicFacts:
    kept = current.topic
    return TopicFacts(
        id=kept.id,
        title=kept.topic.title,
        url=kept.topic.url,
        messages=kept.messages,
        authors=kept.authors,
    )


def _receipt(current: UpToDate) -> Receipt:
    return receipt(current.state, current.read, current.rejected)
