"""How a small model groups: two claims at a time, and one question about them.

Shown a list of viewpoints, a model of 1.5 billion parameters chose among them by chance. Of two
claims, one of which answers the other, it tells well whether they go together. So code chooses
the pairs, by who answers whom and by likeness of words, and says what the answer means.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from bot.core.notes import KeptNote
from bot.engines.llm.grouping import Board
from bot.engines.llm.shapes import closed

RELATIONS = ("agrees", "disagrees", "other")


class RelationAnswer(BaseModel):
    """What the model says of two claims."""

    model_config = ConfigDict(extra="ignore")

    relation: Literal["agrees", "disagrees", "other"]


def schema() -> Mapping[str, Any]:
    """The JSON schema of an answer."""
    return closed({"relation": {"type": "string", "enum": list(RELATIONS)}})


def pairs(board: Board, kept: KeptNote) -> Iterator[int]:
    """The viewpoints that a claim is compared with, at most three: the likest of others, one that
    its own author took before, and the likest of those that it answers."""
    chosen = (board.alike(kept), board.own_before(kept), board.answered(kept))
    return iter(dict.fromkeys(each for each in chosen if each is not None))


def place(board: Board, kept: KeptNote, viewpoint: int, relation: str) -> str | None:
    """Where a claim belongs by its relation to a viewpoint; None where that says nothing.

    To agree is no more than that: the same view it is only where the words are alike. Nobody is
    said to have taken back a view unless they say in so many words that they have.
    """
    if relation == "agrees" and board.is_alike(kept, viewpoint):
        return f"same as V{viewpoint}"
    if relation != "disagrees":
        return None
    if not board.is_own(kept, viewpoint):
        return f"against V{viewpoint}"
    return f"takes back V{viewpoint}" if board.recants(kept) else None
