"""Words as they are compared: folded, without case, marks and punctuation."""

import re

from bot.core.folding import folded

RUN = 6
"""Words in a row of a payload that are no chance."""
CITED_RUN = 9
"""The same in an answer, which stands on the words that it cites."""
INSTRUCTED = 5
"""The same of the model's instructions."""
SENTENCE, BY_ITSELF = 5, 3
"""Words of a whole sentence that are no chance anywhere, or where they are a sentence again."""


def plain(text: str) -> str:
    """The words of a text between single spaces, with one before and one behind."""
    words = re.findall(r"[^\W_]+", folded(text).casefold())
    return f" {' '.join(words)} "


def runs_of(text: str, run: int) -> set[str]:
    """All that many words in a row."""
    words = plain(text).split()
    return {f" {' '.join(words[at : at + run])} " for at in range(len(words) - run + 1)}


def sentences_of(text: str, least: int) -> set[str]:
    """Its sentences of at least so many words."""
    parts = map(plain, re.split(r"[.!?…。！？؟।\n]+", text))
    return {part for part in parts if part.strip() and part.count(" ") > least}


def pieces_of(text: str, run: int = RUN) -> set[str]:
    """What gives a text away wherever it turns up: its runs of words, and its sentences."""
    return runs_of(text, run) | sentences_of(text, SENTENCE)
