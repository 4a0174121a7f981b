"""How a small model groups: two claims at a time, and one question about them.

Shown a list of viewpoints, a model of 1.5 billion parameters chose among them by chance. Of two
claims, one of which answers the other, it tells well whether they go together. So code chooses
the pairs, by who answers whom and by likeness of words, and says what the answer means.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from bot.core.checks import recants
from bot.core.likeness import overlap
from bot.core.model import Message
from bot.core.notes import KeptNote
from bot.core.state import TopicState
from bot.engines.llm.grouping import CANDIDATES, Board
from bot.engines.llm.shapes import closed

RELATIONS = ("agrees", "disagrees", "other")
ALIKE = 0.34
"""Share of a claim's words that a viewpoint must have for both to be the same view: small models
agree where two claims are only on the same subject."""


class RelationAnswer(BaseModel):
    """What the model says of two claims."""

    model_config = ConfigDict(extra="ignore")

    relation: Literal["agrees", "disagrees", "other"]


def schema() -> Mapping[str, Any]:
    """The JSON schema of an answer."""
    return closed({"relation": {"type": "string", "enum": list(RELATIONS)}})


class Neighbours:
    """The viewpoints that a claim is compared with, and what the answers come to.

    `state` is what the board was set up from.
    """

    def __init__(self, board: Board, state: TopicState) -> None:
        self._board = board
        self._state = state
        self._before = dict(_before(state.messages.values()))

    def of(self, kept: KeptNote) -> Iterator[int]:
        """At most three viewpoints: the likest of others, one that the claim's own author took
        before, and the likest of those that it answers."""
        chosen = (self._alike(kept), self._own_before(kept), self._answered(kept))
        return iter(dict.fromkeys(each for each in chosen if each is not None))

    def place(self, kept: KeptNote, viewpoint: int, relation: str) -> str | None:
        """Where a claim belongs by its relation to a viewpoint; None where that says nothing.

        To agree is no more than that: the same view it is only where the words are alike. Nobody
        is said to have taken back a view unless they say in so many words that they have.
        """
        if relation == "agrees" and self._is_alike(kept, viewpoint):
            return f"same as V{viewpoint}"
        if relation != "disagrees":
            return None
        if not self._board.is_own(kept, viewpoint):
            return f"against V{viewpoint}"
        return f"takes back V{viewpoint}" if self._recants(kept) else None

    def question(self, kept: KeptNote) -> str | None:
        """The label of the question that a claim speaks to by where it stands: one asked in the
        message that it answers, or else the one of the opening post."""
        asked = {each.asked.span.message: f"Q{each.id}" for each in self._state.ledger.questions}
        opening = next(iter(self._state.messages), "")
        return asked.get(self._before[kept.note.message]) or asked.get(opening)

    def _alike(self, kept: KeptNote) -> int | None:
        near = self._board.nearest(self._board.words(kept), CANDIDATES)
        others = (id_ for id_ in near if not self._board.is_own(kept, id_))
        return next((id_ for id_ in others if self._is_alike(kept, id_)), None)

    def _own_before(self, kept: KeptNote) -> int | None:
        """Any that its author took in another message if the claim takes something back, or else
        one that is said in like words."""
        here = self._board.said_in[kept.note.message]
        own = self._likest(kept, [id_ for id_ in self._board.own(kept) if id_ not in here])
        fits = own is not None and (self._recants(kept) or self._is_alike(kept, own))
        return own if fits else None

    def _answered(self, kept: KeptNote) -> int | None:
        there = self._board.said_in[self._before[kept.note.message]]
        return self._likest(kept, [id_ for id_ in there if not self._board.is_own(kept, id_)])

    def _likest(self, kept: KeptNote, viewpoints: Sequence[int]) -> int | None:
        """By what claims and quotes have in common: a claim may have lost the telling word."""
        said = f"{self._board.words(kept)} {self._quotes(kept)}"

        def likeness(id_: int) -> tuple[float, int]:
            founder = self._state.notes.get(id_)
            quotes = self._quotes(founder) if founder else ""
            claim = f"{self._board.claims[id_]} {quotes}"
            return overlap(said, claim, beside=self._board.title), -id_

        return max(viewpoints, key=likeness, default=None)

    def _is_alike(self, kept: KeptNote, viewpoint: int) -> bool:
        words, claim = self._board.words(kept), self._board.claims[viewpoint]
        return overlap(words, claim, beside=self._board.title) >= ALIKE

    def _recants(self, kept: KeptNote) -> bool:
        return any(recants(self._state.text(span)) for span in kept.note.spans)

    def _quotes(self, kept: KeptNote) -> str:
        return " ".join(map(self._state.text, kept.note.spans))


def _before(messages: Iterable[Message]) -> Iterator[tuple[str, str]]:
    """For each message the one that it answers: that it replies to, or else the last one before by
    somebody else; by their ids, and "" where there is none."""
    known: set[str] = set()
    last, other = "", ""
    author: str | None = None
    for message in messages:
        if message.author.source_id != author:
            author, other = message.author.source_id, last
        replied = message.reply_to or ""
        yield message.source_id, replied if replied in known else other
        known.add(message.source_id)
        last = message.source_id
