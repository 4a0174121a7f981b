"""How many tokens a text will take: guessed from its size, corrected by what the server counted.

No tokenizer is asked: each model has its own, and their tables would have to be downloaded. A
byte of UTF-8 is a steadier measure than a character, which is a quarter of a token in English and
a whole one in Chinese; a digit or a sign is mostly one as well. The fewest that it can take are
told by its words: next to no tokenizer makes one token of two.
"""

import re
import string
from collections import deque
from collections.abc import Iterable

FIRST_GUESS = 0.5
"""Tokens a letter before anything is known: about twice what English takes, so that no more is
spent than was set aside."""
HEADROOM = 1.1
REMEMBERED = 8
MOST = 1.0
"""No tokenizer that works on bytes makes more tokens of letters."""
FRAME = 32
"""Tokens for what servers put around messages."""
_SIGNS = (string.digits + string.punctuation).encode()
_LETTERS = (string.ascii_letters + string.whitespace).encode()
_PIECE = re.compile(r"[^\W\d_]+|\d+|[^\w\s]+")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Characters of scripts that set no spaces between words, or have few letters in one."""
_A_CHARACTER = 0.8
"""Tokens of such a character, as vocabularies that know its script well take them."""
_SURE = 0.5
"""The part of the pieces that each tokenizer takes at least one token for: some join a word with
a sign beside it."""


class TokenEstimate:
    """Learns from the latest calls; goes by the dearest of them."""

    def __init__(self) -> None:
        self._seen: deque[float] = deque(maxlen=REMEMBERED)

    def of(self, size: int) -> int:
        """The tokens that a prompt of that weight will hardly exceed."""
        rate = max(self._seen, default=FIRST_GUESS) * HEADROOM
        return int(size * min(rate, MOST)) + FRAME

    def learn(self, size: int, tokens: int) -> None:
        """Takes in what a server counted; a count of nothing is none."""
        if size and tokens > 0:
            self._seen.append(tokens / size)


def size_of(text: str) -> int:
    """Its bytes."""
    return len(text.encode(errors="replace"))


def weight_of(text: str) -> int:
    """Its tokens in English letters, of which four make one: a sign weighs as much as four."""
    whole = text.encode(errors="replace")
    signs = len(whole) - len(whole.translate(None, _SIGNS))
    letters = len(whole) - len(whole.translate(None, _LETTERS))
    return letters + 4 * signs + (len(whole) - letters - signs) * 4 // 3


def fewest(texts: Iterable[str]) -> int:
    """The tokens that texts take with any tokenizer; in truth they take about twice as many."""
    return int(_SURE * sum(map(_pieces, texts)))


def _pieces(text: str) -> float:
    words = sum(1 for _ in _PIECE.finditer(text))
    return words + _A_CHARACTER * sum(1 for _ in _UNSPACED.finditer(text))
