"""Where words name a person: kept with the person's id, so that a rename, an opt-out and an erasure
reach the name also in what others wrote."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.core.inert import one_line, shorten
from bot.core.model import Mention

UNKNOWN_PERSON = "@unknown-user"
NOBODY = "@someone"
"""What stands for a person who wants to be named no more."""
NAME_LENGTH = 40
LONGEST_NAME = 100
"""Characters of a name that is looked for in a text."""

_AT = re.compile(r"(?<!\w)@")
_WORD = re.compile(r"\w")
_STOP = re.compile(r"[.!?…。！？]+(?=\s|\Z)|[`|*\\<>\[\]]")
"""What a name may not bring into the words around it: the end of a sentence, and formatting."""


def at(name: str) -> str:
    """A person's name within words: `@Tomas`. It can't end a sentence, nor begin one."""
    plain = one_line(_STOP.sub(" ", one_line(name)))
    return f"@{shorten(plain, NAME_LENGTH)}" if plain else UNKNOWN_PERSON


def marked(
    text: str, mentions: Sequence[Mention], called: Mapping[str, str]
) -> tuple[Mention, ...]:
    """The mentions with those of people who stand in the text as `@NAME` already."""
    lengths = sorted({len(name) for name in called if len(name) <= LONGEST_NAME}, reverse=True)
    found = list(mentions)
    for sign in _AT.finditer(text):
        start = sign.end()
        names = (text[start : start + length] for length in lengths)
        name = next((each for each in names if each in called and _ends(text, start, each)), None)
        if name is not None:
            found.append(Mention(sign.start(), start + len(name), called[name]))
    return tuple(_apart(sorted(found, key=lambda each: each.start)))


def _apart(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions but those that stand in another, or in its place: a name may hold a name."""
    end = 0
    for each in mentions:
        if each.start >= end:
            yield each
            end = each.end


def _ends(text: str, start: int, name: str) -> bool:
    """Whether no word goes on behind the name."""
    return _WORD.match(text, start + len(name)) is None


def renamed(
    text: str, mentions: Sequence[Mention], to: Mapping[int, tuple[str, str | None]]
) -> tuple[str, tuple[Mention, ...]]:
    """The text with other words, and persons, at some of its mentions (by their place in a row)."""
    parts: list[str] = []
    moved: list[Mention] = []
    done = length = 0
    for place, each in enumerate(mentions):
        shown, person = to.get(place, (text[each.start : each.end], each.person))
        length += each.start - done
        parts += [text[done : each.start], shown]
        moved.append(Mention(length, length + len(shown), person))
        length += len(shown)
        done = each.end
    return "".join((*parts, text[done:])), tuple(moved)


def followed(
    position: int, before: Sequence[Mention], after: Sequence[Mention], *, is_end: bool = False
) -> int:
    """Where a position of a text stands once its mentions are other words."""
    shift = 0
    for one, other in zip(before, after, strict=True):
        if one.start < position < one.end:
            return other.end if is_end else other.start
        if one.end > position:
            break
        shift = other.end - one.end
    return position + shift
