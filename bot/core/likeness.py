"""Which words texts have in common: counted word beginnings, and those that a text is about.

Good enough to find candidates, never to say that two texts mean the same.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bot.core.terms import pairs, terms
from bot.core.wordlists import ASKING

_WORD = re.compile(r"[a-z]+|\d+")
_PART = re.compile(r"\d+|[^\d]+")
STEM = 5
"""Letters of a word that count: a crude stem that serves languages with endings."""


def features(text: str) -> Counter[str]:
    """Word beginnings; pairs of characters where words are not set apart by spaces."""
    return Counter(_features(text))


def _features(text: str) -> Iterator[str]:
    if text.isascii():
        yield from _beginnings(_WORD.findall(text.lower()))
        return
    for term in terms(text):
        if term.unspaced:
            yield from pairs(term.forms[0])
        else:
            for form in (min(term.forms, key=len), *term.more):
                yield from _beginnings(_PART.findall(form))


def _beginnings(words: Iterable[str]) -> Iterator[str]:
    return (word[:STEM] for word in words if len(word) > 2 or word.isdigit())


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
