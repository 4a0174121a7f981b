"""Bringing a topic up to date: what is not read yet is read, noted and grouped; nothing twice."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.archive import Archive, KeptTopic
from bot.core.arrangement import apply, checked_grouping
from bot.core.model import Message
from bot.core.notes import checked
from bot.core.receipt import why_skipped
from bot.core.state import TopicState, assemble
from bot.core.windows import Window, cut
from bot.engines import Engine
from bot.partner.threads import ArchiveThreads


@dataclass(frozen=True, slots=True)
class UpToDate:
    """A topic with everything read: its state, and what the receipt needs."""

    topic: KeptTopic
    state: TopicState
    read: dict[str, str]
    rejected: Counter[str]


class TopicReader:
    """Reads topics with one engine, and keeps what it noted."""

    def __init__(self, threads: ArchiveThreads, engine: Engine) -> None:
        self._threads = threads
        self._engine = engine
        self._key = engine.facts.name

    async def bring_up_to_date(self, topic_id: int) -> UpToDate:
        """The topic's state once every message that can be read has been."""
        topic = await self._threads.read(Archive.topic, topic_id)
        messages = await self._threads.read(Archive.messages, topic_id)
        await self._read(topic, messages)
        state = await self._group(topic, messages)
        return UpToDate(
            topic=topic,
            state=state,
            read=await self._threads.read(Archive.read_messages, topic_id, self._key),
            rejected=await self._threads.read(Archive.rejected, topic_id, self._key),
        )

    async def _read(self, topic: KeptTopic, messages: Sequence[Message]) -> None:
        read = await self._threads.read(Archive.read_messages, topic.id, self._key)
        unread = [
            message.source_id
            for message in messages
            if read.get(message.source_id) != message.revision and not why_skipped(message)
        ]
        if not unread:
            return
        windows = list(cut(topic.topic.title, messages, unread, self._engine.window_budget))
        revisions = {message.source_id: message.revision for message in messages}
        for window, complete in _with_completed(windows):
            reading = checked(await self._engine.read(window), window.allowed())
            await self._threads.write(
                Archive.keep_reading,
                topic.id,
                self._key,
                revisions={id_: revisions[id_] for id_ in _shown(window)},
                complete=complete,
                notes=reading.notes,
                rejected=reading.rejected,
            )

    async def _group(self, topic: KeptTopic, messages: Sequence[Message]) -> TopicState:
        state = await self._state(topic, messages)
        pending = state.pending
        if not pending:
            return state
        grouping = await self._engine.group(state, pending)
        known = {viewpoint.id for viewpoint in state.ledger.viewpoints}
        sound, _ = checked_grouping(grouping, [kept.id for kept in pending], known)
        arrangement = apply(state.arrangement, sound)
        await self._threads.write(Archive.keep_arrangement, topic.id, self._key, arrangement)
        return assemble(topic.topic, messages, list(state.notes.values()), arrangement)

    async def _state(self, topic: KeptTopic, messages: Sequence[Message]) -> TopicState:
        notes = await self._threads.read(Archive.notes, topic.id, self._key)
        arrangement = await self._threads.read(Archive.arrangement, topic.id, self._key)
        return assemble(topic.topic, messages, notes, arrangement)


def _shown(window: Window) -> set[str]:
    return {message.message for message in window.messages}


def _noted(window: Window) -> Iterable[str]:
    return (message.message for message in window.messages if not message.context)


def _with_completed(windows: Sequence[Window]) -> Iterable[tuple[Window, set[str]]]:
    """Each window with the messages that are completely read once it is."""
    left = Counter(id_ for window in windows for id_ in _noted(window))
    for window in windows:
        left.subtract(_noted(window))
        yield window, {id_ for id_ in _noted(window) if not left[id_]}
