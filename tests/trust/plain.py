"""Words as they are compared: folded, without case, marks and punctuation."""

import re
from collections.abc import Iterator

from bot.core.folding import folded

RUN = 8
"""Words in a row that are no chance: of somebody's message, or of the model's instructions."""


def plain(text: str) -> str:
    """The words of a text between single spaces, with one before and one behind."""
    words = re.findall(r"[^\W_]+", folded(text).casefold())
    return f" {' '.join(words)} "


def runs_of(text: str) -> set[str]:
    """All that many words in a row."""
    words = plain(text).split()
    return {f" {' '.join(words[at : at + RUN])} " for at in range(len(words) - RUN + 1)}


def slices(instructions: str) -> Iterator[str]:
    """Slices of ten words, and sentences that are long enough to be known."""
    for sentence in re.split(r"(?<=[.:;])\s+", instructions):
        if len(sentence.split()) >= RUN and runs_of(sentence):
            yield " ".join(sentence.split())
    words = instructions.split()
    for at in range(0, len(words) - 10, 10):
        if runs_of(part := " ".join(words[at : at + 10])):
            yield part
