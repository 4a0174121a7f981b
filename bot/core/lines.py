"""Lines: the lines of a message by their positions, without the marks before them.

It knows the marks of Discord and of forums: quotations, code fences, list items, headings. Which
lines belong together it must not know.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

_BREAK = "\r\n\x0b\x0c\x85\u2028\u2029"
_ANY_BREAK = re.compile(f"[{_BREAK}]")
_LINE = re.compile(f"[^{_BREAK}]*")
_BLANKS = re.compile(r"[ \t\xa0]*")
_GAPLESS = re.compile(r"(?:[ \t\xa0]{0,2}[^ \t\xa0]+)*")
_QUOTE = re.compile(rf"[ \t]{{0,3}}>+(?:[ \t]|(?=[{_BREAK}])|\Z|(?=[^\W\d_]))[ \t>]*")
_QUOTE_TO_THE_END = re.compile(r"[ \t]*>>>[ \t]")
_FENCE = re.compile(r"(?<!`)(`{3,}+)[^`]*\Z|\A[ \t]*(~{3,}+)[ \t]*[\w+#.-]*[ \t]*\Z")
_CODE_LINE = re.compile(r"[ \t]*(`{3,}+)[^`]+\1[ \t]*")
_MARK = re.compile(
    r"(?P<heading>(?:#{1,6}|-#)[ \t]+)"
    r"|(?:[-*+•‣◦][ \t]+(?:\[[ xX]\][ \t]+)?)"
    r"|(?P<number>(?=\d{1,3}[.)][ \t]))"
)
_GAP = re.compile(r"[ \t\xa0]{3,}(?=\S)")
LEAST_LOST, LEAST_GAPS = 200, 2
"""Characters of a text without any line break, and wide gaps in it, from which on it is mail whose
line breaks became spaces. Figures that are set in columns are shorter."""
WIDE = 5
"""Blanks from which on an empty line was among the line breaks."""
_FURNITURE = re.compile(r"[\s\-*_=~#>|`+•\u200b-\u200d\u2060\ufeff\x00]*")


@dataclass(frozen=True, slots=True)
class Block:
    """`content[start:end]`, without the marks and white space around it."""

    start: int
    end: int
    code: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line's words. `opens` and `closes`: nothing before, or after, is of the same paragraph."""

    words: Block
    opens: bool
    closes: bool = False


def is_furniture(text: str) -> bool:
    """Whether a text is only rules, marks and white space: nothing that says something."""
    return _FURNITURE.fullmatch(text) is not None


def lines(content: str) -> Iterator[Line]:
    """Lines that have words, and code blocks as one line each."""
    position, gap = 0, True
    nested = len(re.findall(r"^[ \t]*>", content, re.MULTILINE)) > 1
    line = _GAPLESS if _lost_its_breaks(content) else _LINE
    to_the_end = False
    while position < len(content):
        start = position if line is _LINE else _behind_blanks(content, position)
        gap = gap or start - position >= WIDE
        end = _line_end(line, content, start)
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
            yield Line(code, opens=True)
        position = code.end if code else end + 1
        gap = words is None


def _lost_its_breaks(content: str) -> bool:
    """Whether wide gaps stand where there were line breaks, as in mail that came in one piece."""
    if len(content) < LEAST_LOST or _ANY_BREAK.search(content) or "```" in content:
        return False
    return len(list(islice(_GAP.finditer(content.strip()), LEAST_GAPS))) == LEAST_GAPS


def _behind_blanks(content: str, position: int) -> int:
    found = _BLANKS.match(content, position)
    return found.end() if found else position


def _line_end(line: re.Pattern[str], content: str, position: int) -> int:
    found = line.match(content, position)
    return found.end() if found else position


def _trimmed(content: str, start: int, end: int) -> tuple[int, int] | None:
    """The line without white space around it; None where that leaves nothing to say."""
    text = content[start:end]
    if is_furniture(text):
        return None
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip())


def _marked(content: str, words: tuple[int, int], quoted: bool, gap: bool) -> Line:
    """The line without its list or heading mark; a number stays, since people refer to it."""
    start, end = words
    mark = _MARK.match(content, start, end)
    if mark is None:
        return Line(Block(start, end, quoted=quoted), opens=gap)
    heading = mark["heading"] is not None
    return Line(Block(mark.end(), end, quoted=quoted), opens=True, closes=heading)


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
