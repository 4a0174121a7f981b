"""Quotes and names as they stand in a draft that is meant for posting: on one line, inert."""

from bot.core.inert import inert, one_line
from bot.core.links import unlinked

LONGEST_NAME = 40


def quoted(words: str, who: str, limit: int) -> str:
    """A block quote with its author; `limit` is in characters of the quote.

    A longer one is cut between words, and the mark of the cut stands outside the quote.
    """
    line = one_line(words)
    cut = _cut(line, limit)
    more = " …" if len(cut) < len(line) else ""
    return f"> “{inert(cut)}”{more} — {who}"


def name(words: str) -> str:
    """A person's name in a sentence."""
    return inert(unlinked(_cut(one_line(words), LONGEST_NAME))) or "somebody"


def _cut(line: str, limit: int) -> str:
    if len(line) <= limit:
        return line
    head, _, _ = line[: limit + 1].rpartition(" ")
    return (head if len(head) > limit // 2 else line[:limit]).rstrip()
