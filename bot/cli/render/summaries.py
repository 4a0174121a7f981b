"""A summary on a terminal or in a pipe: what somebody reads in half a minute, then the rest."""

from collections.abc import Iterable
from dataclasses import replace

from rich.console import Group, RenderableType
from rich.text import Text

from bot.cli.render.footer import footer
from bot.cli.render.inline import (
    apart,
    cited,
    count,
    label,
    marks,
    quoted,
    section,
)
from bot.core.inert import one_line
from bot.core.summary import ShownPerson, ShownPoint, Summary, TopicFacts

MOST_PEOPLE = 20
"""Whose sentences stand on the first page where no model wrote one."""


def summary(
    shown: Summary, stretch: str | None = None, *, whole: bool = False, hints: bool = True
) -> RenderableType:
    """The first page, and where the `whole` is asked for, who said what.

    `stretch` says which part of the topic it is of ("in the last 3 hours"). `hints` name the
    commands that show more.
    """
    if stretch and not shown.news:
        return Text(f"Nothing new {one_line(stretch)}.")
    written = bool(shown.lead or shown.points)
    return Group(
        _heading(shown.topic),
        *_news(shown, stretch),
        *_lead(shown),
        *(part for point in shown.points for part in _point(point)),
        *(() if written else _people(shown, "In their own words", whole=whole)),
        *section(label(shown.headings[1]), map(cited, shown.open)),
        *(_people(shown, "Who said what", whole=True) if written and whole else ()),
        _receipt(shown, written=written, whole=whole),
        *(_hint(shown, whole=whole or not written) if hints else ()),
    )


def _heading(topic: TopicFacts) -> Text:
    size = f"{count(topic.messages, 'message')} · {count(topic.authors, 'person', 'people')}"
    return Text.assemble((label(topic.title), "bold"), "\n", (f"{size} · topic {topic.id}", "dim"))


def _news(shown: Summary, stretch: str | None) -> Iterable[RenderableType]:
    """How much is new, and the replies to the reader, where it is a part of the topic."""
    if stretch:
        yield Text(f"{count(shown.news, 'new message')} {one_line(stretch)}", "dim")
    yield from section("To you", (quoted(each.author, [each]) for each in shown.to_you))


def _lead(shown: Summary) -> Iterable[RenderableType]:
    """What it is about, and where it stands."""
    lines = shown.lead.lines if shown.lead else ()
    yield from (apart(cited(line)) for line in lines[:1])
    yield from section(label(shown.headings[0]), map(cited, lines[1:]))


def _point(point: ShownPoint) -> Iterable[RenderableType]:
    """Its title and its lines, which name whoever wants it."""
    return section(Text(label(point.title), "bold cyan"), map(cited, point.text.lines))


def _people(shown: Summary, heading: str, *, whole: bool) -> Iterable[RenderableType]:
    people = shown.people if whole else shown.people[:MOST_PEOPLE]
    yield from section(heading, map(_person, people))
    if more := len(shown.people) - len(people):
        yield Text(f"  and {count(more, 'more person', 'more people')}: add --all", "dim")


def _person(person: ShownPerson) -> Text:
    if person.stand is None:
        return quoted(person.author, person.evidence)
    line = Text.assemble((label(person.author), "bold"), f": {label(person.stand)} ")
    return line.append_text(marks(person.evidence))


def _receipt(shown: Summary, *, written: bool, whole: bool) -> RenderableType:
    """The receipt of what is on the page. Who is missing is told where everybody would be there."""
    people = shown.people if whole else () if written else shown.people[:MOST_PEOPLE]
    page = (*shown.front, *people)
    authors = {each.author for part in page for each in part.evidence} - {shown.reader}
    missing = shown.receipt.not_cited if whole or not written else ()
    return footer(replace(shown.receipt, not_cited=missing), shown.engine, len(authors))


def _hint(shown: Summary, *, whole: bool) -> Iterable[Text]:
    more = "" if whole else " Who said what: add --all."
    yield Text(f"Numbers in brackets are messages: moot show {shown.topic.id}.{more}", "dim")
