"""What a server says is wrong: the words in the body of an error, however deep they stand.

Routers wrap a provider's error in one of their own, often as text that is JSON again. What the
server repeats of the request is no word of its own, and is passed over.
"""

import json
from collections import deque
from dataclasses import dataclass
from typing import Any, cast

from bot.core.inert import one_line, shorten

SHOWN = 200
"""Characters of a complaint that a person is shown."""
_LOOKED_AT = 4_000
"""Characters of a text, and as many places in a body, that are looked at."""
_SAYING = ("message", "msg", "detail", "reason", "description", "title", "error")
"""The fields that hold a sentence, the most telling first."""
_REPEATED = frozenset({"input", "request", "body", "received", "url", "ctx", "messages"})


@dataclass(frozen=True, slots=True)
class Complaint:
    """`sentence` is the innermost one, on one line, "" where there is none; `words` are all.

    `code` is the number or name by which the server knows the error.
    """

    sentence: str = ""
    words: tuple[str, ...] = ()
    code: str = ""

    @property
    def text(self) -> str:
        """All words, in small letters."""
        return " \n ".join(self.words).lower()


def complaint(body: Any) -> Complaint:
    """What an error's body says; a text may be JSON. Of a page for browsers, nothing."""
    words: list[str] = []
    sentences: list[str] = []
    code = ""
    places: deque[tuple[str, Any]] = deque([("", body)])
    for _ in range(_LOOKED_AT):
        if not places:
            break
        name, value = places.popleft()
        if isinstance(value, str) and (inner := _json_in(value)) is not None:
            value = inner
        if isinstance(value, dict):
            found = cast("dict[Any, Any]", value).items()
            places.extend((str(key), each) for key, each in found if key not in _REPEATED)
        elif isinstance(value, list):
            places.extend((name, each) for each in cast("list[Any]", value))
        elif isinstance(value, str | int) and not isinstance(value, bool):
            text = str(value)[:_LOOKED_AT]
            if _is_page(text):
                continue
            words.append(text)
            code = code or (text if name == "code" else "")
            if (name in _SAYING or not name) and isinstance(value, str) and not _is_code(text):
                sentences.append(text)
    told = one_line(sentences[-1]) if sentences else ""
    return Complaint(shorten(told, SHOWN).rstrip("."), tuple(words), code)


def _json_in(text: str) -> Any:
    """What a text comes to that is JSON within JSON."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _is_code(text: str) -> bool:
    """Whether it is JSON that is cut off or too deep, which tells nobody anything."""
    return text.lstrip().startswith(("{", "["))


def _is_page(text: str) -> bool:
    return text.lstrip().startswith("<")
