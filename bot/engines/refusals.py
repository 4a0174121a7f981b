"""What a refusal is about: a parameter that the server does not take, a prompt that is too long.

Servers say it in many ways. What is looked for is the name of something that was sent.
"""

import re
from collections.abc import Collection

from bot.engines.complaints import Complaint

FORMAT, SYSTEM = "response_format", "system"
_CAPS = ("max_completion_tokens", "max_tokens")
_NAMES = ("temperature", *_CAPS, "stream_options", "stream")
_OF_FORMAT = re.compile(r"response_format|json_schema|json_object|schema|grammar")
_OF_SYSTEM = re.compile(
    r"\bsystem[ _]?(role|message|prompt|instruction)|role\W{0,3}system|system\W{0,3} role"
    r"|developer (instruction|role|message)"
)
_TAKEN = re.compile(
    r"\b(allowed|accepted|valid|supported|known|permitted) (parameter|field|arg|key)"
)
"""Begins a list of what the server does take."""
_TOO_LONG = re.compile(
    r"context[ _](length|size|window)|exceed_context|context_length|too many (input )?tokens"
    r"|(token count|tokens?|prompt|input|request|content|messages?)\b.{0,60}"
    r"\b(exceed|is too (long|large)|too long|longer than)"
    r"|maximum (number of tokens|context|input|prompt)|reduce the length|n_ctx|above_max_length"
    r"|request too large|payload too large"
)
_MOST = re.compile(
    r"(?:at most|maximum(?: value)?|no more than|up to|less than or equal to|<=|limit(?: of| is)?)"
    r"\D{0,30}(\d{2,7})"
)


def too_long(told: Complaint, status: int) -> bool:
    """Whether the prompt was too long; a cap on the answer that is too high is another matter."""
    if status == 413:
        return True
    return bool(_TOO_LONG.search(told.text)) and largest_cap(told) is None


def largest_cap(told: Complaint) -> int | None:
    """The most tokens that an answer may have, where the cap asked for was over it."""
    text = told.text
    if not any(name in text for name in _CAPS) or re.search(r"context|prompt|input tok", text):
        return None
    found = _MOST.search(text)
    return int(found[1]) if found else None


def refused(told: Complaint, sent: Collection[str]) -> str | None:
    """Which of the things that were sent the refusal names; None where it names none of them.

    A field that holds a name and nothing else goes before a sentence in which one stands.
    """
    exact = {word.strip("'\"`").lower() for word in told.words}
    for name in (FORMAT, *_NAMES):
        if name in sent and any(each == name or each.endswith(f".{name}") for each in exact):
            return name
    text = _TAKEN.split(told.text)[0]
    for name in _NAMES:
        if name in sent and re.search(rf"\b{name}\b", text):
            return name
    if FORMAT in sent and _OF_FORMAT.search(text):
        return FORMAT
    return SYSTEM if SYSTEM in sent and _OF_SYSTEM.search(text) else None
