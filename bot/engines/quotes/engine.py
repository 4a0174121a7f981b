"""The quotes engine as the partner sees it: the embedded default, the fallback, and the floor.

No model, no download, nothing random: the same messages give the same brief. It knows words and
forms, not meanings, so it says nothing of its own about anybody.
"""

import asyncio
from collections.abc import Sequence

from bot.core.brief import Brief
from bot.core.discussion import Discussion
from bot.core.sentences import Span
from bot.core.summary import EngineFacts
from bot.engines import AnswerDraft, Draft, Material, Meter, Wanted
from bot.engines.quotes.people import stands
from bot.engines.quotes.questions import open_items
from bot.engines.quotes.reply_drafts import reply_drafts
from bot.engines.quotes.talk import Talk


class QuotesEngine:
    """Chooses sentences; writes nothing but the few words around them."""

    @property
    def facts(self) -> EngineFacts:
        """It has no model and no prompts."""
        return EngineFacts(name="quotes")

    def metered(self, meter: Meter) -> "QuotesEngine":
        """Itself: it spends nothing."""
        return self

    async def room(self) -> int:
        """No limit: it takes in a discussion whole."""
        return 0

    async def brief(self, material: Material) -> Brief:
        """A sentence for everybody, and the last questions that nobody answered.

        In a thread of its own: ten thousand messages take more than a moment.
        """
        return await asyncio.to_thread(_brief, material)

    async def suggest(
        self, material: Material, brief: Brief | None, wanted: Wanted
    ) -> tuple[Draft, ...]:
        """Places to join. Raises EngineFailed for an intent that needs a model."""
        return await asyncio.to_thread(reply_drafts, material, wanted)

    async def answer(
        self, discussion: Discussion, question: str, passages: Sequence[Span]
    ) -> AnswerDraft:
        """No answer of its own."""
        return AnswerDraft((), frozenset(span.message for span in passages))

    async def close(self) -> None:
        """Nothing is open."""


def _brief(material: Material) -> Brief:
    talk = Talk(material)
    return Brief(open=open_items(talk), people=stands(talk))
