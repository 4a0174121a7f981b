"""How many tokens a prompt will take: guessed from its size, corrected by what the server counted.

No tokenizer is asked: each model has its own, and their tables would have to be downloaded. A
byte of UTF-8 is a steadier measure than a character, which is a quarter of a token in English and
a whole one in Chinese.
"""

from collections import deque

FIRST_GUESS = 0.5
"""Tokens a byte before anything is known: about twice what English takes, so that no more is
spent than was set aside."""
HEADROOM = 1.1
REMEMBERED = 8
MOST = 1.0
"""No tokenizer that works on bytes makes more tokens of them."""
FRAME = 32
"""Tokens for what servers put around messages."""


class TokenEstimate:
    """Learns from the latest calls; goes by the dearest of them."""

    def __init__(self) -> None:
        self._seen: deque[float] = deque(maxlen=REMEMBERED)

    def of(self, size: int) -> int:
        """The tokens that a prompt of so many bytes will hardly exceed."""
        rate = max(self._seen, default=FIRST_GUESS) * HEADROOM
        return int(size * min(rate, MOST)) + FRAME

    def learn(self, size: int, tokens: int) -> None:
        """Takes in what a server counted; a count of nothing is none."""
        if size and tokens > 0:
            self._seen.append(tokens / size)


def size_of(text: str) -> int:
    """Its bytes."""
    return len(text.encode(errors="replace"))
