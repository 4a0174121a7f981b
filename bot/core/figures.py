"""Figures: numbers in a text, in digits of any script or in words, and whether others give them.

It takes folded text, in which every script's digits are ASCII. Number words are known in the
languages of the word lists, and as Chinese and Japanese numerals.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.core.wordlists import NUMBERS, PERCENT, SHARES

_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"[^\W\d_]+")
_NUMERALS = re.compile(
    r"[一二三四五六七八九十百千万億亿两零〇]*[四五六七八九億亿][一二三四五六七八九十百千万億亿两零〇]*"
    r"|[一二三十百千万两零〇]+(?=[人名位个個成割倍票]|分之|パーセント)"
)
THOUSANDS = 3
"""Digits behind a mark that make it one of thousands: `1,500`."""
_TENS = re.compile(r"(?<=[a-zß])-(?=[a-z])")


_ONES = {
    word: str(value)
    for value, words in enumerate(
        ("one ein eins eine un une uno una um uma een", "two zwei deux dos due dois duas twee"), 1
    )
    for word in words.split()
}
"""Too ordinary to be numbers by themselves, and numbers behind tens or where digits say so."""
_AND_A_HALF = re.compile(r"([^\W_]+) (?:and a half|et demie?|y medi[oa]|e mezz[oa]|e mei[oa])\b")


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
    values = {NUMBERS[each] for each in told if each in NUMBERS} | set(_spelled(text))
    return {_plain(figure), NUMBERS.get(figure)} & (told | values) != set()


def _spelled(text: str) -> Iterator[str]:
    """What words come to that are no numbers by themselves: `twenty five`, `two`."""
    words = _WORD.findall(text.casefold())
    for whole in _AND_A_HALF.findall(text.casefold()):
        yield f"{(NUMBERS | _ONES).get(whole, whole)}.5"
    yield from (_ONES[word] for word in words if word in _ONES)
    for tens, ones in pairwise(words):
        ten, one = int(NUMBERS.get(tens, "0")), int((NUMBERS | _ONES).get(ones, "0"))
        if ten in range(20, 100) and one in range(1, 10):
            yield str(ten + one)


def _plain(figure: str) -> str:
    """`12.50` and `12,5` as `12.5`, `10:00` as `10`."""
    figure = figure.removesuffix(":00")
    whole, point, tenths = figure.replace(",", ".").partition(".")
    return f"{whole}.{tenths.rstrip('0')}" if point and len(tenths) < THOUSANDS else figure


def _spaced(text: str) -> str:
    return f" {' '.join(_WORD.findall(_TENS.sub(' ', text.casefold())))} "
