"""Means over cases with the interval that chance allows: a seeded percentile bootstrap.

As Efron and Tibshirani (1993, chapter 13) have it: the cases are drawn anew with replacement, and
the middle 95 % of the means so found is the interval.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.evals.case import Score

T = TypeVar("T")
DRAWS = 1_000
TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean, and its interval; None where there are too few cases for one."""

    value: float
    low: float | None
    high: float | None


def estimate(scores: Sequence[Score], seed: int) -> Estimate:
    """The weighted mean of the cases' scores."""
    return _with_interval([each for each in scores if each.weight], mean, seed)


def difference(pairs: Sequence[tuple[Score, Score]], seed: int) -> Estimate:
    """By how much the first of each pair is above the second; both are of one case."""

    def between(drawn: Sequence[tuple[Score, Score]]) -> float:
        return mean([one for one, _ in drawn]) - mean([other for _, other in drawn])

    return _with_interval(pairs, between, seed)


def mean(scores: Sequence[Score]) -> float:
    """The weighted mean; of nothing, 0."""
    weight = sum(each.weight for each in scores)
    return sum(each.value * each.weight for each in scores) / weight if weight else 0.0


def _with_interval(cases: Sequence[T], of: Callable[[Sequence[T]], float], seed: int) -> Estimate:
    if len(cases) < 2:
        return Estimate(of(cases), None, None)
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    drawn = sorted(of(chance.choices(cases, k=len(cases))) for _ in range(DRAWS))
    return Estimate(of(cases), drawn[int(TAIL * DRAWS)], drawn[int((1 - TAIL) * DRAWS) - 1])
