"""DiscussionPartner: the story of each use case, top to bottom."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from bot.archive import Archive, KeptDraft
from bot.core.brief import Brief
from bot.core.budget import NOBODY, UNLIMITED, Budget, Payer
from bot.core.discussion import Discussion
from bot.core.errors import EngineFailed, MootError, NotFound
from bot.core.passages import nearest, passages
from bot.core.presentation import Presentation, evidence
from bot.core.sentences import Span
from bot.core.stretches import fitting, last_hours, size
from bot.core.summary import Answer, EngineFacts, Intent, Suggestions, Summary
from bot.engines import AnswerDraft, Engine, Wanted
from bot.engines.quotes import OFFERED
from bot.partner.briefs import Briefs
from bot.partner.keeping import Keeping
from bot.partner.progress import Progress, unseen
from bot.partner.purse import RequestPurse
from bot.partner.replies import Replies
from bot.partner.results import news, receipt_of, summary
from bot.partner.serving import Serving
from bot.partner.sharing import Sharing
from bot.partner.snapshot import KeptBrief, Snapshot, snapshot
from bot.partner.threads import ArchiveThreads

T = TypeVar("T")
PATIENCE = 600.0
"""Seconds that a model may take over one request, unless a host says otherwise."""
ATTEMPTS = 3
"""How often something is written at most where messages change while it is."""
PASSAGES = 60_000
"""Bytes of passages that an answer is written from, where the whole discussion does not fit."""

NOTHING_SAID = AnswerDraft((), frozenset())


class DiscussionPartner(Keeping):
    """What a person may ask of Moot. Used as `async with partner:`, or opened and closed.

    `engines` holds the engines by name; the first answers where none is named. What it asks of a
    model is paid from the `budget`, and takes no longer than `patience` (seconds) a request. Who
    asks for what may cost something is the `payer`; of what several share, who began it.
    """

    def __init__(
        self,
        threads: ArchiveThreads,
        engines: Mapping[str, Engine],
        clock: Callable[[], datetime],
        budget: Budget = UNLIMITED,
        patience: float = PATIENCE,
    ) -> None:
        super().__init__(threads, clock)
        self._engines = engines
        self.budget = budget
        self._patience = patience
        self._sharing = Sharing()
        self._briefs = Briefs(threads, clock)
        self._replies = Replies(threads, engines["quotes"], clock)

    async def open(self) -> None:
        """Makes the archive ready. Raises ArchiveError where it can't be used."""
        await self._threads.open()

    async def close(self) -> None:
        """Lets go of the model, finishes what is being written and closes the archive."""
        for engine in self._engines.values():
            await engine.close()
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
        await self.close()

    def facts(self, engine: str) -> EngineFacts:
        """What an engine says of itself. Raises NotFound."""
        return self._engine(engine).facts

    def intents(self, engine: str | None = None) -> tuple[Intent, ...]:
        """What replies may set out to do; without a model, what quotes alone make honestly."""
        has_model = self._engine(engine).facts.model is not None
        return tuple(Intent) if has_model else OFFERED

    async def discussion(self, topic_id: int) -> Discussion:
        """A topic's messages with their numbers and names. NotFound."""
        return (await self._snapshot(topic_id)).discussion

    async def quotes_of(self, topic_id: int, author_id: str) -> dict[Span, str]:
        """An author's sentences that a brief of the topic rests on, and their words; latest first.

        Nothing is asked of a model for it.
        """
        taken = await self._snapshot(topic_id)
        found: set[Span] = set()
        for engine in self._engines.values():
            by = Serving(engine)
            kept = await self._briefs.stored(taken, by)
            if kept is None and not by.has_model:
                kept = await self._briefs.of_topic(taken, by, unseen)
            found.update(kept.brief.cites if kept else ())
        own = [span for span in found if taken.discussion.author_of(span) == author_id]
        own.sort(
            key=lambda span: (taken.discussion.numbers[span.message], span.start), reverse=True
        )
        return {span: taken.discussion.text(span) for span in own}

    async def summarise(
        self,
        topic_id: int,
        engine: str | None = None,
        *,
        since: str | None = None,
        hours: float | None = None,
        viewer: str | None = None,
        refresh: bool = False,
        payer: Payer = NOBODY,
        progress: Progress = unseen,
    ) -> Summary:
        """What a topic comes to; or only what came after a message, or in the last hours.

        `viewer` is the author id of who reads a stretch: replies to them come first, what they
        wrote is not counted, and where nobody else wrote it costs nothing. `refresh` has it
        written anew. Raises NotFound where the topic, or the message in it, is not there.
        """

        reader = None if since is None and hours is None else viewer

        async def work(by: Serving) -> Summary:
            taken = await self._snapshot(topic_id)
            messages = self._stretch(taken, since, hours)
            if len(messages) == len(taken.discussion.ids):
                taken, kept = await self._brief(topic_id, by, progress, refresh=refresh)
                return summary(taken, by, kept, taken.discussion.ids, reader)
            if not news(taken.discussion, messages, reader):
                kept = KeptBrief(Brief(), frozenset(taken.of(messages)))
                return summary(taken, by, kept, messages, reader)
            key = ("stretch", topic_id, by.name, messages, refresh)

            async def written(tell: Progress) -> KeptBrief:
                return await self._briefs.of_stretch(taken, by, messages, tell, refresh=refresh)

            kept, _ = await self._sharing.share(key, written, progress)
            return summary(taken, by, kept, messages, reader)

        return await self._served(topic_id, engine, payer, work)

    async def suggest(
        self,
        topic_id: int,
        wanted: Wanted,
        viewer: str | None = None,
        engine: str | None = None,
        *,
        payer: Payer = NOBODY,
        progress: Progress = unseen,
    ) -> Suggestions:
        """Drafts of a reply; `viewer` is the name or id of the one who would post it."""

        async def work(by: Serving) -> Suggestions:
            taken = await self._snapshot(topic_id)
            kept = await self._briefs.stored(taken, by) if by.has_model else None
            material = await self._replies.material(taken, by, kept)
            if by.has_model and kept is None and len(material.messages) < len(taken.readable):
                taken, kept = await self._brief(topic_id, by, progress)
                material = await self._replies.material(taken, by, kept)
            asked = wanted
            if viewer is not None:
                asked = replace(wanted, viewer=taken.discussion.author(viewer))
            drafts = await self._replies.to(taken, by, kept, material, asked)
            cited = {quote.author for draft in drafts for quote in draft.evidence}
            shown = receipt_of(taken, by, frozenset(material.messages), cited)
            why = await self._replies.why_fewer(taken, by, asked, drafts)
            return Suggestions(taken.facts, by.facts, drafts, shown, by.usage, why)

        return await self._served(topic_id, engine, payer, work)

    async def draft(self, draft_id: int) -> KeptDraft:
        """A suggestion as it was kept. NotFound once a message that it rests on has changed."""
        return await self._threads.read(Archive.draft, draft_id)

    async def ask(
        self,
        topic_id: int,
        question: str,
        engine: str | None = None,
        *,
        payer: Payer = NOBODY,
        progress: Progress = unseen,
    ) -> Answer:
        """What the discussion says to a question, cited; without an answer the nearest passages.

        A model sees the whole discussion where it fits, else the passages nearest to the question.
        Raises MootError where nothing is asked.
        """
        if not question.strip():
            raise MootError("There is no question: ask in words what the thread may say.")

        async def work(by: Serving) -> Answer:
            taken = await self._snapshot(topic_id)
            taken, shown = await self._passages(taken, by, question, progress)
            draft = NOTHING_SAID
            if shown:
                draft = await by.engine.answer(taken.discussion, question, shown)
                await self._still_said(taken, draft.seen)
            text = Presentation(taken.discussion).text(draft.statements)
            cited = {quote.author for quote in text.evidence}
            near: tuple[Span, ...] = ()
            if not draft.statements:
                near = await asyncio.to_thread(nearest, taken.discussion, question)
            return Answer(
                topic=taken.facts,
                engine=by.facts,
                answer=text if draft.statements else None,
                nearest=evidence(taken.discussion, near),
                receipt=receipt_of(taken, by, draft.seen, cited),
                usage=by.usage,
                seen=draft.seen,
            )

        return await self._served(topic_id, engine, payer, work)

    async def _passages(
        self, taken: Snapshot, by: Serving, question: str, progress: Progress
    ) -> tuple[Snapshot, tuple[Span, ...]]:
        """What an answer is written from: every message where all fit, else the nearest words.

        For a question without a word of its own that is what the topic's brief cites, which may be
        of a newer snapshot.
        """
        discussion = taken.discussion
        room = await by.engine.room()
        if not by.has_model or size(discussion, taken.readable) <= room:
            return taken, tuple(part.span for _, part in discussion.numbered(taken.readable))
        # In a thread of its own: ten thousand messages take more than a moment.
        room = min(room, PASSAGES)
        found = await asyncio.to_thread(passages, discussion, question, room)
        if not found:
            taken, kept = await self._brief(taken.topic.id, by, progress)
            found = kept.brief.cites
        return taken, fitting(taken.discussion, found, room)

    async def _still_said(self, taken: Snapshot, seen: Iterable[str]) -> None:
        """Raises NotFound where one of the messages is gone, or says something else by now."""
        now = (await self._snapshot(taken.topic.id)).discussion.revisions
        if any(now.get(each) != taken.discussion.revisions[each] for each in seen):
            raise NotFound("A message that this answer rests on was changed meanwhile: ask again.")

    async def _brief(
        self, topic_id: int, by: Serving, progress: Progress, *, refresh: bool = False
    ) -> tuple[Snapshot, KeptBrief]:
        """The topic's brief with all that there is; who asks meanwhile shares the writing.

        It may have begun before the newest messages came: who joined it takes a second look,
        which is shared again with all others who joined.
        """

        def writing(anew: bool) -> Callable[[Progress], Coroutine[Any, Any, Any]]:
            async def written(tell: Progress) -> tuple[Snapshot, KeptBrief]:
                taken = await self._snapshot(topic_id)
                return taken, await self._briefs.of_topic(taken, by, tell, refresh=anew)

            return written

        key = ("brief", topic_id, by.name, refresh)
        found, joined = await self._sharing.share(key, writing(refresh), progress)
        if joined:
            again = ("brief", topic_id, by.name, False)
            found, _ = await self._sharing.share(again, writing(False), progress)
        return found

    async def _snapshot(self, topic_id: int) -> Snapshot:
        """The topic as it is now; who asks meanwhile shares the look."""

        async def look(tell: Progress) -> Snapshot:
            age = self._memory.age
            version = await self._threads.read(Archive.version, topic_id)
            if remembered := self._memory.recall(topic_id, version):
                return remembered
            known = await self._threads.read(Archive.known, topic_id)
            taken = await asyncio.to_thread(snapshot, known)
            self._memory.keep(taken, age)
            return taken

        taken, joined = await self._sharing.share(("snapshot", topic_id), look, unseen)
        if joined:
            taken, _ = await self._sharing.share(("snapshot", topic_id), look, unseen)
        return taken

    def _stretch(self, taken: Snapshot, since: str | None, hours: float | None) -> tuple[str, ...]:
        if since is not None:
            return taken.discussion.after(since)
        if hours is not None:
            return last_hours(taken.discussion, hours, self._clock())
        return taken.discussion.ids

    async def _served(
        self,
        topic_id: int,
        name: str | None,
        payer: Payer,
        work: Callable[[Serving], Awaitable[T]],
    ) -> T:
        """The work by the engine named, or by the first; if that fails, by the quotes engine."""
        chosen, fallback = self._engine(name), self._engines["quotes"]
        by = self._paid_by(payer, topic_id, chosen)

        async def attempt(begun: int) -> T:
            try:
                _check_patience(chosen, begun)
                return await self._in_time(_until_kept(work, by), chosen)
            except EngineFailed as error:
                if name is not None or chosen is fallback:
                    raise
                return await _until_kept(work, by.failed(fallback, str(error)))

        return await self._requests.serve(topic_id, attempt)

    def _paid_by(self, payer: Payer, topic_id: int, engine: Engine) -> Serving:
        model = engine.facts.model
        if model is None:
            return Serving(engine)
        purse = RequestPurse(self._threads, self.budget, self._clock, payer, topic_id, model)
        return Serving(engine, purse)

    async def _in_time(self, work: Awaitable[T], engine: Engine) -> T:
        """The work, given up when a model has taken as long as a request may take."""
        if engine.facts.model is None:
            return await work
        patience = asyncio.timeout(self._patience)
        try:
            async with patience:
                return await work
        except TimeoutError:
            if not patience.expired():
                raise
            raise EngineFailed(
                f"The model {engine.facts.model} took longer than {self._patience:g} s (patience); "
                "the chapters that it has read by now are kept."
            ) from None

    def _engine(self, name: str | None) -> Engine:
        if name is None:
            return next(iter(self._engines.values()))
        if name not in self._engines:
            raise NotFound(
                "No model is set: set model under [llm] (`moot doctor` says how), or leave out "
                "--engine."
            )
        return self._engines[name]


def _check_patience(engine: Engine, begun: int) -> None:
    """Raises EngineFailed where a model was broken off often enough: each call was paid for."""
    if engine.facts.model is not None and begun >= ATTEMPTS:
        told = "was broken off by people who took words of theirs back: ask again"
        raise EngineFailed(f"The model {engine.facts.model} {told}.")


async def _until_kept(work: Callable[[Serving], Awaitable[T]], by: Serving) -> T:
    """The work, done anew where a message changed while something was written in sight of it."""
    for _ in range(ATTEMPTS - 1):
        by.meter.rejected.clear()
        with suppress(NotFound):
            return await work(by)
    by.meter.rejected.clear()
    return await work(by)
