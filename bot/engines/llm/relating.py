"""How a small model groups: two claims at a time, and one question about them.

Shown a list of viewpoints, a model of 1.5 billion parameters chose among them by chance. Of two
claims it told well whether they go together once it had to say of each what it finds: of 60 pairs
of Perspectrum (dev), 17 of 21 that undermine each other were told as opposed, and 6 of 21 that
support each other; asked for the relation at once, it said "disagrees" of all. So code chooses the
pairs, by who answers whom and by likeness of words, and says what the answer means.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from bot.core.checks import recants
from bot.core.likeness import features, overlap
from bot.core.model import Message
from bot.core.notes import KeptNote
from bot.core.state import TopicState
from bot.core.wordlists import ASKING
from bot.engines.llm.grouping import CANDIDATES, Board
from bot.engines.llm.shapes import closed, text

RELATIONS = ("together", "opposed", "unrelated")
ALIKE = 0.34
"""Share of a claim's words that a viewpoint must have for both to be the same view: small models
agree where two claims are only on the same subject."""
SHARED = 2
"""Words, no numbers, that both must have in any case: of a short claim's one is a large share."""
VIEW_LENGTH = 40
"""Characters in which the model says to itself what a claim finds: no reader sees it."""


class RelationAnswer(BaseModel):
    """What the model says of two claims: first what each finds, then how they stand."""

    model_config = ConfigDict(extra="ignore")

    first_view: str
    second_view: str
    relation: Literal["together", "opposed", "unrelated"]


def schema(own_server: bool) -> Mapping[str, Any]:
    """The JSON schema of an answer."""
    view = text(VIEW_LENGTH, own_server)
    relation = {"type": "string", "enum": list(RELATIONS)}
    return closed({"first_view": view, "second_view": view, "relation": relation})


class Neighbours:
    """The viewpoints that a claim is compared with, and what the answers come to.

    `state` is what the board was set up from.
    """

    def __init__(self, board: Board, state: TopicState) -> None:
        self._board = board
        self._state = state
        self._beside = " ".join((board.title, *ASKING))
        self._before = dict(_before(state.messages.values()))
        self._replies = {
            id_ for id_, message in state.messages.items() if message.reply_to in state.messages
        }

    def of(self, kept: KeptNote) -> Iterator[int]:
        """At most three viewpoints: the likest of others, one that the claim's own author took
        before, and the likest of those that it answers."""
        chosen = (self._alike(kept), self._own_before(kept), self._answered(kept))
        return iter(dict.fromkeys(each for each in chosen if each is not None))

    def place(self, kept: KeptNote, viewpoint: int, relation: str) -> str | None:
        """Where a claim belongs by its relation to a viewpoint; None where that says nothing.

        To pull the same way is no more than that: the same view it is only where both were told as
        claims, in words that are alike; nobody shares a quote. Nobody is said to be against a view
        that they do not answer, or to have taken one back unless they say so in so many words.
        """
        if relation == "together" and self._is_alike(kept, viewpoint):
            return f"same as V{viewpoint}"
        if relation != "opposed":
            return None
        if not self._board.is_own(kept, viewpoint):
            return f"against V{viewpoint}" if viewpoint == self._answered(kept) else None
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
        """One of the message replied to; of one that merely stands before, in like words only."""
        there = self._board.said_in[self._before[kept.note.message]]
        found = self._likest(kept, [id_ for id_ in there if not self._board.is_own(kept, id_)])
        if found is None or kept.note.message in self._replies or self._likeness(kept, found):
            return found
        return None

    def _likest(self, kept: KeptNote, viewpoints: Sequence[int]) -> int | None:
        """By what claims and quotes have in common: a claim may have lost the telling word."""
        return max(viewpoints, key=lambda id_: (self._likeness(kept, id_), -id_), default=None)

    def _likeness(self, kept: KeptNote, viewpoint: int) -> float:
        said = f"{self._board.words(kept)} {self._quotes(kept)}"
        founder = self._state.notes.get(viewpoint)
        quotes = self._quotes(founder) if founder else ""
        claim = f"{self._board.claims[viewpoint]} {quotes}"
        return overlap(said, claim, beside=self._beside)

    def _is_alike(self, kept: KeptNote, viewpoint: int) -> bool:
        """Whether both were told as claims, in words that are alike."""
        founder = self._state.notes.get(viewpoint)
        if not (kept.note.words and founder and founder.note.words):
            return False
        words, claim = self._board.words(kept), self._board.claims[viewpoint]
        shared = features(words).keys() & features(claim).keys() - features(self._beside).keys()
        alike = overlap(words, claim, beside=self._beside) >= ALIKE
        return alike and sum(not each.isdigit() for each in shared) >= SHARED

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
