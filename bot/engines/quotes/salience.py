"""How much a sentence stands for what its author says, and for what the discussion is about.

Graph centrality over sentence similarity, without the graph: with vectors of unit length, a
sentence's summed cosine to all others is its dot product with their sum (weighted degree
centrality, as in LexRank, Erkan and Radev 2004, without the threshold). So it is linear in the
number of sentences. It knows words, not meanings.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.likeness import features
from bot.core.sentences import Span
from bot.engines.quotes.form import form

Vector = Mapping[str, float]
AUTHOR, TOPIC, OPENING = 0.3, 0.4, 0.3
"""What nearness to the author's own words, to everybody's, and to the opening counts for."""
LEAST = 0.06
"""So that sentences without a word in common with the rest are told apart by their form."""
FADING = 0.1
"""What each sentence before it takes from a sentence: people say first what they came to say."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence that says or asks something, and its author's id.

    `place` counts the message's sayings from 0.
    """

    span: Span
    author: str
    text: str
    asks: bool
    place: int


class Salience:
    """Scores of sayings, from 0 up. `opening` is the title and the first words."""

    def __init__(self, sayings: Sequence[Saying], opening: str) -> None:
        counted = {each.span: features(each.text) for each in sayings}
        self._rarity = _rarity(counted.values())
        self._vectors = {span: self._unit(found) for span, found in counted.items()}
        by_author: defaultdict[str, list[Vector]] = defaultdict(list)
        for each in sayings:
            by_author[each.author].append(self._vectors[each.span])
        self._authors = {author: _unit(_sum(own)) for author, own in by_author.items()}
        # Each author counts once, however much they wrote.
        topic = _unit(_sum(self._authors.values()))
        self._centre = _sum(
            (_scaled(topic, TOPIC), _scaled(self._unit(features(opening)), OPENING))
        )

    def score(self, saying: Saying) -> float:
        """How well a saying would stand for its author."""
        vector = self._vectors[saying.span]
        own = _product(vector, self._authors[saying.author])
        central = AUTHOR * own + _product(vector, self._centre)
        return (LEAST + central) * form(saying.text) / (1 + FADING * saying.place)

    def _unit(self, found: Counter[str]) -> Vector:
        rarity = self._rarity
        return _unit({word: n * rarity.get(word, 0.0) for word, n in found.items()})


def _rarity(counted: Iterable[Iterable[str]]) -> dict[str, float]:
    """Inverse document frequency, smoothed so that what everybody says still weighs something."""
    seen: Counter[str] = Counter()
    total = 0
    for found in counted:
        seen.update(found)
        total += 1
    return {word: math.log1p(total / count) for word, count in seen.items()}


def _product(one: Vector, other: Vector) -> float:
    """Of two vectors of unit length, that is the cosine."""
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return sum(weight * large.get(word, 0.0) for word, weight in small.items())


def _sum(vectors: Iterable[Vector]) -> Vector:
    total: defaultdict[str, float] = defaultdict(float)
    for vector in vectors:
        for word, weight in vector.items():
            total[word] += weight
    return total


def _unit(vector: Vector) -> Vector:
    size = math.sqrt(sum(weight * weight for weight in vector.values()))
    return _scaled(vector, 1 / size) if size else {}


def _scaled(vector: Vector, factor: float) -> Vector:
    return {word: weight * factor for word, weight in vector.items()}
