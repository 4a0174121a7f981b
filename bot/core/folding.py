"""Text as the checker compares it: what looks alike is alike, and what can't be seen is gone.

For comparing only; nobody is shown a folded text.
"""

import re
import unicodedata

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
"""Soft hyphens, zero-width and filling characters, joiners, bidi controls, variants, tags."""
_WIDE_DOT = re.compile(r"(?<=[a-z0-9])。(?=[a-z0-9])", re.IGNORECASE)
"""A dot that browsers take for one in an address; the other wide ones NFKC knows."""


def seen(text: str) -> str:
    """The text without the characters that can't be seen."""
    return _UNSEEN.sub("", text)


def folded(text: str) -> str:
    """The text with compatible letters, dots and any script's digits as ASCII has them."""
    plain = unicodedata.normalize("NFKC", seen(text))
    if not plain.isascii():
        plain = "".join(_digit(each) for each in plain)
    return _WIDE_DOT.sub(".", plain)


def _digit(character: str) -> str:
    return str(unicodedata.decimal(character, character))
