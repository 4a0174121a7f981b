"""How well a sentence would stand alone as what somebody says, told by its form."""

import re

from bot.engines.quotes.phrases import (
    ASIDES,
    CHANGE_OF_MIND,
    DANGLING,
    INTRODUCTIONS,
    LEANING,
    OPINION,
    REASONS,
    STANCES,
    has,
    opens,
)
from bot.engines.quotes.speech import count, words

SHORT, LONG, ENDLESS = 10, 40, 80
"""Words: what reads best lies between the first two; the last is too much for a card."""
CHANGED = 3.0
"""What a change of mind counts for: it is news, and what they said before is out of date."""
REASONED = TAKES_A_STAND = 1.3
UNOPINIONATED = LEANS = UNFINISHED = 0.75
IN_MIDSENTENCE, ASIDE, INTRODUCES, POINTS_AWAY, PASTED = 0.85, 0.6, 0.5, 0.3, 0.1
"""What the other signs count for."""
_LINK = re.compile(r"https?://|www\.")
_PASTED = re.compile(
    r"(?:^|\s)>|\b(?:wrote|schrieb|writes)\s*:|\b(?:From|To|Cc|Subject|Sent|Date|Von|An):\s"
)
"""Mail that its program left in one piece: others' words, and headers."""
_ENDS = tuple(".!?…。！？｡．।॥؟۔։።။។")


def form(text: str) -> float:
    """How well a sentence reads when it stands alone; from 0, and above 1 only where it is news."""
    said = words(text)
    worth = _length_worth(count(said)) * _letters(text)
    for holds, factor in (
        (is_pasted(text), PASTED),
        (_points_away(text), POINTS_AWAY),
        (not text.rstrip("\"'”’)»*_ ").endswith(_ENDS), UNFINISHED),
        (text[0].islower(), IN_MIDSENTENCE),
        (text[0] in "(（[", ASIDE),
        (bool(LEANING.intersection(said[:1])), LEANS),
        (has(said, DANGLING), LEANS),
        (OPINION.isdisjoint(said), UNOPINIONATED),
        (has(said, STANCES), TAKES_A_STAND),
        (has(said, REASONS), REASONED),
        (has(said, ASIDES), ASIDE),
        (bool(said) and opens(said, INTRODUCTIONS), INTRODUCES),
        (has(said, CHANGE_OF_MIND), CHANGED),
    ):
        worth *= factor if holds else 1.0
    return worth


def _points_away(text: str) -> bool:
    """Whether it ends where the matter only begins: in a colon, or in a link."""
    last = text.rsplit(maxsplit=1)[-1:]
    return any(word.endswith((":", "：")) or _LINK.search(word) is not None for word in last)


def is_pasted(text: str) -> bool:
    """Whether a sentence is mail in one piece: quotation marks in mid-line, or headers."""
    return _PASTED.search(text) is not None


def _letters(text: str) -> float:
    """Less than 1 where a good part of a sentence is figures and signs."""
    letters = sum(map(str.isalpha, text))
    return min(1.0, 1.3 * letters / max(1, len(text) - text.count(" ")))


def _length_worth(length: int) -> float:
    if length < SHORT:
        return 0.2 + 0.8 * length / SHORT
    if length <= LONG:
        return 1.0
    return max(0.2, 1.0 - 0.8 * (length - LONG) / (ENDLESS - LONG))
