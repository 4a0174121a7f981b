"""Figures: numbers in a text, in digits of any script or in words, and whether others give them.

It takes folded text, in which every script's digits are ASCII. Number words are known in the
languages of the word lists, as Chinese and Japanese numerals, and as Roman ones of three letters
and more. Takes linear time.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.core.wordlists import HALVES, NUMBERS, PERCENT, SHARES

_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[^\W_]+")
_THOUSAND = re.compile(r"(?<![\d.,])(\d{1,3})[kK]\b")
_NUMERALS = re.compile("[一二三四五六七八九十百千万億亿两零〇]+")
_LARGE = re.compile("[四五六七八九億亿]")
_COUNTED = re.compile("[人名位个個成割倍票]|分之|パーセント")
_ROMAN = re.compile(
    r"(?<![^\W_])(?=[MDCLXVI]{3})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
    r"(?![^\W_])"
)
_DISGUISED = re.compile(r"(?<![^\W_])(?=[lO]{0,11}\d)[lO\d]{2,12}(?![^\W_])")
_AS_DIGITS = str.maketrans("lO", "10")
THOUSANDS = 3
"""Digits behind a mark that make it one of thousands: `1,500`."""
_TENS = re.compile(r"(?<=[a-zß])-(?=[a-z])")
_LETTERS = {"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}


_ONES = {
    word: str(value)
    for value, words in enumerate(
        ("one ein eins eine un une uno una um uma een", "two zwei deux dos due dois duas twee"), 1
    )
    for word in words.split()
}
"""Too ordinary to be numbers by themselves, and numbers behind tens or where digits say so."""
_AND_A_HALF = frozenset(
    f"{joined} {half}"
    for joined, halves in (
        ("and a", "half"),
        ("et", "demi demie"),
        ("y", "medio media"),
        ("e", "mezzo mezza meio meia"),
    )
    for half in halves.split()
)


def figures(text: str) -> Iterator[str]:
    """Every number of a text as it is written, number words in lower case."""
    text = _DISGUISED.sub(lambda found: found.group().translate(_AS_DIGITS), text)
    yield from (found.group() for found in _DIGITS.finditer(text))
    yield from (found.group() for found in _ROMAN.finditer(text))
    for found in _NUMERALS.finditer(text):
        if _LARGE.search(found.group()) or _COUNTED.match(text, found.end()):
            yield found.group()
    words = _spaced(text)
    yield from _in_words(words.split())
    yield from (phrase for phrase in SHARES if f" {phrase} " in words)


def values(text: str) -> frozenset[str]:
    """All numbers that a text gives, as it writes them and as others may."""
    told = set(figures(text))
    words = _TOKEN.findall(text.casefold())
    if "%" in text:
        told |= PERCENT
    if not HALVES.isdisjoint(words):
        told |= {phrase for phrase in SHARES if not HALVES.isdisjoint(phrase.split())}
    for thousands in _THOUSAND.findall(text):
        told |= {f"{thousands}{mark}000" for mark in ("", ",", ".", " ")}
    told |= {NUMBERS[each] for each in told if each in NUMBERS}
    told |= {_roman(each) for each in told if _ROMAN.fullmatch(each)}
    return frozenset((*told, *map(_plain, told), *_spelled(words)))


def is_given(figure: str, given: frozenset[str]) -> bool:
    """Whether a number is among the values of a text, be it in digits where that has words."""
    forms = {figure, _plain(figure), NUMBERS.get(figure, figure)}
    if _ROMAN.fullmatch(figure):
        forms.add(_roman(figure))
    return not forms.isdisjoint(given)


def _spelled(words: list[str]) -> Iterator[str]:
    """What words come to that are no numbers by themselves: `twenty five`, `two`."""
    for at, word in enumerate(words):
        behind = (" ".join(words[at + 1 : at + 1 + count]) for count in (2, 3))
        if not _AND_A_HALF.isdisjoint(behind):
            yield f"{(NUMBERS | _ONES).get(word, word)}.5"
    yield from (_ONES[word] for word in words if word in _ONES)
    yield from (total for total in map(_together, words, words[1:]) if total)


def _in_words(words: list[str]) -> Iterator[str]:
    """Number words; tens and ones together as digits: `forty one` as 41."""
    together = ""
    for word, after in pairwise((*words, "")):
        if together:
            together = ""
        elif word in NUMBERS:
            together = _together(word, after)
            yield together or word


def _together(tens: str, ones: str) -> str:
    ten, one = int(NUMBERS.get(tens, "0")), int(NUMBERS.get(ones) or _ONES.get(ones, "0"))
    return str(ten + one) if ten in range(20, 100) and one in range(1, 10) else ""


def _plain(figure: str) -> str:
    """`12.50` and `12,5` as `12.5`, `10:00` as `10`."""
    figure = figure.removesuffix(":00")
    whole, point, tenths = figure.replace(",", ".").partition(".")
    return f"{whole}.{tenths.rstrip('0')}" if point and len(tenths) < THOUSANDS else figure


def _roman(figure: str) -> str:
    """The value of a Roman numeral in digits."""
    letters = [_LETTERS[each] for each in figure]
    behind = [*letters[1:], 0]
    signed = (one if one >= after else -one for one, after in zip(letters, behind, strict=True))
    return str(sum(signed))


def _spaced(text: str) -> str:
    return f" {' '.join(_WORD.findall(_TENS.sub(' ', text.casefold())))} "
