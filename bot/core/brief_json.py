"""A brief as it is stored: values that JSON has, every place in a message under the key `cites`."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.brief import Brief, Cites, Paragraph, Part, Person, Point, Stand, Statement
from bot.core.sentences import Span


def encoded(brief: Brief) -> dict[str, Any]:
    """The brief as JSON has it."""
    return {
        "lead": _paragraph(brief.lead),
        "state": _paragraph(brief.state),
        "headings": list(brief.headings),
        "points": [
            {
                "title": _statement(point.title),
                "text": _paragraph(point.text),
                "wanted_by": list(point.wanted_by),
            }
            for point in brief.points
        ],
        "open": [_paragraph(item) for item in brief.open],
        "people": [
            {
                "author": stand.author,
                "text": None if stand.text is None else _statement(stand.text),
                **_cites(stand.cites),
                "called": stand.called,
            }
            for stand in brief.people
        ],
    }


def decoded(stored: Mapping[str, Any]) -> Brief:
    """The brief that was stored. Raises KeyError, TypeError where it is none."""
    points = (
        Point(_to_statement(p["title"]), _to_paragraph(p["text"]), tuple(p["wanted_by"]))
        for p in stored["points"]
    )
    people = (
        Stand(
            p["author"],
            None if p["text"] is None else _to_statement(p["text"]),
            spans(p["cites"]),
            p.get("called", ""),
        )
        for p in stored["people"]
    )
    return Brief(
        lead=_to_paragraph(stored["lead"]),
        state=_to_paragraph(stored["state"]),
        headings=(stored["headings"][0], stored["headings"][1]),
        points=tuple(points),
        open=tuple(map(_to_paragraph, stored["open"])),
        people=tuple(people),
    )


def cites(places: Sequence[Span]) -> list[list[Any]]:
    """Places as JSON has them."""
    return [[span.message, span.start, span.end] for span in places]


def spans(stored: Sequence[Sequence[Any]]) -> tuple[Span, ...]:
    """The places that were stored."""
    return tuple(Span(message, start, end) for message, start, end in stored)


def _cites(places: Sequence[Span]) -> dict[str, Any]:
    return {"cites": cites(places)}


def _paragraph(shown: Paragraph) -> list[Any]:
    return [_statement(part) for part in shown]


def _statement(shown: Statement) -> list[Any]:
    return [_part(part) for part in shown.parts]


def _part(part: Part) -> Any:
    match part:
        case Person(author):
            return {"person": author}
        case Cites(places):
            return _cites(places)
        case _:
            return part


def _to_paragraph(stored: Sequence[Any]) -> Paragraph:
    return tuple(map(_to_statement, stored))


def _to_statement(stored: Sequence[Any]) -> Statement:
    return Statement(tuple(map(_to_part, stored)))


def _to_part(stored: Any) -> Part:
    if isinstance(stored, str):
        return stored
    return Person(stored["person"]) if "person" in stored else Cites(spans(stored["cites"]))
