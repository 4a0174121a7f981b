"""How much a sentence stands for what its author says, and for what the topic is about.

Graph centrality over sentence similarity, without the graph: with vectors of unit length, a
sentence's summed cosine to all others is its dot product with their sum (weighted degree
centrality, as in LexRank, Erkan and Radev 2004, without the threshold). So it is linear in the
number of sentences. It knows words, not meanings.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.likeness import features
from bot.engines.quotes.phrases import LEANING, OPINION
from bot.engines.quotes.speech import length, words

Vector = Mapping[str, float]
AUTHOR, TOPIC, OPENING = 0.3, 0.4, 0.3
"""What nearness to the author's own words, to everybody's, and to the opening counts for."""
LEAST = 0.02
"""So that sentences without a word in common with the rest are told apart by their form."""
FADING = 0.1
"""What each sentence before it takes from a sentence: people say first what they came to say."""
SHORT, LONG, ENDLESS = 12, 40, 80
"""Words: what reads best lies between the first two; the last is too much for a card."""
_POINTS_AWAY = re.compile(r"(?:[:：]|(?:https?://|www\.)\S+)\s*$")
"""Ends where the matter only begins: in a colon, or in a link."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence that could be quoted: its note, the message's id, who said it, the words.

    `place` counts the message's sayings from 0.
    """

    note: int
    message: str
    author: str
    text: str
    place: int


class Salience:
    """Scores of a topic's sayings, between 0 and 1, by note. `opening` is title and first words."""

    def __init__(self, sayings: Sequence[Saying], opening: str) -> None:
        counted = {each.note: features(each.text) for each in sayings}
        self._rarity = _rarity(counted.values())
        self._vectors = {note: self._unit(found) for note, found in counted.items()}
        by_author: defaultdict[str, list[Vector]] = defaultdict(list)
        for each in sayings:
            by_author[each.author].append(self._vectors[each.note])
        self._authors = {author: _unit(_sum(own)) for author, own in by_author.items()}
        # Each author counts once, however much they wrote.
        self._topic = _unit(_sum(self._authors.values()))
        self._opening = self._unit(features(opening))

    def score(self, saying: Saying) -> float:
        """How well a saying would stand for its author."""
        vector = self._vectors[saying.note]
        central = (
            AUTHOR * cosine(vector, self._authors[saying.author])
            + TOPIC * cosine(vector, self._topic)
            + OPENING * cosine(vector, self._opening)
        )
        return (LEAST + central) * form(saying.text) / (1 + FADING * saying.place)

    def likeness(self, one: Saying, other: Saying) -> float:
        """Cosine of two sayings."""
        return cosine(self._vectors[one.note], self._vectors[other.note])

    def _unit(self, found: Counter[str]) -> Vector:
        rarity = self._rarity
        return _unit({word: n * rarity.get(word, 0.0) for word, n in found.items()})


def form(text: str) -> float:
    """How well a sentence reads when it stands alone, between 0 and 1."""
    said = words(text)
    worth = _length_worth(length(text))
    if _POINTS_AWAY.search(text):
        worth *= 0.3
    elif not text.rstrip("\"'”’)»*_ ").endswith((".", "!", "。", "！", "…", "।")):
        worth *= 0.75
    if said and said[0] in LEANING:
        worth *= 0.75
    if text[0].islower():
        worth *= 0.85
    if OPINION.isdisjoint(said):
        worth *= 0.8
    letters = sum(map(str.isalpha, text))
    return worth * min(1.0, 1.3 * letters / max(1, len(text) - text.count(" ")))


def _length_worth(count: int) -> float:
    if count < SHORT:
        return 0.2 + 0.8 * count / SHORT
    if count <= LONG:
        return 1.0
    return max(0.2, 1.0 - 0.8 * (count - LONG) / (ENDLESS - LONG))


def _rarity(counted: Iterable[Iterable[str]]) -> dict[str, float]:
    """Inverse document frequency, smoothed so that what everybody says still weighs something."""
    seen: Counter[str] = Counter()
    total = 0
    for found in counted:
        seen.update(found)
        total += 1
    return {word: math.log1p(total / count) for word, count in seen.items()}


def cosine(one: Vector, other: Vector) -> float:
    """Of two vectors of unit length."""
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
    return {word: weight / size for word, weight in vector.items()} if size else {}
