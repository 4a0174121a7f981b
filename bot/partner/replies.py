"""Suggested replies: drafted, without a model where it left none, and kept to be posted."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.archive import Archive
from bot.core.brief_json import cites
from bot.core.errors import EngineFailed
from bot.core.presentation import evidence
from bot.core.stretches import size
from bot.core.summary import Suggestion
from bot.engines import Draft, Engine, Material, Wanted
from bot.engines.quotes.shortfall import why_fewer
from bot.partner.serving import Serving
from bot.partner.snapshot import KeptBrief, Snapshot
from bot.partner.threads import ArchiveThreads

WHOLE, NEWEST = 40_000, 24_000
"""Bytes of a discussion that drafts are written from whole, and of its newest messages where it is
longer: beside them stands the brief."""
FEW_OF_MODEL = "The model wrote no more drafts that may be shown."
NONE_OF_MODEL = "The model wrote no draft that may be shown."


class Replies:
    """The drafts of all topics. `plain` is the engine without a model."""

    def __init__(
        self, threads: ArchiveThreads, plain: Engine, clock: Callable[[], datetime]
    ) -> None:
        self._threads = threads
        self._plain = plain
        self._clock = clock

    async def to(
        self,
        taken: Snapshot,
        by: Serving,
        kept: KeptBrief | None,
        material: Material,
        wanted: Wanted,
    ) -> tuple[Suggestion, ...]:
        """As many as are wanted, or fewer where a model leaves fewer that may be shown."""
        if not taken.readable:
            return ()
        brief = kept.brief if kept else None
        drafts = await by.engine.suggest(material, brief, wanted)
        background = kept.seen if kept and material.background else frozenset[str]()
        if not drafts and by.name != Serving(self._plain).name:
            by, drafts = Serving(self._plain), await self._plainly(taken, wanted)
        return tuple([await self._keep(taken, by, each, background) for each in drafts])

    async def why_fewer(
        self, taken: Snapshot, by: Serving, wanted: Wanted, drafts: Sequence[Suggestion]
    ) -> str | None:
        """Why these are fewer than were wanted; None where they are not."""
        if len(drafts) >= wanted.count:
            return None
        if any(each.engine == by.name for each in drafts) and by.has_model:
            return FEW_OF_MODEL
        found = await asyncio.to_thread(
            why_fewer, Material(taken.discussion, taken.readable), wanted, len(drafts)
        )
        return f"{NONE_OF_MODEL} {found}" if by.has_model and taken.readable else found

    async def material(self, taken: Snapshot, by: Serving, kept: KeptBrief | None) -> Material:
        """The whole discussion where it is short enough; else its newest messages and the brief."""
        if not by.has_model or size(taken.discussion, taken.readable) <= min(
            WHOLE, await by.engine.room()
        ):
            return Material(taken.discussion, taken.readable)
        left, place = min(NEWEST, await by.engine.room()), len(taken.readable)
        while place and (left := left - size(taken.discussion, [taken.readable[place - 1]])) >= 0:
            place -= 1
        newest = taken.readable[place:]
        return Material(taken.discussion, newest, background=kept.brief if kept else None)

    async def _plainly(self, taken: Snapshot, wanted: Wanted) -> tuple[Draft, ...]:
        """What the quotes engine has, of another intent where it knows none of this."""
        material = Material(taken.discussion, taken.readable)
        try:
            return await self._plain.suggest(material, None, wanted)
        except EngineFailed:
            return await self._plain.suggest(material, None, replace(wanted, intent=None))

    async def _keep(
        self, taken: Snapshot, by: Serving, draft: Draft, background: frozenset[str] = frozenset()
    ) -> Suggestion:
        """Stores a draft with what it was written in sight of, so that a deletion reaches it."""
        seen = draft.seen | background
        id_ = await self._threads.write(
            Archive.keep_draft,
            taken.topic.id,
            "suggestion",
            by.name,
            body={
                "intent": draft.intent,
                "text": draft.text,
                "to": list(draft.to),
                "beyond": draft.beyond,
                "cites": cites(draft.cites),
            },
            rests_on=seen,
            revisions={each: taken.discussion.revisions[each] for each in seen},
            made_with=by.made_with(self._clock()),
            at=self._clock(),
        )
        return Suggestion(
            id=id_,
            intent=draft.intent,
            text=draft.text,
            to=tuple(taken.discussion.names[author] for author in draft.to),
            beyond=draft.beyond,
            evidence=evidence(taken.discussion, draft.cites),
            engine=by.name,
            why=draft.why,
        )
