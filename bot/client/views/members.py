"""Sentences for members: without what only a host can act on.

The same errors are told at the terminal, where they name a setting, a file, a command or an
address. On Discord nobody can do anything about these, and an address may be nobody's business.
"""

import re

_BREAK = re.compile(r"(?<=[:;.!?])\s+")
_ADDRESS = re.compile(
    r"\s*(?:\b(?:at|of|from|under|with)\s+)?\b[a-z][a-z0-9+.-]{0,20}://\S*[^\s.,:;!?)\"'”’]"
)
_FOR_HOSTS = re.compile(
    r"""
    \[\w+\] | \.(?:toml|env|db|gguf|pem|json)\b | \bconfig(?:ur\w*)?\b | \bsettings?\b
    | \b(?:MOOT|OPENAI|DISCORD|ALL|HTTPS?|NO|SSL)_[A-Z_]+\b | \benvironment\b
    | \b(?:gguf|\w+_(?:url|key|file|path|tokens|seconds))\b
    | [`"“]moot\b | \bmoot\s+(?:doctor|show|topics|run|import|db|ask|summary|suggest|prompts)\b
    | \b(?:pip|uv)\s+\w | --\w | (?:^|\s)[~.]{0,2}/\w[\w.-]*/ | \b[A-Za-z]:\\
    """,
    re.VERBOSE,
)
_QUOTED = re.compile(r'"(?!moot\b)[^"]{0,400}"|“(?!moot\b)[^”]{0,400}”')
"""What somebody typed themselves, whatever it looks like."""


def for_members(sentence: str) -> str:
    """The sentence up to where it speaks to the host; empty where it does so from the beginning."""
    kept: list[str] = []
    for part in _BREAK.split(_ADDRESS.sub("", sentence)):
        if _FOR_HOSTS.search(_QUOTED.sub("", part)):
            break
        kept.append(part)
    return re.sub(r"[:;,]$", ".", " ".join(kept).strip())
