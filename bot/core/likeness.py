"""Which words texts have in common: counted word beginnings, and those that a text is about.

Good enough to find candidates, never to say that two texts mean the same.
"""

import re
from collections import Counter
from collections.abc import Iterator

from bot.core.wordlists import ASKING

_WORD = re.compile(r"[^\W\d_]+|\d+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\uac00-\ud7af]")
STEM = 5
"""Letters of a word that count: a crude stem that serves languages with endings."""


def features(text: str) -> Counter[str]:
    """Word beginnings; pairs of characters where words are not set apart by spaces."""
    return Counter(_features(text))


def _features(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.casefold()):
        if not word.isascii() and _UNSPACED.search(word):
            yield from (word[i : i + 2] for i in range(max(1, len(word) - 1)))
        elif len(word) > 2 or word.isdigit():
            yield word[:STEM]


_FRAMING = frozenset(features(" ".join(ASKING)))


def content_words(text: str) -> frozenset[str]:
    """The features of a text that say what it is about: "what do people think?" has none."""
    return frozenset(features(text)) - _FRAMING


def overlap(one: str, other: str, beside: str) -> float:
    """The share of the shorter text's features that the other has too, from 0 to 1.

    What `beside` has as well (the topic's title) says nothing and does not count.
    """
    mine, theirs = (features(text).keys() - features(beside).keys() for text in (one, other))
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))
