"""What is kept, laid out: topics, their messages, search hits, and what came of an import."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.cli.render.footer import reason
from bot.cli.render.inline import Hanging, apart, count, day, label
from bot.core.inert import one_line, shorten, visible

TITLE_LENGTH = 200
"""Characters of a title in a list."""
NOTHING_FOUND = (
    "Nothing found. No message holds any of these words: try others, or only how a word begins. "
    "moot topics lists what is kept."
)
MOST_TOPICS = 20
"""Topics of a file that are named."""


def imported(document: Mapping[str, Sequence[Mapping[str, Any]]]) -> RenderableType:
    """What came of an import, a file after the other."""
    return Group(*(line for each in document["files"] for line in _imported_file(each)))


def _imported_file(row: Mapping[str, Any]) -> Iterator[RenderableType]:
    numbers = ", ".join(f"{row[key]} {key}" for key in ("added", "updated", "unchanged"))
    skipped = "".join(
        f", {each['count']} skipped ({reason(each['reason'])})" for each in row["skipped"]
    )
    yield Text(f"{one_line(row['path'])} ({row['format']}): messages: {numbers}{skipped}")
    for each in row["topics"][:MOST_TOPICS]:
        title = shorten(label(each["title"]), TITLE_LENGTH)
        yield Hanging(Text(f"topic {each['id']}: {title}"), 2)
    if len(row["topics"]) > MOST_TOPICS:
        more = count(len(row["topics"]) - MOST_TOPICS, "more topic")
        yield Text(f"  and {more}: moot topics lists them")


def topics(document: Mapping[str, Sequence[Mapping[str, Any]]]) -> RenderableType:
    """The topics as a table."""
    if not document["topics"]:
        return Text(
            "No topics yet. `moot import FILE` takes one in; `moot demo` shows how it looks."
        )
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("id", "messages", "people", "last", "title"):
        table.add_column(
            heading, justify="right" if heading in ("id", "messages", "people") else "left"
        )
    for row in document["topics"]:
        table.add_row(
            *(str(row[key]) for key in ("id", "messages", "authors")),
            day(row["last_posted_at"]),
            Text(shorten(label(row["title"]), TITLE_LENGTH)),
        )
    return table


def thread(document: Mapping[str, Any]) -> RenderableType:
    """A topic's messages under the numbers that marks in summaries have."""
    parts: list[RenderableType] = [Text(label(document["topic"]["title"]), "bold")]
    for number, message in enumerate(document["messages"], start=1):
        when = message["posted_at"]
        head = Text.assemble(
            (f"[{number}] ", "dim"),
            (label(message["author"]), "bold"),
            (f"  {when:%d %b %Y %H:%M}" if when else "", "dim"),
            (f"  #{one_line(message['message_id'])}", "dim"),
        )
        body = visible(message["content"])
        files = " ".join(f"[{one_line(name)}]" for name in message["attachments"])
        text = Text("\n".join(part for part in (body, files) if part))
        parts += [apart(head), Hanging(text, 2)]
    return Group(*parts)


def hits(document: Mapping[str, Sequence[Any]]) -> RenderableType:
    """Search hits."""
    if not document["hits"]:
        return Text(NOTHING_FOUND)
    return Group(
        *(
            Text.assemble(
                (label(hit.author), "bold"),
                (f"  {day(hit.posted_at)}  topic {hit.topic_id}  ", "dim"),
                one_line(hit.snippet),
            )
            for hit in document["hits"]
        )
    )
