"""Surroundings: what else is said around a statement's sentences. It bears out the names of things
(`Option 1`, `EIP-7610`, `config.toml`), and no quantity.

Each look-up takes the same time however long the discussion is.
"""

import re
from functools import cached_property
from itertools import accumulate

from bot.core.folding import folded
from bot.core.links import dotted, links
from bot.core.lookalikes import alike
from bot.core.wordlists import NUMBERED

_NUMBER = re.compile(r"(?<![\d.,])\d+(?:\.\d+)*")
_COUNTED_NAME = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,40})(\W{1,2})(\d+)(?!\d)")
_JOINING = frozenset({"-", "#", "/", "_", "."})
_OPENING = re.compile(r"(?:^|[.!?:\n])\W*$")
_IDENTIFIER = re.compile(r"[\w./#-]+")
_CALL = re.compile(r"\w{1,40}\([^()\s]{0,40}\)")
_LETTER = re.compile(r"[^\W\d_]")
CODE = 4
"""Digits in a row that are the name of something more often than a quantity (EIP-7610)."""


class Surroundings:
    """The words of a discussion, as far as they may name things."""

    def __init__(self, words: str = "") -> None:
        self._words = words

    @cached_property
    def seen(self) -> str:
        """The words, as `lookalikes.alike` gives them."""
        return alike(self._words)

    @cached_property
    def hosts(self) -> frozenset[str]:
        """File names, hosts and addresses."""
        found = (*dotted(self.seen), *links(self.seen))
        return frozenset(each.casefold() for each in found)

    def has_name(self, number: str, text: str) -> bool:
        """Whether a number in a folded text is a part of a name that is there too."""
        calls = (each for each in _CALL.findall(text) if number in each)
        if any(each in self._calls for each in calls):
            return True
        if not number.replace(".", "").isdecimal() or number not in self._numbers:
            return False
        if len(number) >= CODE:
            return True
        tokens = (each for each in _IDENTIFIER.findall(text) if number in each)
        if any(map(_LETTER.search, tokens)):
            return True
        counted = (name for name in _counted(text) if name[1] == number)
        return not self._counted.isdisjoint(counted)

    @cached_property
    def _numbers(self) -> frozenset[str]:
        """Numbers, and what they begin with: 6 and 6.1 of 6.1.0."""
        found = _NUMBER.findall(folded(self._words))
        return frozenset(head for each in found for head in accumulate(each.split("."), _dotted))

    @cached_property
    def _calls(self) -> frozenset[str]:
        """Calls of code, as in `f(1,2)`."""
        return frozenset(_CALL.findall(folded(self._words)))

    @cached_property
    def _counted(self) -> frozenset[tuple[str, str]]:
        """Names of a word and a number: `Option 1`, `devnet-6`, `Windows 95`; not `costs 40`."""
        words = folded(self._words)
        return frozenset(
            (found[1].casefold(), found[3])
            for found in _COUNTED_NAME.finditer(words)
            if found[1].casefold() in NUMBERED or found[2].strip() in _JOINING or _is_name(found)
        )


def _dotted(head: str, tail: str) -> str:
    return f"{head}.{tail}"


def _counted(text: str) -> list[tuple[str, str]]:
    return [(word.casefold(), number) for word, _, number in _COUNTED_NAME.findall(text)]


def _is_name(found: re.Match[str]) -> bool:
    """Whether a word is written as a name: with a capital that no beginning of a sentence asks."""
    before = found.string[max(0, found.start() - 4) : found.start()]
    return found[1][0].isupper() and not _OPENING.search(before)
