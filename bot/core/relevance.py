"""How much texts have to say on a question: BM25 over word beginnings, and what lies around hits.

It knows words and places, not meanings, and nothing of topics.
"""

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

SATURATION, LENGTH = 1.2, 0.4
"""BM25's k1 and b. Spoken and chat sentences are short by nature: length is held against them
half as much as in documents."""


class Relevance:
    """BM25 (Robertson and Zaragoza 2009) over texts given as counted features, by their place."""

    def __init__(self, texts: Sequence[Counter[str]]) -> None:
        self._lengths = [max(1, text.total()) for text in texts]
        self._usual = sum(self._lengths) / max(1, len(texts))
        self._holding: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, text in enumerate(texts):
            for feature, count in text.items():
                self._holding[feature].append((place, count))

    def scores(self, wanted: Iterable[str]) -> dict[int, float]:
        """The scores of the texts that have any of the features wanted."""
        scores: defaultdict[int, float] = defaultdict(float)
        for feature in sorted(set(wanted) & self._holding.keys()):
            holding = self._holding[feature]
            rarity = self._rarity(len(holding))
            for place, count in holding:
                scores[place] += rarity * self._saturated(place, count)
        return dict(scores)

    def _rarity(self, texts: int) -> float:
        return math.log(1 + (len(self._lengths) - texts + 0.5) / (texts + 0.5))

    def _saturated(self, place: int, count: int) -> float:
        length = 1 - LENGTH + LENGTH * self._lengths[place] / self._usual
        return count * (SATURATION + 1) / (count + SATURATION * length)


def around(
    scores: Mapping[int, float], positions: Sequence[float], reach: float
) -> dict[int, float]:
    """What every text near one with a score has of it, less the farther off, nothing beyond reach.

    `positions` rise from text to text, in the unit of `reach`. The time does not grow with the
    number of scores within reach: sums up to each score are subtracted from each other.
    """
    scored = sorted(scores)
    places = [positions[place] for place in scored]
    weights = [0.0, *accumulate(scores[place] for place in scored)]
    moments = [0.0, *accumulate(scores[place] * positions[place] for place in scored)]
    near: dict[int, float] = {}
    for other, here in enumerate(positions):
        first = bisect_left(places, here - reach)
        middle = bisect_left(places, here)
        last = bisect_right(places, here + reach)
        if first < last:
            before, after = weights[middle] - weights[first], weights[last] - weights[middle]
            apart = here * (before - after)
            apart += moments[last] - 2 * moments[middle] + moments[first]
            near[other] = max(0.0, before + after - apart / reach)
    return near
