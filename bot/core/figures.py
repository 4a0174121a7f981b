"""Figures: numbers in a text, in digits of any script or in words, and whether others give them.

It takes folded text, in which every script's digits are ASCII. Number words are known in the
languages of the word lists, and as Chinese and Japanese numerals.
"""

import re
from collections.abc import Iterator

from bot.core.wordlists import NUMBERS, PERCENT, SHARES

_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"[^\W\d_]+")
_NUMERALS = re.compile(
    r"[一二三四五六七八九十百千万億亿两零〇]*[四五六七八九億亿][一二三四五六七八九十百千万億亿两零〇]*"
    r"|[一二三十百千万两零〇]+(?=[人名位个個成割倍票]|分之|パーセント)"
)
_TENS = re.compile(r"(?<=[a-zß])-(?=[a-z])")


def figures(text: str) -> Iterator[str]:
    """Every number of a text as it is written, number words in lower case."""
    yield from (found.group() for found in _DIGITS.finditer(text))
    yield from (found.group() for found in _NUMERALS.finditer(text))
    words = _spaced(text)
    yield from (word for word in words.split() if word in NUMBERS)
    yield from (phrase for phrase in SHARES if f" {phrase} " in words)


def given(figure: str, text: str) -> bool:
    """Whether a text has a number too, be it in digits where the figure is in words."""
    told = set(figures(text))
    if figure in told or (figure in PERCENT and "%" in text):
        return True
    values = {NUMBERS[each] for each in told if each in NUMBERS}
    return figure in values or NUMBERS.get(figure) in told | values


def _spaced(text: str) -> str:
    return f" {' '.join(_WORD.findall(_TENS.sub(' ', text.casefold())))} "
