"""Texts of a brief in Discord's markdown: harmless words, names, and small marks that link.

Every link in them is made here, of a message's address. Words and names can't make one.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from bot.client.views.words import link, name, plain, said
from bot.core.summary import Evidence, Mark, Name, Text

MARK = "›"
MANY = 999
"""More marks than a card has."""
LONGEST = 800
"""Characters of one text; only an unchecked one is longer."""
QUOTE_LENGTH = 240
_GAP = "\u202f"
"""A narrow space at which no line is broken, so that a mark stays with its words."""
_BOLD = "**"
_LINK = re.compile(r"\[((?:\\.|[^\[\]\\])*)\]\(https://[^\s()]*\)")
_UNSEEN = re.compile(r"\\(?=[*_~`|\\\[\]])|\*\*|\u200b|^(?:-#|#{1,3}|>) ", re.MULTILINE)


Part = str | Name | Mark


@dataclass(slots=True)
class Marks:
    """How many marks a text may still have: each costs a whole address of a card's room."""

    left: int = MANY
    together: int = 2
    """Marks in one place: more of them in a row hinder reading."""

    def behind(self, evidence: Iterable[Evidence]) -> str:
        """A mark for each message, of many the first; nothing once none are left."""
        addresses = dict.fromkeys(each.url for each in evidence)
        made = [made for url in addresses if (made := link(MARK, url))]
        made = made[: min(self.together, self.left)]
        self.left -= len(made)
        return _GAP + "".join(made) if made else ""


def markdown(text: Text, marks: Marks, longest: int = LONGEST) -> str:
    """The text as it goes into a TextDisplay; a name at its beginning stands out."""
    parts = list(_shortened(text.parts, longest))
    is_bold = sum(part.count(_BOLD) for part in parts if isinstance(part, str)) % 2 == 0
    shown = ""
    for part in _gathered(parts):
        match part:
            case Mark(places):
                shown = shown.rstrip() + marks.behind(_evidence(text, places))
            case Name(author):
                shown += name(author) if shown else f"**{name(author)}**"
            case _:
                shown += (_BOLD if is_bold else "").join(map(plain, part.split(_BOLD)))
    return shown.strip() or "…"


def quotation(evidence: Evidence, marks: Marks) -> str:
    """A sentence of somebody's, under their name."""
    sentence = said(evidence.quote, QUOTE_LENGTH) or "…"
    return f"**{name(evidence.author)}** “{sentence}”{marks.behind([evidence])}"


def visible_length(text: str) -> int:
    """The characters of a finished text that a reader sees: of a link its label."""
    return len(_UNSEEN.sub("", _LINK.sub(r"\1", text)))


def _gathered(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts with marks in a row as one."""
    for is_mark, run in groupby(parts, lambda part: isinstance(part, Mark)):
        if is_mark:
            marks = [part for part in run if isinstance(part, Mark)]
            yield Mark(tuple(place for mark in marks for place in mark.places))
        else:
            yield from run


def _evidence(text: Text, places: Iterable[int]) -> Iterator[Evidence]:
    for place in places:
        if 0 < place <= len(text.evidence):
            yield text.evidence[place - 1]


def _shortened(parts: Iterable[Part], room: int) -> Iterator[Part]:
    """The parts as far as there is room for their words."""
    for part in parts:
        words = "" if isinstance(part, Mark) else part.name if isinstance(part, Name) else part
        if len(words) > room:
            yield f"{words[:room]}…"
            return
        room -= len(words)
        yield part
