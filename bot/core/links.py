"""Links: what somebody could follow out of a text, however it is written.

It takes folded text. What in a text is nobody's business but a reader's, it must not know.
"""

import re
from collections.abc import Iterator

_ADDRESS = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]*://|\bwww\.(?=\w)|\b(?:mailto|javascript|vbscript|tel):|\bdata:\w+/"
    r"|\bdiscord(?:app)?\s*\.\s*(?:gg|com)\b)[^\s<>()\[\]]*",
    re.IGNORECASE,
)
_HOST = re.compile(
    r"\b(?:[\w-]+\.)+(?:com|net|org|info|biz|io|gg|co|dev|app|xyz|me|tv|ai|site|online|shop|store"
    r"|top|club|live|link|click|cloud|ru|cn|de|fr|es|nl|uk|eu|us|pt|br)\b(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_LONG_HOST = re.compile(r"\b(?:[^\W\d_]{2,}\.){2,}[^\W\d_]{2,}\b\S*")
_DOTTED = re.compile(r"\b\w[\w-]+\.[a-z][a-z0-9]+\b")
_LIVE = re.compile(
    r"^(?=//|\.\w)|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=discord)(?=\.gg)|(?<=discord)(?=(?:app)?\.com/)",
    re.IGNORECASE,
)
_NOTHING = "\u200b"


def links(text: str) -> Iterator[str]:
    """Addresses, invites and host names."""
    for pattern in (_ADDRESS, _HOST, _LONG_HOST):
        yield from (found.group() for found in pattern.finditer(text))


def dotted(text: str) -> Iterator[str]:
    """Words with a dot in them: file names, or hosts under an ending that few people know."""
    yield from (found.group() for found in _DOTTED.finditer(text))


def unlinked(text: str) -> str:
    """The text with nothing in it that a chat or a terminal would turn into a link.

    It may stand behind any other: what could be the second half of a link is none either.
    """
    return _LIVE.sub(_NOTHING, text)
