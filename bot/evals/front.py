"""The first page of a summary, for a reader who reads no further.

It holds lead, points and open questions. Where no model wrote any, people's own sentences are it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.brief import length
from bot.core.summary import Evidence, Mark, Name, ShownPerson, Summary, Text

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


@dataclass(frozen=True, slots=True)
class Claim:
    """Some words of the first page, and the evidence marked behind them; none without a mark."""

    words: str
    evidence: tuple[Evidence, ...]


def claims(summary: Summary) -> Iterator[Claim]:
    """The first page in order, cut at its marks, or at its sentences where it has none."""
    for text in summary.front:
        yield from _claims(text)
    for person in quoted(summary):
        yield from (Claim(each.quote, (each,)) for each in person.evidence)


def quoted(summary: Summary) -> tuple[ShownPerson, ...]:
    """The people whose sentences are the first page, since no model wrote one."""
    return () if summary.lead or summary.points else summary.people


def cited(summary: Summary) -> tuple[Evidence, ...]:
    """The evidence of the first page, each once."""
    return tuple(dict.fromkeys(found for claim in claims(summary) for found in claim.evidence))


def cited_in_all(summary: Summary) -> tuple[Evidence, ...]:
    """The evidence of both pages, each once."""
    second = (found for person in summary.people for found in person.evidence)
    return tuple(dict.fromkeys((*cited(summary), *second)))


def words(summary: Summary) -> int:
    """The words of the first page as its limit counts them: titles among them, a name as one."""
    titles = (point.title for point in summary.points)
    quotes = (found.quote for person in quoted(summary) for found in person.evidence)
    return sum(map(length, (*titles, *quotes))) + sum(map(_size, summary.front))


def _size(text: Text) -> int:
    said = " ".join(part for part in text.parts if isinstance(part, str))
    return length(said) + sum(isinstance(part, Name) for part in text.parts)


def bare(text: Text) -> str:
    """A text without its marks."""
    return "".join(map(_bare, text.parts)).strip()


def _bare(part: str | Name | Mark) -> str:
    match part:
        case Name(name):
            return name
        case Mark():
            return ""
        case _:
            return part


def _claims(text: Text) -> Iterator[Claim]:
    behind = text.evidence
    said = ""
    for part in text.parts:
        if isinstance(part, Mark):
            behind = ()
            yield Claim(said, tuple(text.evidence[place - 1] for place in part.places))
        said = "" if isinstance(part, Mark) else said + _bare(part)
    yield from (Claim(each, behind) for each in _SENTENCE.findall(said) if length(each))
