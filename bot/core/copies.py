"""Copies: words in a row that a text shares with others.

Words are compared folded, without case and punctuation. In scripts that set no spaces between
words, a run of letters counts as one word, so that little is found there.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.core.folding import folded

WHOLE = 3
"""Words of a sentence that is a copy if all of it stands somewhere else."""
WHOLE_SOURCE = 5
"""Words of somebody's sentence that is copied where all of it stands in a text."""
_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[^.!?…。！？؟।\n]+")
_SET_APART = re.compile(r"[^.!?…。！？؟।\n<>|*()\[\]]+")


@dataclass(frozen=True, slots=True)
class Source:
    """Sentences that texts are compared with. `length` is the words in a row that are a copy."""

    length: int
    plain: str
    runs: frozenset[str]
    pieces: tuple[str, ...]


def source(sentences: Iterable[str], length: int) -> Source:
    """What may be copied from sentences, one of which goes on in the next."""
    text = "\n".join(sentences)
    runs, pieces = frozenset(_runs(text, length)), tuple(_pieces(text, WHOLE_SOURCE))
    return Source(length, _plain(text), runs, pieces)


def copies(text: str, of: Source, own: Iterable[str] = ()) -> bool:
    """Whether a text says what a source says, and its `own` sentences do not.

    That is a run of words, a whole sentence of the text, or a whole one of the source.
    """
    plain, mine = _plain(text), _plain("\n".join(own))
    copied = of.runs.intersection(_runs(text, of.length))
    whole = [each for each in _pieces(text, WHOLE) if each in of.plain]
    theirs = [each for each in of.pieces if each in plain]
    return any(each not in mine for each in (*copied, *whole, *theirs))


def shares_run(text: str, sentences: Iterable[str], length: int) -> bool:
    """Whether a text has `length` words in a row that one of the sentences has too."""
    said = set(_runs(text, length))
    return bool(said) and any(not said.isdisjoint(_runs(each, length)) for each in sentences)


def is_slice(text: str, sentences: Iterable[str]) -> bool:
    """Whether a text of WHOLE words or more is a part of one of the sentences."""
    plain = _plain(text)
    return plain.count(" ") > WHOLE and any(plain in _plain(each) for each in sentences)


def _plain(text: str) -> str:
    """The words between single spaces, with one before and one behind."""
    return f" {' '.join(_WORD.findall(folded(text).casefold()))} "


def _runs(text: str, length: int) -> Iterator[str]:
    words = _plain(text).split()
    return (f" {' '.join(words[at : at + length])} " for at in range(len(words) - length + 1))


def _pieces(text: str, least: int) -> Iterator[str]:
    """The sentences of a text, and what marks set apart in them, of at least so many words."""
    found = (each for pattern in (_SENTENCE, _SET_APART) for each in pattern.findall(text))
    return (each for each in map(_plain, found) if each.count(" ") > least)
