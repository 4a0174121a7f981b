"""The quotes engine as the partner sees it: the embedded default, the fallback, and the floor.

No model, no download, nothing random: the same messages give the same ledger. Likeness of words
is not likeness of view, so it groups no two authors and names no sides.
"""

import asyncio
from collections.abc import Sequence

from bot.core.arrangement import Grouping
from bot.core.ledger import Evidence
from bot.core.notes import KeptNote, Reading
from bot.core.state import TopicState
from bot.core.summary import EngineFacts
from bot.core.windows import Window
from bot.engines import AnswerDraft, Draft, Meter, Wanted
from bot.engines.quotes.choosing import choose
from bot.engines.quotes.openings import openings
from bot.engines.quotes.reading import read

WINDOW = 20_000
"""Characters: large enough that most messages replied to stand in the window anyway."""


class QuotesEngine:
    """Chooses sentences; writes nothing but the few words around them."""

    @property
    def facts(self) -> EngineFacts:
        """It has no model and no prompts."""
        return EngineFacts(name="quotes")

    def metered(self, meter: Meter) -> "QuotesEngine":
        """Itself: it spends nothing."""
        return self

    async def window_budget(self) -> int:
        """The same always."""
        return WINDOW

    async def read(self, window: Window) -> Reading:
        """A view for each sentence that says something; questions; replies to questions."""
        return read(window)

    async def group(self, state: TopicState, pending: tuple[KeptNote, ...]) -> Grouping:
        """One viewpoint an author. Chosen anew among all notes, since every message counts.

        In a thread of its own: ten thousand messages take more than a moment.
        """
        return await asyncio.to_thread(choose, state)

    async def headline(self, state: TopicState) -> str | None:
        """None: nobody's quote speaks for the whole."""
        return None

    async def suggest(self, state: TopicState, wanted: Wanted) -> tuple[Draft, ...]:
        """Openings around real quotes. Raises EngineFailed for an intent that needs a model."""
        return openings(state, wanted)

    async def answer(
        self, state: TopicState, question: str, passages: Sequence[Evidence]
    ) -> AnswerDraft:
        """No answer of its own, but the passages nearest to the question."""
        return AnswerDraft(None, tuple(passages))

    async def close(self) -> None:
        """Nothing is open."""
