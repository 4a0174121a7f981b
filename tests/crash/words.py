"""Words of which each occurs once: what of them is in a file can be told for certain."""

import re
from itertools import count, product
from typing import Final

_SYLLABLES: Final = ["".join(pair) for pair in product("bdfgklmnprtvz", "aeiou")]
_LENGTH: Final = 5
"""Syllables a word: no file holds ten such letters by chance."""
_WORD: Final = re.compile(rf"\b(?:[bdfgklmnprtvz][aeiou]){{{_LENGTH}}}\b")
_ANYWHERE: Final = re.compile(rb"(?=((?:[bdfgklmnprtvz][aeiou]){%d}))" % _LENGTH)
SAYINGS: Final = (
    "I think that {} is worth the trouble, because it lasts longer than what we had.",
    "Honestly, {} would only be a nuisance to whoever sits in the kitchen.",
    "Who of you would look after {} in the winter?",
    "I was wrong about {}, and I would give it another year.",
)


class Sayings:
    """Gives out messages, each around a word of its own, that an engine takes for a view."""

    def __init__(self) -> None:
        self._numbers = count(7)

    def next(self) -> str:
        """A message like no other."""
        number = next(self._numbers)
        return SAYINGS[number % len(SAYINGS)].format(_word(number))


def words_in(text: str) -> set[str]:
    """The words of this kind in a text."""
    return set(_WORD.findall(text))


def words_hidden_in(data: bytes) -> set[str]:
    """The words of this kind in bytes, whatever stands next to them."""
    return {found.decode() for found in _ANYWHERE.findall(data)}


def _word(number: int) -> str:
    """Scattered over all words of that length: an index would pack neighbours as one."""
    base = len(_SYLLABLES)
    left = number * 982_451_653 % base**_LENGTH
    syllables: list[str] = []
    for _ in range(_LENGTH):
        left, place = divmod(left, base)
        syllables.append(_SYLLABLES[place])
    return "".join(syllables)
