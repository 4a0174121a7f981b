"""Blocks: the paragraphs, quoted passages and fenced code of a message, by their positions.

It knows the marks of Discord and of forums, and which line breaks only wrap a paragraph. Where a
sentence ends inside of a block it must not know.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

_BREAK = "\r\n\x0b\x0c\x85\u2028\u2029"
_LINE = re.compile(f"[^{_BREAK}]*")
_QUOTE = re.compile(rf"[ \t]{{0,3}}>+(?:[ \t]|(?=[{_BREAK}])|\Z|(?=[^\W\d_]))[ \t>]*")
_QUOTE_TO_THE_END = re.compile(r"[ \t]*>>>[ \t]")
_FENCE = re.compile(r"(?<!`)(`{3,}+)[^`]*\Z|\A[ \t]*(~{3,}+)[ \t]*[\w+#.-]*[ \t]*\Z")
_CODE_LINE = re.compile(r"[ \t]*(`{3,}+)[^`]+\1[ \t]*")
_MARK = re.compile(
    r"(?P<heading>(?:#{1,6}|-#)[ \t]+)"
    r"|(?:[-*+•‣◦][ \t]+(?:\[[ xX]\][ \t]+)?)"
    r"|(?P<number>(?=\d{1,3}[.)][ \t]))"
)
_SPOILER = re.compile(r"(`+)(?!`).{1,400}?(?<!`)\1(?!`)|(?P<spoiler>\|\|.+?\|\|)", re.DOTALL)
_FURNITURE = re.compile(r"[\s\-*_=~#>|`+•\u200b-\u200d\u2060\ufeff\x00]*")

WRAP_LEAST, WRAP_MOST = 60, 100
"""Lengths of a paragraph's longest line, in characters, between which its breaks may be wraps.
Mail and forum editors wrap at 65 to 80; who writes longer lines than 100 does not wrap."""
WRAP_HABIT = 2
"""So many breaks where the next word did not fit show a wrapped paragraph."""


@dataclass(frozen=True, slots=True)
class Block:
    """`content[start:end]`, without the marks and white space around it."""

    start: int
    end: int
    code: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A line's words. `opens` and `closes`: nothing before, or after, is of the same paragraph."""

    words: Block
    opens: bool
    closes: bool = False


def blocks(content: str) -> Iterator[Block]:
    """The blocks of a message in order; they don't overlap, and what is in none has no letters."""
    kinds = groupby(_lines(content), key=lambda line: (line.words.code, line.words.quoted))
    runs = [list(run) for _, run in kinds]
    limits = [*(run[0].words.start for run in runs[1:]), len(content)]
    done = 0
    for run, limit in zip(runs, limits, strict=False):
        is_code = run[0].words.code
        found = [line.words for line in run] if is_code else _paragraphs(content, run, done, limit)
        for block in found:
            yield block
            done = block.end


def is_furniture(text: str) -> bool:
    """Whether a text is only rules, marks and white space: nothing that says something."""
    return _FURNITURE.fullmatch(text) is not None


def _lines(content: str) -> Iterator[_Line]:
    """Lines that have words, and code blocks as one line each."""
    position, gap = 0, True
    nested = len(re.findall(r"^[ \t]*>", content, re.MULTILINE)) > 1
    to_the_end = False
    while position < len(content):
        start, end = position, _line_end(content, position)
        to_the_end = to_the_end or (not nested and bool(_QUOTE_TO_THE_END.match(content, start)))
        quote = _QUOTE.match(content, start, end)
        quoted = to_the_end or quote is not None
        code = None if quoted else _code(content, start, end)
        if code:
            end = code.start
        words = _trimmed(content, quote.end() if quote else start, end)
        if words is not None:
            yield _marked(content, words, quoted, gap)
        if code:
            yield _Line(code, opens=True, closes=True)
        position = code.end if code else end + 1
        gap = words is None or code is not None


def _line_end(content: str, position: int) -> int:
    found = _LINE.match(content, position)
    return found.end() if found else position


def _trimmed(content: str, start: int, end: int) -> tuple[int, int] | None:
    """The line without white space around it; None where that leaves nothing to say."""
    text = content[start:end]
    if is_furniture(text):
        return None
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip())


def _marked(content: str, words: tuple[int, int], quoted: bool, gap: bool) -> _Line:
    """The line without its list or heading mark; a number stays, since people refer to it."""
    start, end = words
    mark = _MARK.match(content, start, end)
    if mark is None:
        return _Line(Block(start, end, quoted=quoted), opens=gap)
    heading = mark["heading"] is not None
    return _Line(Block(mark.end(), end, quoted=quoted), opens=True, closes=heading)


def _code(content: str, start: int, end: int) -> Block | None:
    """The code block that the line opens. An opening in mid-line needs a closing to be one."""
    line = content[start:end]
    if "```" not in line and "~~~" not in line:
        return None
    if whole := _CODE_LINE.fullmatch(line):
        return Block(start + whole.start(1), start + len(line.rstrip()), code=True)
    opening = _FENCE.search(line)
    if opening is None:
        return None
    group = 1 if opening[1] else 2
    mark, first = opening[group], start + opening.start(group)
    closing = content.find(mark if group == 1 else f"\n{mark}", end)
    if closing < 0:
        at_start = not line[: opening.start(group)].strip()
        return Block(first, first + len(content[first:].rstrip()), code=True) if at_start else None
    return Block(first, _run_end(content, closing + len(mark) - 1 + group, mark[0]), code=True)


def _run_end(content: str, position: int, mark: str) -> int:
    while content.startswith(mark, position):
        position += 1
    return position


def _paragraphs(content: str, run: Sequence[_Line], done: int, limit: int) -> Iterator[Block]:
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


def _wraps(content: str, run: Sequence[_Line]) -> set[int]:
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
    for found in _SPOILER.finditer(content, done, limit):
        first, last = bisect_right(ends, found.start()), bisect_left(starts, found.end()) - 1
        if found["spoiler"] and first <= last:
            words[first] = replace(words[first], start=min(starts[first], found.start()))
            words[last] = replace(words[last], end=max(ends[last], found.end()))
            joined.update(range(first + 1, last + 1))
    return joined
