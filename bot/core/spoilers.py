"""Spoilers: words that their author hid behind `||`, and that only a click may show."""

import re
from collections.abc import Iterator

_CODE_OR_SPOILER = re.compile(
    r"(?<!`)(`{1,20}+)(?!`).*?(?<!`)\1(?!`)|(?P<spoiler>\|\|.+?\|\|)", re.DOTALL
)
"""Code goes first: bars in it hide nothing. Only the first mark of a run is tried, or a run of them
would cost the square of its length."""
_MARK = "||…||"


def hidden(content: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Start and end of each spoiler in a part of a text, its marks included, in order."""
    limit = len(content) if end is None else end
    if content.count("||", start, limit) > 1:
        for found in _CODE_OR_SPOILER.finditer(content, start, limit):
            if found["spoiler"]:
                yield found.span()


def without_spoilers(content: str, mark: str = _MARK) -> str:
    """The words with a mark where something is hidden."""
    pieces: list[str] = []
    done = 0
    for start, end in hidden(content):
        pieces += (content[done:start], mark)
        done = end
    return "".join((*pieces, content[done:]))
