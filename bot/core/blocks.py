"""Blocks: the paragraphs, quoted passages and fenced code of a message, by their positions.

It knows which line breaks only wrap a paragraph, and what a spoiler holds together. Where a
sentence ends inside of a block it must not know.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from bot.core.lines import Block, Line, lines
from bot.core.spoilers import hidden

WRAP_LEAST, WRAP_MOST = 60, 100
"""Lengths of a paragraph's longest line, in characters, between which its breaks may be wraps.
Mail and forum editors wrap at 65 to 80; who writes longer lines than 100 does not wrap."""
WRAP_HABIT = 2
"""So many breaks where the next word did not fit show a wrapped paragraph."""


def blocks(content: str) -> Iterator[Block]:
    """The blocks of a message in order; they don't overlap, and what is in none has no letters."""
    kinds = groupby(lines(content), key=lambda line: (line.words.code, line.words.quoted))
    runs = [list(run) for _, run in kinds]
    limits = [*(run[0].words.start for run in runs[1:]), len(content)]
    done = 0
    for run, limit in zip(runs, limits, strict=False):
        is_code = run[0].words.code
        found = [line.words for line in run] if is_code else _paragraphs(content, run, done, limit)
        for block in found:
            yield block
            done = block.end


def _paragraphs(content: str, run: Sequence[Line], done: int, limit: int) -> Iterator[Block]:
    """Lines put together where the break between them only wraps, or is inside of a spoiler.

    Nothing before `done` or from `limit` on belongs to them.
    """
    words = [line.words for line in run]
    joined = _wraps(content, run) | _hide(content, words, done, limit)
    start = 0
    for place in range(1, len(words) + 1):
        if place not in joined:
            yield replace(words[start], end=words[place - 1].end)
            start = place


def _wraps(content: str, run: Sequence[Line]) -> set[int]:
    """The lines that go on with the one above, which had no room for their first word."""
    opening = [n for n, line in enumerate(run) if n == 0 or line.opens or run[n - 1].closes]
    return {
        first + place
        for first, after in pairwise((*opening, len(run)))
        for place in _wraps_of(content, [line.words for line in run[first:after]])
    }


def _wraps_of(content: str, words: Sequence[Block]) -> set[int]:
    """The same of lines between which there is no gap, and no new item."""
    width = max(block.end - block.start for block in words)
    if not WRAP_LEAST <= width <= WRAP_MOST:
        return set()
    full = {
        place
        for place, (above, below) in enumerate(pairwise(words), start=1)
        if above.end - above.start + 1 + _first_word(content, below) > width
    }
    if len(full) >= WRAP_HABIT:
        return full
    return {place for place in full if content[words[place].start].islower()}


def _first_word(content: str, words: Block) -> int:
    return len(content[words.start : words.end].split(maxsplit=1)[0])


def _hide(content: str, words: list[Block], done: int, limit: int) -> set[int]:
    """The lines that start inside of a spoiler. Its marks come to them from lines of their own.

    Words that were hidden must not be quoted without the marks that hide them, so a spoiler
    is never cut in two, however long.
    """
    starts, ends = [block.start for block in words], [block.end for block in words]
    joined: set[int] = set()
    for opening, closing in hidden(content, done, limit):
        first, last = bisect_right(ends, opening), bisect_left(starts, closing) - 1
        if first <= last:
            words[first] = replace(words[first], start=min(starts[first], opening))
            words[last] = replace(words[last], end=max(ends[last], closing))
            joined.update(range(first + 1, last + 1))
    return joined
