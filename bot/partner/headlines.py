"""Headlines: written once for a ledger as it stands, however many ask for it, and kept."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.archive import Archive
from bot.partner.reading import Progress, made_with, unseen
from bot.partner.serving import Serving
from bot.partner.sharing import Sharing
from bot.partner.standing import Standing
from bot.partner.threads import ArchiveThreads


class Headlines:
    """The headlines of all topics, by the engine that wrote them."""

    def __init__(
        self, threads: ArchiveThreads, sharing: Sharing, clock: Callable[[], datetime]
    ) -> None:
        self._threads = threads
        self._sharing = sharing
        self._clock = clock

    async def over(self, current: Standing, by: Serving, *, refresh: bool) -> str | None:
        """The headline over this very ledger: the stored one, or one that is written now."""
        key = ("headline", current.topic.id, by.facts.name, current.fingerprint, refresh)

        async def found(tell: Progress) -> tuple[Mapping[str, Any], bool]:
            """Looked for again where a look and the writing are one: none is written twice."""
            body = None if refresh else await self._kept(current, by)
            return (body, False) if body else (await self._write(current, by), True)

        (body, written), joined = await self._sharing.share(key, found, unseen)
        if joined or not written:
            by.meter.rejected.update(body["rejected"])
        return body["text"]

    async def stored(self, current: Standing, by: Serving) -> str | None:
        """The text of the one over this very ledger, if it was written before."""
        body = await self._kept(current, by)
        return body["text"] if body else None

    async def _kept(self, current: Standing, by: Serving) -> Mapping[str, Any] | None:
        stored = await self._threads.read(
            Archive.draft_bodies, current.topic.id, "headline", by.facts.name
        )
        return next((body for body in stored if body["ledger"] == current.fingerprint), None)

    async def _write(self, current: Standing, by: Serving) -> dict[str, Any]:
        text = await by.engine.headline(current.state)
        body = {"text": text, "ledger": current.fingerprint, "rejected": dict(by.meter.rejected)}
        if text is None and not by.meter.rejected:
            return body
        await self._threads.write(
            Archive.keep_draft,
            current.topic.id,
            "headline",
            by.facts.name,
            body=body,
            rests_on={evidence.span.message for evidence in current.state.ledger.evidence},
            revisions=current.revisions,
            made_with=made_with(by.facts, by.usage, self._clock()),
            at=self._clock(),
        )
        return body
