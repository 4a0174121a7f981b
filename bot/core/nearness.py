"""Which names or titles somebody may have meant who has misspelt one.

Word by word, since a title is seldom given in full. Scripts without spaces are compared by pairs of
characters.
"""

import re
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher

ALIKE = 0.66
"""How like two words are at least that may be one (2 * common letters / all letters)."""
MOST = 3
"""Names that are offered."""
MOST_WORDS, LONGEST_WORD = 12, 60
"""What of a question is compared; no name is longer."""
_WORD = re.compile(r"[^\W_]+")
_WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uf900-\ufaff]")


def nearest(words: str, names: Iterable[str], most: int = MOST) -> list[str]:
    """The names that are likest to what somebody typed, the likest first; none that are not like.

    >>> nearest("smal bach", ["Does small-batch production matter?", "Hats"])
    ['Does small-batch production matter?']
    """
    asked = [word[:LONGEST_WORD] for word in _words(words[:2_000])[:MOST_WORDS]]
    told = {name: frozenset(_words(name)) for name in names}
    known = frozenset[str]().union(*told.values())
    like = {word: _like(word, known) for word in asked}
    scores = {
        name: sum(max((like[word].get(each, 0.0) for each in own), default=0.0) for word in asked)
        for name, own in told.items()
    }
    fitting = (name for name in scores if asked and scores[name] >= ALIKE * len(asked))
    return sorted(fitting, key=lambda name: -scores[name])[:most]


def _words(text: str) -> list[str]:
    found: list[str] = []
    for word in _WORD.findall(text.casefold()):
        is_run = _WITHOUT_SPACES.search(word) and len(word) > 2
        found += [word[at : at + 2] for at in range(len(word) - 1)] if is_run else [word]
    return found


def _like(word: str, known: Collection[str]) -> dict[str, float]:
    """How like known words are, of those that are like at all; one that has it within is it."""
    matcher = SequenceMatcher(b=word, autojunk=False)
    found: dict[str, float] = {}
    for other in known:
        matcher.set_seq1(other[:LONGEST_WORD])
        if word in other:
            found[other] = 1.0
        elif matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
            found[other] = matcher.ratio()
    return {other: ratio for other, ratio in found.items() if ratio >= ALIKE}
