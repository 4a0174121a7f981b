"""DiscussionPartner: the story of each use case, top to bottom."""

import asyncio
from collections.abc import (
    Awaitable,
    Callable,
    Coroutine,
    Hashable,
    Mapping,
)
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from bot.archive import Archive, KeptDraft
from bot.core.budget import NOBODY, UNLIMITED, Budget, Payer
from bot.core.changes import changes, posted_since
from bot.core.errors import EngineFailed, MootError, NotFound
from bot.core.passages import asks_of_something, passages
from bot.core.sentences import Span
from bot.core.state import TopicState
from bot.core.summary import (
    Answer,
    CatchUp,
    EngineFacts,
    Suggestions,
    Summary,
)
from bot.engines import Engine, Wanted
from bot.partner.headlines import Headlines
from bot.partner.keeping import Keeping
from bot.partner.news import choose_anew
from bot.partner.purse import RequestPurse
from bot.partner.reading import Progress, TopicReader, unseen
from bot.partner.replies import Replies
from bot.partner.serving import Serving
from bot.partner.sharing import Sharing, Work
from bot.partner.standing import Standing
from bot.partner.threads import ArchiveThreads

T = TypeVar("T")
PATIENCE = 600.0
"""Seconds that a model may take over one request, unless a host says otherwise."""


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
        self._headlines = Headlines(threads, self._sharing, clock)
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

    async def quotes_of(self, topic_id: int, author_id: str) -> dict[Span, str]:
        """An author's sentences that stand in some engine's ledger, and their words; latest first.

        Nothing is read for it.
        """
        found: dict[Span, str] = {}
        places: dict[str, int] = {}
        for engine in self._engines.values():
            state = (await self._known(topic_id, Serving(engine))).state
            places = {id_: place for place, id_ in enumerate(state.messages)}
            own = (each.span for each in state.ledger.evidence if each.author == author_id)
            found.update((span, state.text(span)) for span in own)
        known = [span for span in found if span.message in places]
        known.sort(key=lambda span: (places[span.message], span.start), reverse=True)
        return {span: found[span] for span in known}

    def facts(self, engine: str) -> EngineFacts:
        """What an engine says of itself. Raises NotFound."""
        return self._engine(engine).facts

    async def state(self, topic_id: int) -> TopicState:
        """What is known of a topic now, without reading anything with a model."""
        for engine in self._engines.values():
            known = await self._known(topic_id, Serving(engine))
            if known.state.notes:
                return known.state
        return (await self._up_to_date(topic_id, Serving(self._engines["quotes"]))).state

    async def summarise(
        self,
        topic_id: int,
        engine: str | None = None,
        *,
        refresh: bool = False,
        payer: Payer = NOBODY,
        progress: Progress = unseen,
    ) -> Summary:
        """Where a topic stands. `refresh` has the headline written anew."""

        async def work(by: Serving) -> Summary:
            current = await self._up_to_date(topic_id, by, progress)
            text = await self._headlines.over(current, by, refresh=refresh)
            return replace(
                current.summary,
                engine=by.facts,
                headline=text,
                receipt=by.receipt(current),
                usage=by.usage,
            )

        return await self._served(topic_id, engine, payer, work)

    async def catch_up(
        self,
        topic_id: int,
        since: str,
        viewer: str | None = None,
        engine: str | None = None,
        *,
        payer: Payer = NOBODY,
        progress: Progress = unseen,
    ) -> CatchUp:
        """What others changed since a message, by its source's id; `viewer` is an author's id.

        Nothing is read where nobody else posted anything since. Raises NotFound where the topic
        has no such message.
        """

        async def work(by: Serving) -> CatchUp:
            current = await self._known(topic_id, by)
            if posted_since(current.state, since, viewer):
                current = await self._up_to_date(topic_id, by, progress)
            state, posted = current.state, posted_since(current.state, since, viewer)
            if by.facts.name == self._engines["quotes"].facts.name:
                state = await choose_anew(state, since, by.engine)
            return CatchUp(
                topic=current.facts,
                engine=by.facts,
                headline=await self._headlines.stored(current, by),
                since=since,
                new_messages=len(posted),
                new_from=tuple(dict.fromkeys(state.names[m.author.source_id] for m in posted)),
                changes=changes(state, since, viewer),
                agreements=state.ledger.agreements,
                receipt=by.receipt(current),
                usage=by.usage,
            )

        return await self._served(topic_id, engine, payer, work)

    async def find_author(self, topic_id: int, words: str) -> str:
        """The id of the author of a topic with that id or name. NotFound, Ambiguous."""
        known = await self._known(topic_id, Serving(self._engines["quotes"]))
        return known.state.author(words)

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
            current = await self._up_to_date(topic_id, by, progress)
            asked = wanted
            if viewer is not None:
                asked = replace(wanted, viewer=current.state.author(viewer))
            drafts = await self._replies.to(current, by, asked)
            return Suggestions(current.facts, by.facts, drafts, by.receipt(current), by.usage)

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
        """What the thread says to a question, cited; or that it does not say.

        It is looked for in the words of every message, so nothing has to be read for it, unless
        the question is on the topic as a whole. Raises MootError where nothing is asked.
        """
        if not question.strip():
            raise MootError("There is no question: ask in words what the thread may say.")

        async def work(by: Serving) -> Answer:
            if asks_of_something(question):
                current = await self._known(topic_id, by)
            else:
                current = await self._up_to_date(topic_id, by, progress)
            # In a thread of its own: ten thousand messages take more than a moment.
            found = await asyncio.to_thread(passages, current.state, question)
            draft = await by.engine.answer(current.state, question, found)
            return Answer(
                topic=current.facts,
                engine=by.facts,
                answer=draft.text,
                evidence=tuple(map(current.state.quote, draft.evidence)),
                receipt=by.receipt_of_search(current, draft.evidence),
                usage=by.usage,
            )

        return await self._served(topic_id, engine, payer, work)

    async def _up_to_date(
        self, topic_id: int, by: Serving, progress: Progress = unseen
    ) -> Standing:
        """The topic with everything read; who asks while it is being read shares the reading."""

        def read(tell: Progress) -> Coroutine[Any, Any, Standing]:
            return self._reader(by, tell).bring_up_to_date(topic_id)

        return await self._looked(("read", topic_id, by.facts.name), read, progress)

    async def _known(self, topic_id: int, by: Serving) -> Standing:
        """The topic as it was left."""

        def look(tell: Progress) -> Coroutine[Any, Any, Standing]:
            return self._reader(by).known(topic_id)

        return await self._looked(("known", topic_id, by.facts.name), look, unseen)

    async def _looked(self, key: Hashable, work: Work[Standing], progress: Progress) -> Standing:
        """What the shared work finds.

        It may have begun before the newest messages came: who joined it takes a second look,
        which is shared again with all others who joined.
        """
        current, joined = await self._sharing.share(key, work, progress)
        if joined:
            current, _ = await self._sharing.share(key, work, progress)
        return current

    def _reader(self, by: Serving, progress: Progress = unseen) -> TopicReader:
        plain = self._engines["quotes"]
        return TopicReader(
            self._threads, by.engine, plain, by.meter, self._clock, progress, self._memory
        )

    async def _served(
        self,
        topic_id: int,
        name: str | None,
        payer: Payer,
        work: Callable[[Serving], Awaitable[T]],
    ) -> T:
        """The work by the engine named, or by the first; if that fails, by the quotes engine."""
        chosen, fallback = self._engine(name), self._engines["quotes"]

        async def attempt() -> T:
            try:
                return await self._in_time(work(self._paid_by(payer, topic_id, chosen)), chosen)
            except EngineFailed as error:
                if name is not None or chosen is fallback:
                    raise
                return await work(Serving(fallback, why_not_the_model=str(error)))

        return await self._requests.serve(attempt)

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
                f"The model {engine.facts.model} took longer than {self._patience:g} s; what it "
                "has read by now is kept."
            ) from None

    def _engine(self, name: str | None) -> Engine:
        if name is None:
            return next(iter(self._engines.values()))
        if name not in self._engines:
            raise NotFound(f"There is no engine {name} here; configure a model under [llm] first.")
        return self._engines[name]
