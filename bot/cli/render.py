"""Core results -> rich renderables. People's words are shown as plain text, never as markup."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.core.arrangement import Stance
from bot.core.inert import one_line, shorten, visible
from bot.core.links import unlinked
from bot.core.sides import best_first
from bot.core.summary import (
    Answer,
    CatchUp,
    Change,
    ChangeKind,
    Count,
    EngineFacts,
    Quote,
    Receipt,
    ShownQuestion,
    ShownViewpoint,
    Suggestion,
    Suggestions,
    Summary,
    TopicFacts,
)

MOST_SHOWN = 20
FEW = 8
"""Questions, agreements, passages beneath an answer, and changes of a kind, that somebody is shown
who did not ask for all."""
QUOTE_LENGTH = 400
CHANGE_HEADINGS = {
    ChangeKind.REPLY_TO_YOU: "To you",
    ChangeKind.ANSWERED: "Answered",
    ChangeKind.NEW_VIEWPOINT: "New views",
    ChangeKind.GAINED: "Gained",
    ChangeKind.LOST: "Lost",
    ChangeKind.NEW_QUESTION: "New questions",
}
_SAFE_LINK = re.compile(r"https?://[!-~]+")
STANCE_WORDS = {Stance.OBJECTS: "objects: ", Stance.WITHDRAWS: "takes it back: "}


def summary(shown: Summary, *, whole: bool = False) -> RenderableType:
    """A summary: questions, viewpoints, agreements, what is open, receipt.

    Of many only the first, and how many more there are, unless the `whole` is asked for.
    """
    parts: list[RenderableType] = [_topic(shown.topic)]
    if shown.headline:
        parts.append(Padding(Text(one_line(shown.headline)), (1, 0, 0, 0)))
    few, most = (None, None) if whole else (FEW, MOST_SHOWN)
    ordered = best_first(shown.viewpoints, [each.id for each in shown.questions])
    agreed = [each for each in ordered if each.id in shown.agreements]
    for heading, entries in (
        ("Asked", _first(few, map(_question, shown.questions), "question")),
        ("Where people stand", _first(most, map(_viewpoint, ordered), "viewpoint")),
        ("Agreed across sides", _first(few, map(_agreement, agreed), "agreement")),
    ):
        parts += _section(heading, entries)
    return Group(*parts, *_receipt(shown.receipt, shown.engine))


def catch_up(shown: CatchUp, *, whole: bool = False) -> RenderableType:
    """What changed, by kind, of many only the first; one line where nobody posted anything."""
    if not shown.new_messages:
        return Text(f"Nothing new since message #{one_line(shown.since)}.")
    messages = "1 new message" if shown.new_messages == 1 else f"{shown.new_messages} new messages"
    parts: list[RenderableType] = [
        _topic(shown.topic),
        Text(f"since #{one_line(shown.since)}: {messages} by {_names(shown.new_from)}", "dim"),
    ]
    for kind, heading in CHANGE_HEADINGS.items():
        of_kind = [each for each in shown.changes if each.kind is kind]
        few = None if whole else FEW
        parts += _section(heading, _first(few, map(_change, of_kind), "change"))
    if not shown.changes:
        parts.append(Text("Nothing in them changes what is asked or who holds what."))
    return Group(*parts, *_receipt(shown.receipt, shown.engine))


def suggestions(shown: Suggestions) -> RenderableType:
    """Suggested replies, each with what it does and whose words it takes up."""
    drafts = [
        _suggestion(place, each, topped_up=each.engine != shown.engine.name)
        for place, each in enumerate(shown.suggestions, start=1)
    ]
    nothing = [Text("There is nothing to reply to yet.", "dim")]
    return Group(
        Text.assemble(("Suggested replies", "bold"), (f" · topic {shown.topic.id}", "dim")),
        *(Padding(each, (1, 0, 0, 2)) for each in drafts or nothing),
        *_receipt(shown.receipt, shown.engine),
    )


def answer(shown: Answer) -> RenderableType:
    """An answer and what it stands on, or the nearest passages."""
    said = shown.answer or "The thread does not say."
    heading = "Stands on" if shown.answer else "Nearest"
    quotes = map(_quote, shown.evidence)
    return Group(
        Text(visible(said), "" if shown.answer else "italic"),
        *_section(heading, _first(FEW, quotes, "passage", "--json has them all")),
        *_receipt(replace(shown.receipt, not_quoted=()), shown.engine, "searched"),
    )


def imported(document: Mapping[str, Sequence[Mapping[str, Any]]]) -> RenderableType:
    """What came of an import, a line a file."""
    return Group(*(_imported_file(each) for each in document["files"]))


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
            _day(row["last_posted_at"]),
            Text(_label(row["title"])),
        )
    return table


def thread(document: Mapping[str, Any]) -> RenderableType:
    """A topic's messages."""
    topic, messages = document["topic"], document["messages"]
    parts: list[RenderableType] = [Text(_label(topic["title"]), "bold")]
    for message in messages:
        when = message["posted_at"]
        head = Text.assemble(
            (_label(message["author"]), "bold"),
            (f"  {when:%d %b %Y %H:%M}" if when else "", "dim"),
            (f"  #{one_line(message['message_id'])}", "dim"),
        )
        body = visible(message["content"])
        files = " ".join(f"[{one_line(name)}]" for name in message["attachments"])
        text = Text("\n".join(part for part in (body, files) if part))
        parts += [Padding(head, (1, 0, 0, 0)), Padding(text, (0, 0, 0, 2))]
    return Group(*parts)


def hits(document: Mapping[str, Sequence[Any]]) -> RenderableType:
    """Search hits."""
    if not document["hits"]:
        return Text("Nothing found.")
    return Group(
        *(
            Text.assemble(
                (_label(hit.author), "bold"),
                (f"  {_day(hit.posted_at)}  topic {hit.topic_id}  ", "dim"),
                one_line(hit.snippet),
            )
            for hit in document["hits"]
        )
    )


def _topic(topic: TopicFacts) -> Text:
    people = "1 person" if topic.authors == 1 else f"{topic.authors} people"
    messages = "1 message" if topic.messages == 1 else f"{topic.messages} messages"
    return Text.assemble(
        (_label(topic.title), "bold"),
        (f"\n{messages} · {people} · topic {topic.id}", "dim"),
    )


def _section(heading: str, entries: Iterable[RenderableType]) -> Iterable[RenderableType]:
    for place, entry in enumerate(entries):
        if not place:
            yield Padding(Text(heading, "bold cyan"), (1, 0, 0, 0))
        yield Padding(entry, (0, 0, 0, 2))


def _first(
    most: int | None, entries: Iterable[RenderableType], what: str, rest: str = "--all shows all"
) -> Iterable[RenderableType]:
    """As many as a person reads, and how many more there are; all where `most` is None."""
    told = list(entries)
    yield from told[:most]
    if more := len(told[most:] if most else ()):
        yield Text(f"and {more} more {what}{'s' if more > 1 else ''}: {rest}", "dim")


def _question(question: ShownQuestion) -> RenderableType:
    asked, *answers = question.evidence
    answered = f"answered by {_names(a.author for a in answers)}" if answers else "taken up"
    state = "still open" if question.open else answered
    return Group(
        Text(one_line(question.text)),
        Text.assemble("  ", _source(asked), (f" · {state}", "yellow" if question.open else "dim")),
    )


def _viewpoint(viewpoint: ShownViewpoint) -> RenderableType:
    """Under its claim the quotes; under a person's name where the claim is their own quote."""
    who = _names(viewpoint.authors)
    if viewpoint.speaks_for_itself and len(viewpoint.authors) == 1:
        head = Text.assemble((who, "bold"), _tag(viewpoint) if viewpoint.opposes else "")
    else:
        held = f"  held by {who or 'nobody any more'}"
        head = Text.assemble(one_line(viewpoint.claim), (held, "green"), _tag(viewpoint))
    return Group(head, *(Padding(_quote(each), (0, 0, 0, 2)) for each in viewpoint.evidence))


def _tag(viewpoint: ShownViewpoint) -> tuple[str, str]:
    against = ", ".join(map(str, viewpoint.opposes))
    return f"  [{viewpoint.id}{f' against {against}' if against else ''}]", "dim"


def _agreement(viewpoint: ShownViewpoint) -> RenderableType:
    return Text.assemble(one_line(viewpoint.claim), (f"  {_names(viewpoint.authors)}", "green"))


def _change(change: Change) -> RenderableType:
    """A line, and under it the words that it does not hold itself."""
    sources = (
        _source(each) if one_line(each.quote) in change.text else _quote(each)
        for each in change.evidence
    )
    return Group(Text(one_line(change.text)), *(Padding(each, (0, 0, 0, 2)) for each in sources))


def _suggestion(place: int, suggestion: Suggestion, *, topped_up: bool) -> RenderableType:
    whom = _names(quote.author for quote in suggestion.evidence)
    head = Text.assemble(
        (f"{place}. {suggestion.intent}", "bold cyan"),
        (f"  takes up {whom}" if whom else "", "dim"),
        (" · from quotes alone" if topped_up else "", "dim"),
    )
    lines: list[RenderableType] = [head, Text(visible(suggestion.text))]
    if suggestion.beyond:
        lines.append(Text.assemble(("not from the thread: ", "dim"), one_line(suggestion.beyond)))
    return Group(*lines)


def _quote(quote: Quote) -> Text:
    words = shorten(one_line(quote.quote), QUOTE_LENGTH)
    return Text.assemble(
        (STANCE_WORDS.get(quote.stance, ""), "yellow"), f"“{words}”  ", _source(quote)
    )


def _source(quote: Quote) -> Text:
    """Who, and where: a link where there is one, else the message's id."""
    if quote.url and _SAFE_LINK.fullmatch(quote.url):
        return Text(
            f"{_label(quote.author)}, {_day(quote.posted_at)}", Style(dim=True, link=quote.url)
        )
    return Text(f"{_label(quote.author)} #{_label(quote.message_id)}", Style(dim=True))


def _receipt(receipt: Receipt, engine: EngineFacts, read: str = "read") -> Iterable[RenderableType]:
    wrote = f"written with AI ({engine.model})" if engine.model else "quotes only"
    parts = [
        wrote,
        f"{read} {receipt.read} of {receipt.messages} messages",
        f"quoted {receipt.quoted} of {receipt.authors} people",
        *_counts("skipped", receipt.skipped),
        *_counts("rejected", receipt.rejected),
        *_contested(receipt),
    ]
    yield Padding(Text(" · ".join(parts), "dim"), (1, 0, 0, 0))
    if receipt.not_quoted:
        yield Text(f"not quoted: {_names(receipt.not_quoted)}", "dim")


def _contested(receipt: Receipt) -> Iterable[str]:
    if receipt.contested:
        quotes = "1 quote" if receipt.contested == 1 else f"{receipt.contested} quotes"
        yield f"{quotes} contested by {'its author' if receipt.contested == 1 else 'their authors'}"


def _counts(what: str, shown: Sequence[Count]) -> Iterable[str]:
    if shown:
        told = ", ".join(f"{each.count} {each.reason.replace('_', ' ')}" for each in shown)
        yield f"{what}: {told}"


def _imported_file(row: Mapping[str, Any]) -> Text:
    numbers = ", ".join(f"{row[key]} {key}" for key in ("added", "updated", "unchanged"))
    skipped = "".join(
        f", {each['count']} skipped ({each['reason'].replace('_', ' ')})" for each in row["skipped"]
    )
    topics = "1 topic" if row["topics"] == 1 else f"{row['topics']} topics"
    return Text(
        f"{one_line(row['path'])}: {topics} ({row['format']}); messages: {numbers}{skipped}"
    )


def _label(words: str) -> str:
    """A name, a title or an id: on one line, and no link."""
    return unlinked(one_line(words))


def _names(names: Iterable[str]) -> str:
    told = [_label(name) for name in dict.fromkeys(names)]
    if len(told) > 4:
        return f"{', '.join(told[:3])} and {len(told) - 3} more"
    return " and ".join(filter(None, (", ".join(told[:-1]), told[-1] if told else "")))


def _day(when: datetime | None) -> str:
    return f"{when:%Y-%m-%d}" if when else ""
