"""Which short texts resemble another: cosine over weighted words and word beginnings.

Good enough to find candidates, never to say that two texts mean the same.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping

_WORD = re.compile(r"[^\W\d_]+|\d+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\uac00-\ud7af]")
STEM = 5
"""Letters of a word that count: a crude stem that serves languages with endings."""


def features(text: str) -> Counter[str]:
    """Word beginnings; pairs of characters where words are not set apart by spaces."""
    found: Counter[str] = Counter()
    for word in _WORD.findall(text.casefold()):
        if _UNSPACED.search(word):
            found.update(word[i : i + 2] for i in range(max(1, len(word) - 1)))
        elif len(word) > 2 or word.isdigit():
            found[word[:STEM]] += 1
    return found


def overlap(one: str, other: str, beside: str) -> float:
    """The share of the shorter text's features that the other has too, from 0 to 1.

    What `beside` has as well (the topic's title) says nothing and does not count.
    """
    mine, theirs = (features(text).keys() - features(beside).keys() for text in (one, other))
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def covered(text: str, by: str, beside: str) -> float:
    """The share of a text's features that another has too, from 0 to 1; as in `overlap`, but where
    a text has only what `beside` has, that counts."""
    mine = features(text).keys() - features(beside).keys() or features(text).keys()
    return len(mine & features(by).keys()) / max(1, len(mine))


def resemblance(one: str, other: str, beside: str) -> float:
    """The share of the longer text's features that the other has too, as `overlap` counts them."""
    mine, theirs = (features(text).keys() - features(beside).keys() for text in (one, other))
    return len(mine & theirs) / max(1, len(mine), len(theirs))


class Likeness:
    """An index of texts by a number, that can be asked for those nearest to another text."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._features: dict[int, Counter[str]] = {}
        self._holding: defaultdict[str, set[int]] = defaultdict(set)
        for id_, text in texts.items():
            self.add(id_, text)

    def add(self, id_: int, text: str) -> None:
        """Takes a text in."""
        self._features[id_] = features(text)
        for feature in self._features[id_]:
            self._holding[feature].add(id_)

    def nearest(self, text: str, most: int) -> list[int]:
        """Up to `most` texts that share a feature with this one, the likest first."""
        wanted = features(text)
        scores: defaultdict[int, float] = defaultdict(float)
        for feature, count in wanted.items():
            holding = self._holding.get(feature, set())
            weight = math.log(1 + len(self._features) / (1 + len(holding)))
            for id_ in holding:
                scores[id_] += count * weight * self._features[id_][feature]
        length = {id_: math.sqrt(1 + self._features[id_].total()) for id_ in scores}
        ranked = sorted(scores, key=lambda id_: (-scores[id_] / length[id_], id_))
        return ranked[:most]
