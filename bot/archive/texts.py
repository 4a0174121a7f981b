"""Words as the database holds them."""

import json
from typing import Any

from bot.archive.failures import Damaged


def storable(words: str) -> str:
    """Words letter for letter, but for half a surrogate pair: no database takes it, so U+FFFD
    stands there instead, and every position stays."""
    try:
        words.encode()
    except UnicodeEncodeError:
        return "".join("\N{REPLACEMENT CHARACTER}" if _is_half(each) else each for each in words)
    return words


def maybe_storable(words: str | None) -> str | None:
    """The same of words that may be missing."""
    return None if words is None else storable(words)


def _is_half(character: str) -> bool:
    return "\ud800" <= character <= "\udfff"


def from_json(text: str) -> Any:
    """What a column in JSON holds."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise Damaged("a column holds no JSON") from error
