"""Suggested replies: drafted, topped up where a model left too few, and kept to be posted."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from bot.archive import Archive
from bot.core.errors import EngineFailed
from bot.core.summary import Suggestion
from bot.engines import Draft, Engine, Wanted
from bot.partner.reading import made_with
from bot.partner.serving import Serving
from bot.partner.standing import Standing
from bot.partner.threads import ArchiveThreads


class Replies:
    """The drafts of all topics. `plain` is the engine without a model."""

    def __init__(
        self, threads: ArchiveThreads, plain: Engine, clock: Callable[[], datetime]
    ) -> None:
        self._threads = threads
        self._plain = plain
        self._clock = clock

    async def to(self, current: Standing, by: Serving, wanted: Wanted) -> tuple[Suggestion, ...]:
        """As many as are wanted, if the topic has words for so many."""
        drafts = await by.engine.suggest(current.state, wanted)
        written = [await self._keep(current, by, draft) for draft in drafts]
        return (*written, *await self._top_up(current, by, wanted, drafts))

    async def _top_up(
        self, current: Standing, by: Serving, wanted: Wanted, drafts: Sequence[Draft]
    ) -> list[Suggestion]:
        """What the quotes engine adds where a model left too few good drafts."""
        plain = Serving(self._plain)
        missing = wanted.count - len(drafts)
        if missing < 1 or by.facts.name == plain.facts.name:
            return []
        try:
            more = await plain.engine.suggest(current.state, wanted)
        except EngineFailed:
            more = await plain.engine.suggest(current.state, replace(wanted, intent=None))
        intents = {draft.intent for draft in drafts}
        fresh = sorted(more, key=lambda draft: draft.intent in intents)
        return [await self._keep(current, plain, draft) for draft in fresh[:missing]]

    async def _keep(self, current: Standing, by: Serving, draft: Draft) -> Suggestion:
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
            by.facts.name,
            body=body,
            rests_on={quote.message_id for quote in quotes} | draft.seen,
            revisions=current.revisions,
            made_with=made_with(by.facts, by.usage, self._clock()),
            at=self._clock(),
        )
        return Suggestion(
            id=id_,
            intent=draft.intent,
            text=draft.text,
            addresses=draft.addresses,
            beyond=draft.beyond,
            evidence=quotes,
            engine=by.facts.name,
        )
