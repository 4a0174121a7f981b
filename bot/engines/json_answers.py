"""The JSON object in an answer that may have thoughts, prose or fences around it.

Prose has braces of its own, so each place where an object may begin is tried, up to a number.
"""

import json
import re
from collections.abc import Iterator

MOST_TRIED = 100
"""Places at which an object may begin that are tried: one that fails may cost a look at all."""
_FENCE = re.compile(r"```(?:json)?[ \t]*\n\s*(?=\{)", re.IGNORECASE)


def objects(text: str) -> Iterator[str]:
    """The objects in a text, those behind a fence first; what stands within one is none."""
    text = after_thoughts(text)
    fences = [match.end() for match in _FENCE.finditer(text)][:MOST_TRIED]
    yield from (text[start:end] for start in fences if (end := _end(text, start)))
    place = text.find("{")
    for _ in range(MOST_TRIED):
        if place < 0:
            return
        end = _end(text, place)
        if end:
            yield text[place:end]
        place = text.find("{", end or place + 1)


def _end(text: str, start: int) -> int | None:
    """Where the object ends that begins there, if one does."""
    try:
        return json.JSONDecoder().raw_decode(text, start)[1]
    except (ValueError, RecursionError):
        return None


def best(text: str) -> str:
    """What comes closest to an object in a text that has none of use."""
    text = after_thoughts(text)
    found = max(objects(text), key=len, default="")
    start = text.find("{")
    return found or (text[start:] if start >= 0 else text)


def after_thoughts(text: str) -> str:
    """An answer without the thoughts that some models write before it."""
    return text.rpartition("</think>")[2]
