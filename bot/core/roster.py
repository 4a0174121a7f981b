"""Roster: the people of a topic as a text may name them.

A name is found in any script, whatever letters of others it is written with. Where words are set
apart it is a word, capitalised where it could be an ordinary one; where they are not, a piece.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from bot.core.lookalikes import alike
from bot.core.name_forms import (
    ENDING,
    LONGEST,
    PIECE,
    SLAVIC,
    STEM,
    TOKEN,
    all_forms,
    forms,
    heard,
    is_written,
    parts,
    pieces,
    short_stems,
    stands_alone,
    stems,
    words_of,
)
from bot.core.wordlists import ORDINARY

_OPENING = re.compile(r"(?:^|[.!?:…\n])[\s\"'“‘(*_]*$")
_NOBODY: frozenset[str] = frozenset()
SHARED = 20
"""People with one part of a name, above which it tells nobody from the others."""


class Roster:
    """The names of a topic's people; `around` is what they write, for what is a word there."""

    def __init__(self, names: Iterable[str] = (), around: str = "") -> None:
        self._names = tuple(dict.fromkeys(names))
        self._around = around

    def named(self, text: str, known: Iterable[str] = (), said: str = "") -> Iterator[str]:
        """The names, or parts of them, in a text that are neither those of `known` nor `said`.

        Texts as `lookalikes.alike` gives them. Takes time linear in the text.
        """
        allowed = frozenset(form for name in known for form in all_forms(alike(name)))
        spaced = f" {' '.join(TOKEN.findall(said.casefold()))} "
        words = list(TOKEN.finditer(text))
        for place, word in enumerate(words):
            found = (*self._wholly(text, words, place), *self._partly(text, word, allowed))
            yield from (each for each in found if each not in allowed and f" {each} " not in spaced)
        for piece in PIECE.findall(text):
            found = (each for each in self._joined(piece) if each not in allowed)
            yield from (each for each in found if each not in said)

    def owners(self, text: str) -> frozenset[str]:
        """Whose names a text might say, in full, in part or inflected."""
        words = heard(text)
        found = (self._owners[word] for word in words if word in self._owners)
        return frozenset(name for names in found for name in names)

    @cached_property
    def _owners(self) -> dict[str, list[str]]:
        """Names by all that stands for them in a text, as `heard` gives its words."""
        owners: dict[str, list[str]] = {}
        for name in self._names:
            for form in forms(name):
                owners.setdefault(form, []).append(name)
        return {form: names for form, names in owners.items() if len(names) <= SHARED}

    def knows(self, word: str) -> bool:
        """Whether a word is a part of somebody's name, or none of a name at all."""
        key = word.casefold()
        known = key in self._parts or key in self._alone
        return known or key in ORDINARY or key in self._common

    def _wholly(self, text: str, words: Sequence[re.Match[str]], place: int) -> Iterator[str]:
        """The names that begin with a word; one that is an ordinary word counts as a name only."""
        word = words[place]
        key = word.group().casefold()
        for size in self._lengths.get(key, ()):
            found = words[place : place + size]
            tokens = tuple(each.group().casefold() for each in found)
            is_word = size == 1 and key in ORDINARY
            if tokens in self._wholes and (not is_word or _is_name(text, word, at_start=False)):
                yield " ".join(tokens)

    def _partly(self, text: str, word: re.Match[str], allowed: frozenset[str]) -> Iterator[str]:
        """A part of a name, or a name with another ending: `Tobiasa` of Tobias."""
        key = word.group().casefold()
        if key in ORDINARY or len(key) > LONGEST:
            return
        is_common = not self._common.isdisjoint((key, f"{key}s", key.removesuffix("s")))
        if key in self._parts and (
            _is_name(text, word, at_start=not is_common) or (not is_common and self._parts[key])
        ):
            yield key
        if is_common or len(key) <= STEM or key in self._alone:
            return
        for cut in range(1, ENDING + 1):
            stem, ending = key[:-cut], key[-cut:]
            names = self._stems.get(stem, _NOBODY)
            if ending in SLAVIC:
                names |= self._short_stems.get(stem, _NOBODY)
            at_start = len(stem) > STEM or ending == "s"
            if names and names.isdisjoint(allowed) and _is_name(text, word, at_start=at_start):
                yield key
                return

    def _joined(self, piece: str) -> Iterator[str]:
        for size in self._sizes:
            for at in range(len(piece) - size + 1):
                form = piece[at : at + size]
                is_name = form in self._pieces and stands_alone(form, piece, at)
                if is_name and (self._pieces[form] or form not in self._around):
                    yield form

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(alike, self._names)))

    @cached_property
    def _common(self) -> frozenset[str]:
        """Words that the discussion writes small, and so has for no names."""
        words = TOKEN.findall(self._around)
        return frozenset(each for each in words if not each[0].isupper())

    @cached_property
    def _wholes(self) -> frozenset[tuple[str, ...]]:
        """Names in their words."""
        return frozenset(filter(is_written, map(words_of, self._folded)))

    @cached_property
    def _lengths(self) -> dict[str, set[int]]:
        """How many words names have that begin with a word."""
        lengths: dict[str, set[int]] = {}
        for words in self._wholes:
            lengths.setdefault(words[0], set()).add(len(words))
        return lengths

    @cached_property
    def _parts(self) -> dict[str, bool]:
        """Parts of names, and whether one is written as a name there."""
        shared = Counter(part for name in self._folded for part in {*parts(name)})
        found: dict[str, bool] = {}
        for part in (each for each, people in shared.items() if people <= SHARED):
            key = part.casefold()
            found[key] = found.get(key, False) or part[0].isupper()
        return found

    @cached_property
    def _alone(self) -> frozenset[str]:
        """Names of one word."""
        return frozenset(words[0] for words in self._wholes if len(words) == 1)

    @cached_property
    def _stems(self) -> dict[str, frozenset[str]]:
        """Names by what of them stays when they are inflected."""
        return _by_stem(self._inflecting, stems)

    @cached_property
    def _short_stems(self) -> dict[str, frozenset[str]]:
        """Names by what of them stays where a vowel flees: `Mark` of Marek."""
        return _by_stem(self._inflecting, short_stems)

    @property
    def _inflecting(self) -> Iterator[str]:
        names = (*self._parts, *self._alone)
        yield from (each for each in names if each.isalpha() and each not in ORDINARY)

    @cached_property
    def _pieces(self) -> dict[str, bool]:
        """Names, and parts of them, in scripts that write words together; whether one is whole."""
        found: dict[str, bool] = {}
        for name in self._folded:
            for place, form in enumerate(pieces(name)):
                found[form] = found.get(form, False) or place == 0
        return found

    @cached_property
    def _sizes(self) -> list[int]:
        return sorted({len(each) for each in self._pieces if len(each) <= LONGEST})


def _by_stem(
    names: Iterable[str], stems: Callable[[str], Iterator[str]]
) -> dict[str, frozenset[str]]:
    by_stem: dict[str, set[str]] = {}
    for name in names:
        for stem in stems(name):
            by_stem.setdefault(stem, set()).add(name)
    return {stem: frozenset(of) for stem, of in by_stem.items()}


def _is_name(text: str, word: re.Match[str], *, at_start: bool) -> bool:
    """Whether a word is written as a name; at a sentence's start any word is."""
    first = word.group()[0]
    if first.islower():
        return False
    return at_start or not _OPENING.search(text[max(0, word.start() - 8) : word.start()])
