"""Bringing a topic up to date: what is not read yet is read, noted and grouped; nothing twice."""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from itertools import islice
from typing import Any

from bot.archive import Archive
from bot.core.arrangement import apply, checked_grouping
from bot.core.model import Message
from bot.core.notes import KeptNote, Note, NoteKind, Reading, checked
from bot.core.receipt import why_skipped
from bot.core.state import TopicState, rearranged
from bot.core.summary import EngineFacts, Usage
from bot.core.windows import Window, cut
from bot.engines import Engine, Meter
from bot.partner.memory import Memory
from bot.partner.standing import Standing, revisions, standing
from bot.partner.threads import ArchiveThreads

OWN_READING = 4_000
"""Characters of an author's own messages that are read again when no note was left of them."""

GROUPED, SHARE = 48, 20
"""Notes that are placed before it is kept where: so many, or where more stand already, that part
of them. The ledger is put together anew after each piece, which takes longer the more there is."""

TELLING = 300
"""Characters beyond which a longer sentence tells no more."""

Progress = Callable[[int, int], None]
"""Told how many messages are read, of how many."""


def unseen(read: int, total: int) -> None:
    """The progress of what nobody watches."""


class TopicReader:
    """Reads topics with one engine, and keeps what it noted.

    `meter` is the engine's; `plain` is the engine without a model.
    """

    def __init__(
        self,
        threads: ArchiveThreads,
        engine: Engine,
        plain: Engine,
        meter: Meter,
        clock: Callable[[], datetime],
        progress: Progress,
        memory: Memory,
    ) -> None:
        self._threads = threads
        self._memory = memory
        self._engine = engine
        self._plain = plain
        self._meter = meter
        self._key = engine.facts.name
        self._clock = clock
        self._progress = progress

    async def bring_up_to_date(self, topic_id: int) -> Standing:
        """Where the topic stands once every message that can be read has been.

        What is posted meanwhile is left for the next time, and not yet read on the receipt.
        """
        start = await self.known(topic_id)
        if start.up_to_date:
            return start
        await self._read_new(start)
        await self._read_the_unheard(await self.known(topic_id))
        noted = await self.known(topic_id)
        await self._group(noted)
        age, found = self._memory.age, await self.known(topic_id)
        if found.says_what(start) and found.state.notes == noted.state.notes:
            found = replace(found, up_to_date=True)
            self._memory.keep(self._key, found, age)
        return found

    async def known(self, topic_id: int) -> Standing:
        """The topic as it was left, without reading anything."""
        age = self._memory.age
        version = await self._threads.read(Archive.version, topic_id)
        if remembered := self._memory.recall(topic_id, self._key, version):
            return remembered
        known = await self._threads.read(Archive.known, topic_id, self._key)
        found = await asyncio.to_thread(standing, known)
        self._memory.keep(self._key, found, age)
        return found

    async def _read_new(self, known: Standing) -> None:
        unread = [
            message.source_id
            for message in known.messages
            if not known.has_read(message) and not why_skipped(message)
        ]
        if unread:
            budget = await self._engine.window_budget()
            windows = list(cut(known.topic.topic.title, known.messages, unread, budget))
            await self._read_windows(known, windows, self._key)

    async def _read_the_unheard(self, known: Standing) -> None:
        """Who has something to say and no note is read once more, alone.

        That it was done is kept under a key of its own, so that it is done once a revision, and
        what somebody writes or rewrites is read twice at most, however often they do. If the
        engine again leaves no note, a sentence of theirs stands for itself.
        """
        if self._plain.facts.name == self._key:
            return
        key = f"{self._key}:own"
        done = await self._threads.read(Archive.read_messages, known.topic.id, key)
        for theirs in _unheard(known):
            fresh = [m for m in _capped(theirs) if done.get(m.source_id) != m.revision]
            if not fresh:
                continue
            ids = [message.source_id for message in fresh]
            # The first window of a message that is longer than all of an own reading.
            found = cut(known.topic.topic.title, known.messages, ids, OWN_READING)
            windows = list(islice(found, 1))
            said = [note for window in windows for note in await self._said(window)]
            if said and not await self._read_windows(known, windows, key):
                best = max(said, key=lambda note: _length(note))
                await self._keep(known, self._key, revisions(fresh), (), Reading((best,)))
            await self._keep(known, key, revisions(fresh), ids, Reading(()))

    async def _said(self, window: Window) -> list[Note]:
        """The views in a window, by their form: whether its author has anything to say."""
        reading = checked(await self._plain.read(window), window.allowed())
        return [note for note in reading.notes if note.kind is NoteKind.VIEW]

    async def _read_windows(self, known: Standing, windows: Sequence[Window], key: str) -> int:
        """Reads windows at once, and keeps each when it is done; one that fails stops none.

        Returns the number of notes. Messages become read under `key`.
        """
        left = Counter(id_ for window in windows for id_ in _noted(window))
        total, done = len(left), 0

        async def read(window: Window) -> int:
            nonlocal done
            reading = checked(await self._engine.read(window), window.allowed())
            left.subtract(_noted(window))
            complete = {id_ for id_ in _noted(window) if not left[id_]}
            shown = {each.message: known.revisions[each.message] for each in window.messages}
            whole = complete if key == self._key else ()
            await self._keep(known, self._key, shown, whole, reading)
            done += len(complete)
            self._progress(done, total)
            return len(reading.notes)

        outcomes = await asyncio.gather(*map(read, windows), return_exceptions=True)
        if failed := [each for each in outcomes if isinstance(each, BaseException)]:
            raise failed[0]
        return sum(each for each in outcomes if not isinstance(each, BaseException))

    async def _keep(
        self,
        known: Standing,
        key: str,
        revisions: Mapping[str, str],
        complete: Collection[str],
        reading: Reading,
    ) -> None:
        await self._threads.write(
            Archive.keep_reading,
            known.topic.id,
            key,
            revisions=revisions,
            complete=complete,
            notes=reading.notes,
            rejected=reading.rejected,
            made_with=made_with(self._engine.facts, reading.usage, self._clock()),
        )

    async def _group(self, known: Standing) -> None:
        state, pending = known.state, known.state.pending
        # Kept piece by piece, so that what breaks off goes on from there. The engine without a
        # model chooses among all that there is.
        whole = self._key == self._plain.facts.name
        while True:
            size = len(pending) if whole else _piece(state)
            state = await self._placed(known.topic.id, state, pending[:size])
            pending = pending[size:]
            if not pending:
                return

    async def _placed(
        self, topic_id: int, state: TopicState, pending: tuple[KeptNote, ...]
    ) -> TopicState:
        """The state with these notes placed, as it is kept."""
        grouping = await self._engine.group(state, pending)
        known = {viewpoint.id for viewpoint in state.ledger.viewpoints}
        sound, rejected = checked_grouping(grouping, [kept.id for kept in pending], known)
        self._meter.rejected.update(rejected)
        arrangement = apply(state.arrangement, sound)
        if arrangement == state.arrangement:
            return state
        await self._threads.write(Archive.keep_arrangement, topic_id, self._key, arrangement)
        return await asyncio.to_thread(rearranged, state, arrangement)


def made_with(facts: EngineFacts, usage: Usage, at: datetime) -> dict[str, Any]:
    """What is kept beside what an engine made: by what, with which prompts, at what cost, when."""
    return {**asdict(facts), **asdict(usage), "at": at.isoformat()}


def _piece(state: TopicState) -> int:
    """How many notes are placed next before it is kept where."""
    return max(GROUPED, len(state.arrangement.placements) // SHARE)


def _length(note: Note) -> int:
    """How much a note says, as long as it is no speech."""
    return min(sum(span.end - span.start for span in note.spans), TELLING)


def _noted(window: Window) -> Iterable[str]:
    return (message.message for message in window.messages if not message.context)


def _unheard(known: Standing) -> Iterator[list[Message]]:
    """The readable messages of each author who was read, and of whom nothing is noted."""
    noted = {kept.note.message for kept in known.state.notes.values()}
    theirs: dict[str, list[Message]] = {}
    for message in known.messages:
        theirs.setdefault(message.author.source_id, []).append(message)
    for said in theirs.values():
        if not any(message.source_id in noted for message in said):
            read = filter(known.has_read, said)
            yield [message for message in read if not why_skipped(message)]


def _capped(messages: Sequence[Message]) -> Iterator[Message]:
    """The first messages, up to what an own reading may take."""
    size = 0
    for message in messages:
        if size and size + len(message.content) > OWN_READING:
            return
        size += len(message.content)
        yield message
