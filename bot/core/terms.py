"""Terms: the words of a text as a search compares them, in any script.

Case, accents and vowel signs don't count, nor do widths and ligatures of letters. In scripts that
set no spaces, a word may begin anywhere: there the term is a whole run of letters, and what is
looked for is a part of it. Hangul is taken like these, since its words grow endings.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.core.letters import FOLDED, UNSPACED

_RUN = re.compile(rf"[{UNSPACED}]+|[^{UNSPACED}\s]+")
_IS_UNSPACED = re.compile(f"[{UNSPACED}]")
_ASCII_WORD = re.compile("[a-z0-9]+")
_CHUNK = re.compile(r"\S+")
_SPELT = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
"""How these are written on a keyboard that lacks them."""
_HAS_SPELT = re.compile("[äöüøåÄÖÜØÅ]")
_HAS_FORMS = re.compile(f"[äöüøåÄÖÜØÅ\u0590-\u06ff\uf900-\uffef{UNSPACED}]")
"""Letters of which a word may be in an index in more than one form."""
_ARTICLE = re.compile("(?:[وفبك]?ال|لل)(.{3,})")
_PREFIX = re.compile("[והבלמשכ](.{3,})")


@dataclass(frozen=True, slots=True)
class Term:
    """A word and how it may be written as well: `über`, `ueber` and `uber` are one.

    `forms` are its own, `more` those by which it is found too though it is not meant by them, such
    as a Hebrew word without the letter before it that means "the". `unspaced`: a run of letters of
    a script without spaces, in which any part may be a word.
    """

    forms: tuple[str, ...]
    unspaced: bool = False
    more: tuple[str, ...] = ()


def terms(text: str) -> Iterator[Term]:
    """The terms of a text in order: words, numbers, and signs such as emoji, one each.

    Takes time linear in the length of the text.
    """
    for chunk in _CHUNK.findall(unicodedata.normalize("NFC", text)):
        yield from _terms(chunk)


def indexed(text: str) -> str:
    """What an index holds of a text: words without marks, set apart by spaces.

    A run of a script without spaces is there as its pairs of characters and its last one, so that
    each part of it is a row of such pairs.
    """
    if text.isascii():
        return " ".join(_ASCII_WORD.findall(text.lower()))
    return " ".join(map(_indexed, _CHUNK.findall(unicodedata.normalize("NFC", text))))


def pairs(run: str) -> list[str]:
    """The pairs of characters that follow each other; a single character alone."""
    return [run[place : place + 2] for place in range(max(1, len(run) - 1))]


def _indexed(chunk: str) -> str:
    if chunk.isascii():
        return " ".join(_ASCII_WORD.findall(chunk.lower()))
    if not _HAS_FORMS.search(chunk):
        return " ".join(_runs(chunk))
    return " ".join(word for term in _terms(chunk) for word in _words(term))


def _words(term: Term) -> Iterator[str]:
    if not term.unspaced:
        yield from (*term.forms, *term.more)
        return
    (run,) = term.forms
    yield from pairs(run)
    if len(run) > 1:
        yield run[-1]


def _terms(chunk: str) -> Iterator[Term]:
    if chunk.isascii():
        yield from (Term((word,)) for word in _ASCII_WORD.findall(chunk.lower()))
        return
    plain = _runs(chunk)
    spelt = _runs(_HAS_SPELT.sub(_spelt, chunk)) if _HAS_SPELT.search(chunk) else plain
    for run, other in zip(plain, spelt if len(spelt) == len(plain) else plain, strict=True):
        if _IS_UNSPACED.match(run):
            yield Term((run,), unspaced=True)
        else:
            forms = tuple(dict.fromkeys((run, other, *_bare(run))))
            yield Term(forms, more=tuple(_stripped(run)))


def place(text: str, wanted: Callable[[Term], str | None]) -> int:
    """Where the first term stands of which `wanted` says a piece; 0 where there is none."""
    for chunk in _CHUNK.finditer(text):
        for term in _terms(unicodedata.normalize("NFC", chunk.group())):
            if (piece := wanted(term)) is not None:
                return chunk.start() + _offset(chunk.group(), piece)
    return 0


def _offset(chunk: str, piece: str) -> int:
    """Where a piece of a term begins in a chunk of text without white space."""
    apart = unicodedata.normalize("NFKD", piece)
    flat: list[str] = []
    length, starts = 0, [0]
    for character in chunk:
        flat.append(unicodedata.normalize("NFKD", character.translate(FOLDED)))
        length += len(flat[-1])
        starts.append(length)
    found = "".join(flat).find(apart)
    return 0 if found < 0 else max(0, bisect_right(starts, found) - 1)


def _runs(text: str) -> list[str]:
    return _RUN.findall(unicodedata.normalize("NFC", text.translate(FOLDED)))


def _spelt(found: re.Match[str]) -> str:
    return _SPELT[found.group().lower()]


def _bare(run: str) -> Iterator[str]:
    """An Arabic word without its article."""
    if found := _ARTICLE.fullmatch(run):
        yield found[1]


def _stripped(run: str) -> Iterator[str]:
    """A Hebrew word without the letters before it that mean "and", "the", "in" and the like."""
    if found := _PREFIX.fullmatch(run):
        yield found[1]
        if again := _PREFIX.fullmatch(found[1]):
            yield again[1]
