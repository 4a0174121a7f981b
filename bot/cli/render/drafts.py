"""Suggested replies, and answers to questions."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from rich.console import Group, RenderableType
from rich.text import Text

from bot.cli.render.footer import footer
from bot.cli.render.inline import apart, cited, count, marks, names, quoted
from bot.core.inert import one_line, visible
from bot.core.summary import Answer, Suggestion, Suggestions

FEW = 8
"""Passages that somebody is shown where there is no answer."""
LOOKED = "The model found no answer in what it read."
NOTHING_NEAR = (
    "No message shares a word with the question. Ask in words that people use in the thread: "
    "moot show {topic} prints it. A model would look for an answer in other words as well: "
    "moot doctor says how to set one."
)


def suggestions(shown: Suggestions) -> RenderableType:
    """Drafts, each with what it does, whom it answers, and the messages that it takes up."""
    drafts = [
        _suggestion(place, each, without_model=each.engine != shown.engine.name)
        for place, each in enumerate(shown.suggestions, start=1)
    ]
    fewer = [(Text(shown.why_fewer, "dim"),)] if shown.why_fewer else []
    return Group(
        Text.assemble(("Suggested replies", "bold"), (f" · topic {shown.topic.id}", "dim")),
        *(apart(*each, indent=2) for each in (*drafts, *fewer)),
        footer(replace(shown.receipt, not_cited=()), shown.engine),
    )


def _suggestion(place: int, suggestion: Suggestion, *, without_model: bool) -> tuple[Text, ...]:
    whom = f" to {names(suggestion.to)}" if suggestion.to else ""
    head = Text.assemble(
        (f"{place}. {suggestion.intent}", "bold cyan"), f"{whom} ", marks(suggestion.evidence)
    )
    if without_model:
        head.append(" · written without the model", "dim")
    why = (Text(one_line(suggestion.why), "dim"),) if suggestion.why else ()
    beyond = ("Not from the thread: ", "dim"), one_line(suggestion.beyond or "")
    aside = (Text.assemble(*beyond),) if suggestion.beyond else ()
    return (head, *why, Text(visible(suggestion.text)), *aside)


def answer(shown: Answer) -> RenderableType:
    """The answer, or the nearest passages, or what to do where nothing is near."""
    parts = (cited(shown.answer),) if shown.answer else _nearest(shown)
    read = "read" if shown.engine.model else "searched"
    people = shown.receipt.cited if shown.answer else None
    marked = f"Numbers in brackets are messages: moot show {shown.topic.id}."
    return Group(
        *parts,
        footer(replace(shown.receipt, not_cited=()), shown.engine, people, read),
        *((Text(marked, "dim"),) if shown.answer or shown.nearest else ()),
    )


def _nearest(shown: Answer) -> Iterable[RenderableType]:
    looked = f"{LOOKED} " if shown.engine.model else ""
    if not shown.nearest:
        nothing = NOTHING_NEAR.format(topic=shown.topic.id)
        yield Text(f"{looked}Ask in other words." if looked else nothing)
        return
    yield Text(f"{looked}These passages are nearest:")
    for each in islice(shown.nearest, FEW):
        yield apart(quoted(each.author, [each]), indent=2)
    if len(shown.nearest) > FEW:
        more = count(len(shown.nearest) - FEW, "more passage")
        yield Text(f"  and {more}: --json has them all", "dim")
