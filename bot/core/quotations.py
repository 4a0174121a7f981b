"""Quotations: words between quotation marks of any kind, and whether sentences have them.

Marks are read once from left to right, so that no text takes more than linear time. A mark may
open in one language and close in another (“ in English and German); a straight or a single one
counts only where it stands at the edge of a word.
"""

import re
from collections.abc import Iterator

from bot.core.brief import length
from bot.core.lookalikes import alike

SHORT = 3
"""Words in quotation marks up to this many are taken for emphasis, not for a quotation."""
_CLOSES = {
    "“": "”“", "„": "“”„", "”": "”", "‟": "”", "«": "»", "»": "«»", "‹": "›", "›": "‹›",
    "‘": "’‘", "‚": "‘’", "‛": "’", "「": "」", "『": "』", "｢": "｣", "❝": "❞", "❛": "❜",
    "❮": "❯", "〈": "〉", "《": "》", "″": "″", "ˮ": "ˮ", "〝": "〞〟", "⹂": "”“", '"': '"',
    "'": "'", "＂": "＂", "＇": "＇", "`": "`'´", "´": "´'",
}  # fmt: skip
"""Marks that open, each with those that close it."""
_OPEN_ENDED = frozenset("“„«「『｢❝〝")
"""Marks whose words are quoted even where they are not closed."""
_TWICE = {",,": "„", "''": '"', "``": "“", "´´": "”"}
"""Marks that are typed as two."""
_APOSTROPHES = frozenset("'’‘‚‛`´›‹")
_MARK = re.compile(f"[{re.escape(''.join({*_CLOSES, *''.join(_CLOSES.values())}))}]")
_GAP = re.compile(r"\[?(?:…|\.\.\.)\]?")
_WORDS = re.compile(r"[^\W_]+")
DEEP = 8
"""Quotations within quotations that are followed."""


def quotations(text: str) -> Iterator[str]:
    """The words of each quotation of a text that is long enough to be one."""
    for typed, mark in _TWICE.items():
        text = text.replace(typed, mark)
    opened: list[tuple[str, int]] = []
    for found in _MARK.finditer(text):
        mark, at = found.group(), found.start()
        level = _closed_by(mark, text, at, opened)
        if level is not None:
            yield from _long(text[opened[level][1] : at])
            del opened[level:]
        elif mark in _CLOSES and len(opened) < DEEP and _may_open(mark, text, at):
            opened.append((mark, at + 1))
    for mark, start in opened:
        if mark in _OPEN_ENDED:
            yield from _long(text[start:])


def invented(quotation: str, sentences: str) -> bool:
    """Whether words that are quoted, apart from what is left out of them, are in no sentence."""
    said = compared(sentences)
    return any(compared(part) not in said for part in _GAP.split(quotation))


def compared(text: str) -> str:
    """The words alone, in a form in which what looks alike is alike."""
    return " ".join(_WORDS.findall(alike(text).casefold()))


def _closed_by(mark: str, text: str, at: int, opened: list[tuple[str, int]]) -> int | None:
    """The quotation that a mark closes, by its place among those that are open."""
    if mark in _APOSTROPHES and _is_word(text, at + 1):
        return None
    levels = range(len(opened) - 1, -1, -1)
    return next((n for n in levels if mark in _CLOSES[opened[n][0]]), None)


def _may_open(mark: str, text: str, at: int) -> bool:
    """Whether it stands before a word; a mark that is also an apostrophe or an inch, not behind."""
    if mark in _APOSTROPHES or mark in '"″':
        return not _is_word(text, at - 1) and text[at + 1 : at + 2].strip() != ""
    return True


def _is_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isalnum()


def _long(words: str) -> Iterator[str]:
    if length(_GAP.sub(" ", words)) > SHORT:
        yield words
