"""Boundaries: where sentences end inside of a paragraph.

The library `sentencex` knows the languages. This module keeps it from cutting links, code,
spoilers and other marks in two, bounds its work, and cuts what nobody punctuated. It sees one
paragraph, never a message.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from sentencex import get_sentence_boundaries

from bot.core.continuations import Continuations, writes_small
from bot.core.languages import USUAL

LONGEST = 400
"""Characters of a sentence; what is longer is cut at the last clause or word before that."""
STRETCH = 4_000
"""Characters that the library sees at once: on some marks its time grows with the square."""

_ATOM = re.compile(
    r"(?<!`)(`{1,20}+)(?!`).{1,400}?(?<!`)\1(?!`)"
    r"|\|\|.+?\|\|"
    r"|(\*\*|__|~~).{1,396}?\2"
    r"|(?<![\w*])\*(?=[^\s*])[^*\n]{1,398}\*(?!\w)"
    r"|!?\[[^\[\]\n]{1,400}\]\([^()\s]{1,400}\)"
    r"|<[^<>\s]{1,400}>"
    r"|(?:https?://|www\.)[^\s<>|。！？，、；「」]+[^\s<>|。！？，、；「」.,;:!?'\")\]*_~`]",
    re.DOTALL,
)
_MORE_ENDS = re.compile(r"[។៕॥]|།(?=\s)|፡፡|(?<=[.!?])\s{1,9}(?=\(?(?:[a-z]|\d{1,2})\)\s)")
"""Ends that the library leaves out: Khmer, Sanskrit, Tibetan, Amharic; before b) and (2)."""
_RUN_TOGETHER = re.compile(
    r"(?<!\S)[\"'(“„«]*([^\W\d_]{2,})[.!?](?=([^\W\d_]+)[,;:.!?)\"'”»]*(?!\S))"
)
_CLOSING = re.compile(r"[)\]\"'”’»›」』）】》*_~|`]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ENDS = (
    (re.compile(r"[.!?…]\s|[。！？]"), LONGEST // 2),
    (re.compile(r"[,;:—–]\s|[，、；]"), LONGEST // 2),
    (re.compile(r"\s"), 1),
)
"""What an overlong sentence is cut behind, by preference, and from which character on."""
_JOINER = "\u200d"


def sentence_ends(text: str, language: str = USUAL) -> Iterator[int]:
    """Where each sentence of a paragraph ends, in code points; the last is the paragraph's end.

    `language` is its code of ISO 639-1, of which only where it is cut depends.
    """
    atoms = _atoms(text)
    start = 0
    for end in [*_natural_ends(text, language, atoms), len(text)]:
        while end - start > LONGEST:
            start = _hard_end(text, start, atoms)
            yield start
        if end > start:
            yield end
        start = end


def _natural_ends(text: str, language: str, atoms: Sequence[tuple[int, int]]) -> Iterator[int]:
    rest = Continuations(text, language)
    run_together = set(_run_together(text))
    start = 0
    for proposed in sorted(
        {*_proposed_ends(_SURROGATE.sub("\ufffd", text), language), *run_together}
    ):
        end = rest.before_item(start, _behind_closing(text, proposed))
        if end <= start or not _around(atoms, end):
            continue
        if end in run_together or (_is_end(text, end) and not rest.goes_on(start, end)):
            yield end
            start = end


def _proposed_ends(text: str, language: str) -> set[int]:
    """Where a sentence may end: what the library says, and what it leaves out."""
    ends = set(_library_ends(text, language))
    ends.update(found.end() for found in _MORE_ENDS.finditer(text))
    if writes_small(text):
        # In some languages the library takes a small letter for the sentence's going on.
        ends.update(_library_ends(text, USUAL))
    return ends


def _library_ends(text: str, language: str) -> Iterator[int]:
    """The library's ends, short of the last. A stretch starts where the one before was sure."""
    start = 0
    while start < len(text):
        found = get_sentence_boundaries(language, text[start : start + STRETCH])
        ends = [start + int(boundary["end_index"]) for boundary in found][:-1]
        yield from ends
        start = ends[-1] if ends and start + STRETCH < len(text) else start + STRETCH


def _behind_closing(text: str, end: int) -> int:
    """The end moved behind brackets, quotation marks and markup that close there."""
    closing = None if text[end - 1].isspace() else _CLOSING.match(text, end)
    return closing.end() if closing else end


def _is_end(text: str, end: int) -> bool:
    """Whether words end there: `Node.js` is one, though scripts without spaces need none."""
    if end >= len(text):
        return False
    before = _CLOSING.sub("", text[max(0, end - 8) : end])[-1:]
    if text[end - 1].isspace() or text[end].isspace() or not before.isascii():
        return True
    return before in "?!" and not text[end].isascii()


def _run_together(text: str) -> Iterator[int]:
    """Ends that lost the line break behind them: "so it is.Then we left". `Node.js` has none."""
    for found in _RUN_TOGETHER.finditer(text):
        word, following = found.groups()
        if word.islower() and (following == "I" or following.istitle()):
            yield found.end()


def _atoms(text: str) -> list[tuple[int, int]]:
    """Start and end of what must not be cut; only a spoiler may be longer than a sentence."""
    return [found.span() for found in _ATOM.finditer(text) if _fits(found)]


def _fits(found: re.Match[str]) -> bool:
    return found.end() - found.start() <= LONGEST or found.group().startswith("||")


def _around(atoms: Sequence[tuple[int, int]], position: int) -> bool:
    """Whether the position is not inside of an atom."""
    return _atom_end(atoms, position) == position


def _hard_end(text: str, start: int, atoms: Sequence[tuple[int, int]]) -> int:
    """Where to cut what is too long: after a clause, else a word, else between characters."""
    limit = start + LONGEST
    for pattern, earliest in _ENDS:
        found = [each.end() for each in pattern.finditer(text, start + earliest, limit)]
        fitting = [cut for cut in found if _around(atoms, cut)]
        if fitting:
            return fitting[-1]
    between = (cut for cut in range(limit, start, -1) if not _is_joined(text, cut))
    return next((cut for cut in between if _around(atoms, cut)), _atom_end(atoms, limit))


def _atom_end(atoms: Sequence[tuple[int, int]], position: int) -> int:
    """The position, or the end of the atom that it is inside of."""
    place = bisect_right(atoms, (position, -1)) - 1
    return position if place < 0 else max(position, atoms[place][1])


def _is_joined(text: str, position: int) -> bool:
    """Whether the character there belongs to the one before: accent, joiner, skin tone, tag."""
    after = text[position]
    return (
        text[position - 1] == _JOINER
        or unicodedata.category(after) in ("Mn", "Mc", "Me", "Cf")
        or "\U0001f3fb" <= after <= "\U0001f3ff"
    )
