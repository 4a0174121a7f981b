"""Lookalikes: one form for all that a reader takes for the same, before names, words and addresses
are compared.

`folding` makes compatible letters one. This goes on to letters of other scripts (`еveryone` with a
Cyrillic е), accents, strokes through letters, and l e t t e r s set apart. The library `disarm`
knows the letters, after the Unicode table of confusables. For comparing only: nobody is shown it.
"""

import re
import unicodedata

from disarm import normalize_confusables

from bot.core.folding import folded

_SURROGATE = re.compile("[\ud800-\udfff]")
_LETTERS_APART = re.compile(r"(?<!\S)[^\W\d_](?: [^\W_]| [./:]){3,}(?!\S)")
_ALPHABETIC = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff]")
"""Letters that stay what they are without their accents; in other scripts marks are vowels."""
_MARKS = frozenset({"Mn", "Me"})
STACKED = 5
"""Marks on one letter that no language has."""


def alike(text: str) -> str:
    """The text as the Latin letters that it looks like, as far as it does. Takes linear time."""
    text = folded(text)
    if not text.isascii():
        text = "".join(each for each in text if unicodedata.category(each) != "Cf")
        text = _bare(normalize_confusables(_SURROGATE.sub("\ufffd", text)))
    return _LETTERS_APART.sub(lambda found: found.group().replace(" ", ""), text)


def stacked(text: str) -> bool:
    """Whether marks are heaped on a letter until it can't be read."""
    row = 0
    for each in text if not text.isascii() else "":
        row = row + 1 if unicodedata.category(each) in _MARKS else 0
        if row >= STACKED:
            return True
    return False


def _bare(text: str) -> str:
    """The text without the accents of alphabets."""
    kept: list[str] = []
    is_letter = False
    for each in unicodedata.normalize("NFD", text):
        if unicodedata.category(each) not in _MARKS:
            is_letter = _ALPHABETIC.match(each) is not None
        elif is_letter:
            continue
        kept.append(each)
    return unicodedata.normalize("NFC", "".join(kept))
