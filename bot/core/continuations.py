"""Continuations: where a sentence goes on behind a full stop, in the language that it is in.

The library for sentences knows many abbreviations; this module knows others, ordinals (am 3.
Oktober), numbered items in mid-line, and quotations that a particle or a dash follows.
"""

import re

from bot.core.abbreviations import (
    ALWAYS,
    BEFORE_NUMBERS,
    DOTTED_ORDINALS,
    GERMAN_AFTER,
    GERMAN_BEFORE,
    GERMAN_OPENING,
    GERMAN_SUBJECTS,
)
from bot.core.languages import USUAL

_SIGHT = 60
"""Characters before and after an end that are looked at."""
_ITEM = re.compile(r"\(?(?:\d{1,3}|[^\W\d_]|[IVXivx]{1,4})[.)]")
_ITEM_BEHIND = re.compile(r"[.!?。！？]\s+(\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s*\Z")
_FIRST_ITEM = re.compile(r"[:：;]\s*\(?\d{1,2}[.)]\Z")
_NEXT_ITEM = re.compile(r"(?:[a-z]|\d{1,2})\)\s")
_ASIDE = re.compile(r"\s*[—–-]\s+[^\W\d_A-ZÀ-ÖØ-ÞΑ-ΩА-Я]")
_ENDING = re.compile(r"[)\]\"'”’»›」』）】》*_~|`]+\Z")
_OPENING = "([\"'“„”«‹»‚‘’*_~ "
_LAST_WORD = re.compile(r"[^\s(\[\"'“„«/]+\Z")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}")
_NUMBER = re.compile(r"\d{1,2}|[IVX]{1,6}")
_WORDS = re.compile(r"[^\W\d_]+")
_LINK = re.compile(r"https?:|www\.")
_FIRST_LETTER = re.compile(r"[^\W\d_]")
_FIRST_OF_NEXT = re.compile(r"[.!?]\s+[^\w\s]*([^\W\d_])")


def writes_small(text: str) -> bool:
    """Whether a paragraph is in small letters all through, at the beginning of sentences too."""
    first = _FIRST_LETTER.search(text)
    return (
        first is not None
        and first.group().islower()
        and not any(found[1].isupper() for found in _FIRST_OF_NEXT.finditer(text))
    )


class Continuations:
    """Those of a paragraph. Ends are positions in it, in code points, as the library gives them."""

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._language = language
        self._small = writes_small(text)
        self._always = ALWAYS.get(language, frozenset())
        self._before_numbers = BEFORE_NUMBERS.get(language, frozenset())

    def before_item(self, start: int, end: int) -> int:
        """The end, or the one before it where only the number of an item stands between the two."""
        seen = max(start, end - _SIGHT)
        found = _ITEM_BEHIND.search(self._text[seen:end])
        if found is None:
            return end
        earlier = seen + found.start(1)
        return end if self.goes_on(start, earlier) else earlier

    def goes_on(self, start: int, end: int) -> bool:
        """Whether the sentence from `start` goes on behind the end."""
        before = self._text[max(start, end - _SIGHT) : end].rstrip()
        after = self._text[end : end + _SIGHT].lstrip(_OPENING)
        bare = _ENDING.sub("", before)
        if _NEXT_ITEM.match(after):
            return False
        if _ASIDE.match(self._text, end):
            return True
        if end - start <= _SIGHT and _ITEM.fullmatch(before):
            return True
        if bare != before:
            return _has_particle(before, after) or (bare.endswith(".") and self._is_small(after))
        if not bare.endswith("."):
            return False
        return self._is_small(after) or self._is_abbreviated(bare[:-1], after, bare)

    def _is_small(self, after: str) -> bool:
        """Whether a small letter follows, of who else opens sentences with capitals.

        In English the library knows the abbreviations, and people are less careful.
        """
        if self._small or self._language == USUAL or _LINK.match(after):
            return False
        return after[:1].islower()

    def _is_abbreviated(self, before: str, after: str, bare: str) -> bool:
        found = _LAST_WORD.search(before)
        if found is None or not after:
            return False
        word = found.group().casefold()
        if word in self._always or (after[0].isdigit() and word in self._before_numbers):
            return True
        if _FIRST_ITEM.search(bare):
            return True
        if self._language == USUAL:
            return False
        if self._small and len(word) == 1 and word.isalpha():
            return True
        if _DOTTED.fullmatch(found.group()) and word[0] == found.group()[0]:
            return True
        return _NUMBER.fullmatch(found.group()) is not None and self._is_ordinal(
            before[: found.start()], after
        )

    def _is_ordinal(self, before: str, after: str) -> bool:
        if self._language not in DOTTED_ORDINALS:
            return False
        if after[0].isdigit() or (after[0].islower() and not self._small):
            return True
        if self._language != "de":
            return after[0].islower()
        words = _WORDS.findall(after.casefold())
        if not words or words[0] in GERMAN_OPENING or GERMAN_SUBJECTS.intersection(words[1:2]):
            return False
        last = _WORDS.findall(before.casefold())[-1:]
        return words[0] in GERMAN_AFTER or any(word in GERMAN_BEFORE for word in last)


def _has_particle(before: str, after: str) -> bool:
    """Whether a quotation is a part of the sentence: 「...」と言った, "..." 라고 했다."""
    if before[-1] in "」』":
        return "\u3041" <= after[:1] <= "\u309f"
    return after.startswith(("라고", "라며", "라는", "하고", "이라고", "고 "))
