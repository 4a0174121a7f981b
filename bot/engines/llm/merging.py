"""Views that were written down twice: one small question about the viewpoints that are new.

Each new viewpoint is compared with the one likest to it, so that the cost follows what is new and
not the length of the thread. Who joined it later does not make a viewpoint new.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from bot.core.arrangement import Merge
from bot.core.likeness import resemblance
from bot.engines.llm.grouping import Board
from bot.engines.llm.shapes import closed
from bot.engines.llm.showing import marked

ALIKE = 0.5
"""Share of the longer claim's words that the other has too, from which a pair is looked at."""
_NUMBER = re.compile(r"\d+")
NEAREST = 4
"""Viewpoints likest to a new one among which its pair is found."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two viewpoints that may say the same."""

    older: int
    newer: int


class Verdict(BaseModel):
    """One choice, as the model writes it."""

    model_config = ConfigDict(extra="ignore")

    pair: str
    verdict: Literal["same", "different"]


class Verdicts(BaseModel):
    """What the model says of several pairs."""

    verdicts: list[Verdict]


def pairs(board: Board, new: Iterable[int]) -> list[Pair]:
    """For each new viewpoint the likest that it could be one with, where one is like enough."""
    found = (_pair(board, id_) for id_ in new)
    return list(dict.fromkeys(pair for pair in found if pair))


def request(board: Board, asked: Sequence[Pair]) -> Mapping[str, str]:
    """The variables of the prompt."""
    shown = (
        f"Pair {place}\n{_line(board, pair.older)}\n{_line(board, pair.newer)}"
        for place, pair in enumerate(asked, start=1)
    )
    return {"pairs": "\n\n".join(shown) or "-"}


def schema(asked: Sequence[Pair], own_server: bool) -> Mapping[str, Any]:
    """The JSON schema of an answer, with the pairs spelled out on a server of one's own."""
    pair: dict[str, Any] = {"type": "string"}
    verdicts: dict[str, Any] = {"type": "array"}
    if own_server:
        pair["enum"] = _labels(asked)
        verdicts |= {"minItems": len(asked), "maxItems": len(asked)}
    verdict = {"type": "string", "enum": ["same", "different"]}
    verdicts["items"] = closed({"pair": pair, "verdict": verdict})
    return closed({"verdicts": verdicts})


def wrong(asked: Sequence[Pair]) -> Callable[[Verdicts], Sequence[str]]:
    """The check of an answer, for one repair."""

    def check(answer: Verdicts) -> Sequence[str]:
        said = {each.pair for each in answer.verdicts}
        return [f"pair {label} has no entry" for label in _labels(asked) if label not in said]

    return check


def same(asked: Sequence[Pair], answer: Verdicts) -> Iterator[Pair]:
    """The pairs that say the same; one that the model leaves out does not."""
    said = {each.pair: each.verdict for each in answer.verdicts}
    for label, pair in zip(_labels(asked), asked, strict=True):
        if said.get(label) == "same":
            yield pair


def merges(board: Board, found: Iterable[Pair]) -> tuple[Merge, ...]:
    """The merges that follow, the older taking in the newer; none between opposite sides."""
    now: dict[int, int] = {}
    decided: list[Merge] = []
    for pair in found:
        one, other = _home(now, pair.older), _home(now, pair.newer)
        older, newer = min(one, other), max(one, other)
        if older != newer and board.could_be_one(older, newer):
            now[newer] = older
            board.take_in(older, newer)
            rests_on = board.source(pair.older), board.source(pair.newer)
            decided.append(Merge(older, newer, rests_on))
    return tuple(decided)


def _pair(board: Board, new: int) -> Pair | None:
    claim = board.claims[new]
    for id_ in board.nearest(claim, NEAREST + 1):
        if id_ != new and board.could_be_one(id_, new) and _alike(board, claim, id_):
            return Pair(min(id_, new), max(id_, new))
    return None


def _alike(board: Board, claim: str, viewpoint: int) -> bool:
    """Whether a viewpoint shares most words of a claim, and all of its numbers."""
    other = board.claims[viewpoint]
    numbers = set(_NUMBER.findall(claim)) == set(_NUMBER.findall(other))
    return numbers and resemblance(claim, other, beside=board.title) >= ALIKE


def _home(now: Mapping[int, int], viewpoint: int) -> int:
    while viewpoint in now:
        viewpoint = now[viewpoint]
    return viewpoint


def _line(board: Board, viewpoint: int) -> str:
    return marked(f"V{viewpoint}", board.claims[viewpoint])


def _labels(asked: Sequence[Pair]) -> list[str]:
    return [str(place) for place in range(1, len(asked) + 1)]
