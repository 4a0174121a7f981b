"""The briefs of topics: written once, carried on when messages come, read whole again in time.

A brief is kept with the messages that it was written in sight of, and the archive drops it with
any of them. So what is found here holds, and lacks at most what was posted since.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.archive import Archive, KeptDraft
from bot.core.brief import Brief
from bot.core.brief_json import decoded, encoded
from bot.core.errors import ContextTooLong
from bot.core.stretches import Chapter, brief_size, chapters, size
from bot.engines import Material
from bot.partner.progress import Progress
from bot.partner.serving import Serving
from bot.partner.snapshot import KeptBrief, Snapshot
from bot.partner.threads import ArchiveThreads

ANEW = 3
"""A topic is read whole again when a third was added since it last was."""
CHAPTER = 5
"""Chapters of what does not fit one call have a fifth of its room: an edit costs one of them."""
FEWEST = 2_000
"""Bytes of a call's room below which a model is of no use here."""
STRETCHES = 20
"""Briefs of stretches that are kept of a topic, the newest."""


class Briefs:
    """Reads and writes the briefs of all topics."""

    def __init__(self, threads: ArchiveThreads, clock: Callable[[], datetime]) -> None:
        self._threads = threads
        self._clock = clock

    async def of_topic(
        self, taken: Snapshot, by: Serving, progress: Progress, *, refresh: bool = False
    ) -> KeptBrief:
        """The brief of all that there is; the stored one where it lacks nothing.

        Raises EngineFailed, and NotFound where a message changed while it was written.
        """
        if not taken.readable:
            return KeptBrief(Brief(), frozenset())
        kept = None if refresh else await self.stored(taken, by)
        new = [id_ for id_ in taken.readable if kept is None or id_ not in kept.seen]
        if kept and not new:
            return kept
        if not by.has_model:
            brief = await by.engine.brief(Material(taken.discussion, taken.readable))
            return self._remember(taken, by, KeptBrief(brief, frozenset(taken.readable)))
        room = await by.engine.room()
        if kept and self._carries_on(taken, kept, new, room):
            return await self._carried(taken, by, kept, new)
        return await self._whole(taken, by, room, progress)

    async def of_stretch(
        self,
        taken: Snapshot,
        by: Serving,
        messages: Collection[str],
        progress: Progress,
        *,
        refresh: bool = False,
    ) -> KeptBrief:
        """The brief of some of the last messages, with what went before as background."""
        shown = taken.of(messages)
        if not shown:
            return KeptBrief(Brief(), frozenset())
        if not by.has_model:
            return KeptBrief(
                await by.engine.brief(Material(taken.discussion, shown)), frozenset(shown)
            )
        stored = await self._drafts(taken, by, "stretch")
        same = [draft for draft in stored if draft.body["messages"] == list(shown)]
        if same and not refresh:
            return _kept(same[0])
        known = await self.stored(taken, by)
        before = (
            known if known and not known.seen.isdisjoint(set(taken.readable) - set(shown)) else None
        )
        brief = await self._read(taken, by, shown, await by.engine.room(), progress, before)
        seen = frozenset(shown) | (before.seen if before else frozenset[str]())
        old = {draft.id for draft in (*same, *stored[STRETCHES - 1 :])}
        written = KeptBrief(brief, seen, Counter(by.meter.rejected))
        return await self._keep(taken, by, "stretch", written, old, {"messages": list(shown)})

    async def stored(self, taken: Snapshot, by: Serving) -> KeptBrief | None:
        """The topic's brief as it was last written, whatever was posted since."""
        if by.name in taken.briefs or not by.has_model:
            return taken.briefs.get(by.name)
        found = await self._drafts(taken, by, "brief")
        return self._remember(taken, by, _kept(found[0])) if found else None

    def _carries_on(self, taken: Snapshot, kept: KeptBrief, new: Sequence[str], room: int) -> bool:
        """Whether it is cheaper, and soon enough after the last whole reading, to carry it on."""
        if (len(taken.readable) - kept.whole) * ANEW > kept.whole:
            return False
        shown = brief_size(taken.discussion, kept.brief)
        carried = shown + size(taken.discussion, new)
        return carried <= min(room, size(taken.discussion, taken.readable))

    async def _carried(
        self, taken: Snapshot, by: Serving, kept: KeptBrief, new: Sequence[str]
    ) -> KeptBrief:
        material = Material(taken.discussion, tuple(new), (kept.brief,), whole=taken.readable)
        brief = await by.engine.brief(material)
        seen = kept.seen | frozenset(new)
        rejected = Counter(by.meter.rejected)
        written = KeptBrief(brief, seen, rejected, kept.whole)
        return await self._keep_brief(taken, by, written)

    async def _whole(
        self, taken: Snapshot, by: Serving, room: int, progress: Progress
    ) -> KeptBrief:
        brief = await self._read(taken, by, taken.readable, room, progress, None, keeps=True)
        seen, rejected = frozenset(taken.readable), Counter(by.meter.rejected)
        return await self._keep_brief(
            taken, by, KeptBrief(brief, seen, rejected, len(taken.readable))
        )

    async def _read(
        self,
        taken: Snapshot,
        by: Serving,
        messages: tuple[str, ...],
        room: int,
        progress: Progress,
        before: KeptBrief | None,
        *,
        keeps: bool = False,
    ) -> Brief:
        """The brief of messages read whole, in one call where they fit, else in chapters."""
        while True:
            try:
                if size(taken.discussion, messages) <= room:
                    background = before.brief if before else None
                    return await by.engine.brief(
                        Material(taken.discussion, messages, background=background)
                    )
                if room < FEWEST:
                    told = f"The context of the model {by.facts.model} is too small for this topic."
                    raise ContextTooLong(told)
                return await self._in_chapters(taken, by, messages, room, progress, keeps)
            except ContextTooLong:
                room = min(room // 2, await by.engine.room())
                if room < FEWEST:
                    raise

    async def _in_chapters(
        self,
        taken: Snapshot,
        by: Serving,
        messages: tuple[str, ...],
        room: int,
        progress: Progress,
        keeps: bool,
    ) -> Brief:
        """Chapters side by side, each in sight of its own messages; then the brief of theirs."""
        stored = {draft.id: draft for draft in await self._drafts(taken, by, "chapter")}
        seen = {id_: draft.rests_on for id_, draft in stored.items()}
        closed, tail = chapters(taken.discussion, messages, seen if keeps else {}, room // CHAPTER)
        done = sum(len(chapter.messages) for chapter in closed if chapter.key is not None)

        async def written(chapter: Chapter) -> Brief:
            nonlocal done
            if chapter.key is not None:
                return decoded(stored[chapter.key].body["brief"])
            brief = await by.engine.brief(Material(taken.discussion, chapter.messages))
            if keeps:
                of_it = KeptBrief(brief, frozenset(chapter.messages))
                await self._keep(taken, by, "chapter", of_it)
            done += len(chapter.messages)
            progress(done, len(messages))
            return brief

        briefs = await _all_of(map(written, closed))
        if keeps:
            stale = stored.keys() - {chapter.key for chapter in closed}
            await self._threads.write(Archive.drop_drafts, sorted(stale))
        return await self._together(taken, by, briefs, tail, messages, room)

    async def _together(
        self,
        taken: Snapshot,
        by: Serving,
        briefs: Sequence[Brief],
        tail: tuple[str, ...],
        messages: tuple[str, ...],
        room: int,
    ) -> Brief:
        """The brief of chapters' briefs and of the open chapter; many are put together in steps."""
        room_for_briefs = max(room - size(taken.discussion, tail), room // CHAPTER)
        batches = _batches(taken, briefs, room_for_briefs)
        while len(batches) > 1:
            briefs = await _all_of(self._of_batch(taken, by, batch) for batch in batches)
            batches = _batches(taken, briefs, room_for_briefs)
        return await by.engine.brief(
            Material(taken.discussion, tail, tuple(briefs), whole=messages)
        )

    async def _of_batch(self, taken: Snapshot, by: Serving, batch: Sequence[Brief]) -> Brief:
        if len(batch) == 1:
            return batch[0]
        return await by.engine.brief(
            Material(taken.discussion, (), tuple(batch), whole=taken.readable)
        )

    async def _keep_brief(self, taken: Snapshot, by: Serving, written: KeptBrief) -> KeptBrief:
        old = [draft.id for draft in await self._drafts(taken, by, "brief")]
        more = {"whole": written.whole}
        return self._remember(taken, by, await self._keep(taken, by, "brief", written, old, more))

    async def _keep(
        self,
        taken: Snapshot,
        by: Serving,
        kind: str,
        written: KeptBrief,
        replaces: Collection[int] = (),
        more: Mapping[str, Any] | None = None,
    ) -> KeptBrief:
        body = {
            "brief": encoded(written.brief),
            "rejected": dict(written.rejected),
            **(more or {}),
        }
        id_ = await self._threads.write(
            Archive.keep_draft,
            taken.topic.id,
            kind,
            by.name,
            body=body,
            rests_on=written.seen,
            revisions={id_: taken.discussion.revisions[id_] for id_ in written.seen},
            made_with=by.made_with(self._clock()),
            at=self._clock(),
            replaces=replaces,
        )
        return replace(written, id=id_)

    async def _drafts(self, taken: Snapshot, by: Serving, kind: str) -> list[KeptDraft]:
        return await self._threads.read(Archive.drafts, taken.topic.id, kind, by.name)

    def _remember(self, taken: Snapshot, by: Serving, kept: KeptBrief) -> KeptBrief:
        taken.briefs[by.name] = kept
        return kept


def _kept(draft: KeptDraft) -> KeptBrief:
    body = draft.body
    return KeptBrief(
        decoded(body["brief"]),
        draft.rests_on,
        Counter(body["rejected"]),
        body.get("whole", 0),
        draft.id,
    )


async def _all_of(work: Iterable[Any]) -> list[Any]:
    """All results; what failed is raised when all have ended, so that what was written is kept."""
    outcomes = await asyncio.gather(*work, return_exceptions=True)
    if failed := [each for each in outcomes if isinstance(each, BaseException)]:
        raise failed[0]
    return list(outcomes)


def _batches(taken: Snapshot, briefs: Sequence[Brief], room: int) -> list[list[Brief]]:
    """Briefs in a row that fit one call together; two at least, so that there are fewer."""
    batches: list[list[Brief]] = []
    left = 0
    for brief in briefs:
        needed = brief_size(taken.discussion, brief)
        if not batches or (needed > left and len(batches[-1]) > 1):
            batches.append([])
            left = room
        batches[-1].append(brief)
        left -= needed
    return batches
