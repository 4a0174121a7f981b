"""Crowds: words that give a view to all, most, half or none of the people, whom nobody has counted.

The lists are those of `wordlists`, in the languages named there. Text comes as `lookalikes.alike`
gives it, so that a letter of another script or a hyphen hides nothing.
"""

import re
from collections.abc import Iterable, Iterator

from bot.core.lookalikes import alike
from bot.core.wordlists import (
    ALL,
    BETWEEN,
    CONSENSUS,
    CROWDS,
    EVERYBODY,
    LEADING,
    MAJORITY,
    NOBODY,
    UNSPACED_CROWDS,
    VIEWS,
)

_WORD = re.compile(r"[^\W\d_]+")
_WITH_DIGIT = re.compile(r"(?<![^\W_])(?=[\d@$]{0,8}[^\W\d_])[^\W_@$]{0,3}[\d@$][\w@$]{0,12}")
_AS_LETTERS = str.maketrans("013457@$", "oleastas")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_BEFORE_AN_ADVERB = {
    "all": ("is",),
    "most": ("you", "i", "we", "they", "he", "she", "somebody", "who", "the"),
}
"""Words behind which `all` and `most` are no crowd: `is all for it`, `you most want`."""
MOST_BETWEEN = 5
"""Words between a crowd and its view: `all of us here also want`."""
TELLING = 8
"""Letters of a word of consensus from which it is one by itself: majority, unanimous."""


def _alike(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(map(alike, phrases))


_EVERYBODY, _ANY = _alike(EVERYBODY), _alike(EVERYBODY | ALL)
_PHRASES = _alike(CONSENSUS | MAJORITY)
_NOBODY = _alike(NOBODY)


def _one_of(phrases: Iterable[str]) -> str:
    """A pattern of phrases, in which `*` stands for any ending."""
    return f"(?:{'|'.join(alike(each).replace('*', chr(92) + 'w*') for each in phrases)})"


_ALL_DO = re.compile(rf"(?:^|[^\w\s]\s?|\b{_one_of(LEADING)}\s)({_one_of(EVERYBODY)})\b")
"""Everybody does something, and nothing is done to them ("asks everyone")."""


def _pattern(kind: str, language: str, phrases: Iterable[str]) -> re.Pattern[str]:
    between = f"(?: {_one_of(BETWEEN[language])}){{0,{MOST_BETWEEN}}}"
    before = "".join(f"(?<! {word})" for word in _BEFORE_AN_ADVERB.get(kind, ()))
    return re.compile(f"{before} {_one_of(phrases)}{between} {_one_of(VIEWS[language])} (?!about )")


_CROWDS = {
    kind: tuple(_pattern(kind, language, phrases) for language, phrases in by_language.items())
    for kind, by_language in CROWDS.items()
}


def crowds(text: str, sentences: str, *, absence: bool = False) -> Iterator[str]:
    """Phrases of a text that speak for a crowd where its sentences don't.

    `absence`: it may say that nobody has done something yet. Takes linear time.
    """
    joined = _WITH_DIGIT.sub(_as_letters, _HYPHEN.sub("", text))
    said = _words(sentences)
    for found in _ALL_DO.finditer(joined.casefold()):
        if _ANY.isdisjoint(said.split()) and not any(f" {each} " in said for each in _EVERYBODY):
            yield found[1]
    for words in dict.fromkeys((_words(text), _words(joined))):
        yield from (each for each in _PHRASES if f" {each} " in words and not _is_said(each, said))
        yield from _with_views(words, said, absence)
    for each in UNSPACED_CROWDS:
        if each in joined and not any(other in sentences for other in UNSPACED_CROWDS):
            yield each


def _as_letters(found: re.Match[str]) -> str:
    """`3very0ne` with the letters that its digits are to be read as."""
    return found.group().translate(_AS_LETTERS)


def _with_views(words: str, said: str, absence: bool) -> Iterator[str]:
    for kind, patterns in _CROWDS.items():
        found = (pattern.search(words) for pattern in patterns)
        spoken = next((each.group().strip() for each in found if each), None)
        if spoken is None or (kind == "nobody" and absence):
            continue
        if kind == "nobody" and any(f" {each} " in said for each in _NOBODY):
            continue
        if not any(pattern.search(said) for pattern in patterns):
            yield spoken


def _is_said(phrase: str, said: str) -> bool:
    """Whether sentences have a phrase, or the long word that makes it one ("by majority")."""
    longest = max((word for word in phrase.split() if word not in _EVERYBODY), key=len, default="")
    return f" {phrase} " in said or (len(longest) >= TELLING and f" {longest} " in said)


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "
