"""Copies: words in a row that a text shares with others.

Words are compared folded, without case and punctuation. In scripts that set no spaces between
words, a run of letters counts as one word, so that little is found there.
"""

import re
from collections.abc import Iterable

from bot.core.folding import folded

_WORD = re.compile(r"[^\W_]+")


def runs(text: str, length: int) -> frozenset[str]:
    """All runs of so many words of a text."""
    words = _words(text)
    return frozenset(
        f" {' '.join(words[at : at + length])} " for at in range(len(words) - length + 1)
    )


def copies(text: str, of: frozenset[str], length: int, own: Iterable[str] = ()) -> bool:
    """Whether a text has a run of words that others have (`of`) and its own sentences have not."""
    shared = of & runs(text, length)
    if not shared:
        return False
    mine = f" {' '.join(_words(' '.join(own)))} "
    return any(run not in mine for run in shared)


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text).casefold())
