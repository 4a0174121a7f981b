"""Contesting a quote: which words, what is wrong, and what a host sees of it.

A form's id names the topic and each choice a place in a message: both come back with the press.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord import ui

from bot.archive import Basis, Contest
from bot.client.views.form import filled
from bot.client.views.ids import Act, custom_id
from bot.client.views.layout import Layout, card, notice, sections, words
from bot.client.views.pages import Entry, Section, paged
from bot.client.views.words import day, dotted, link, name, number, said, title
from bot.core.inert import one_line, shorten
from bot.core.sentences import Span

AT_ONCE = 25
"""Quotes that one form offers, the latest of a person's."""
OPTION_LENGTH = 100
WHY_LENGTH = 1_000
TITLE = "This misstates me"
QUOTES, WHY = "quotes", "why"
NOT_QUOTED = (
    "Nothing here rests on words of yours, so there is nothing of yours to contest. What others "
    "say is theirs to change."
)


def contest_form(topic: int, quotes: Mapping[Span, str]) -> ui.Modal:
    """The quotes to choose among, the latest first, and a field for what is wrong."""
    offered = list(quotes.items())[:AT_ONCE]
    form = ui.Modal(title=TITLE, custom_id=custom_id(Act.CONTEST, topic))
    choice: ui.Select[Layout] = ui.Select(
        custom_id=QUOTES,
        max_values=len(offered),
        options=[
            discord.SelectOption(label=_label(text), value=_value(span)) for span, text in offered
        ],
    )
    why: ui.TextInput[Layout] = ui.TextInput(
        custom_id=WHY, style=discord.TextStyle.paragraph, required=False, max_length=WHY_LENGTH
    )
    told = "They stay in your message, and nothing rests on them here any more."
    form.add_item(ui.Label(text="Which of your words", description=told, component=choice))
    seen = "If you like. Hosts of this server see it; the model doesn't."
    form.add_item(ui.Label(text="What is wrong", description=seen, component=why))
    form.stop()
    return form


def chosen(components: list[Mapping[str, Any]]) -> tuple[list[Span], str | None]:
    """What somebody chose in the form and what they say of it."""
    spans = [span for value in filled(components, QUOTES) if (span := _span(value))]
    return spans, next(filled(components, WHY), None)


def contested_notice(count: int) -> Layout:
    """What somebody is told who contested words of theirs."""
    return notice(
        f"Nothing rests on {number(count, 'sentence')} of yours any more; what was drafted from it "
        "is gone. /summary shows where the discussion stands without, and how many were contested. "
        "Editing the words in your message ends that."
    )


def contests_card(contests: Sequence[Contest], hidden: int) -> Layout:
    """What is contested in a server, the latest first, as far as it fits one card."""
    if not contests:
        return notice(f"Nothing is contested in the topics that you may read.{_hidden(hidden)}")
    page, *more = paged([Section("Contested by their authors", tuple(map(_entry, contests)))])
    rest = "\n-# There are more: `moot db contested` lists all." if more else ""
    foot = f"{rest}\n-#{_hidden(hidden)}" if hidden else rest
    parts = [*list(sections(page))[1:], *([words(foot.strip())] if foot else [])]
    return card(parts, rests_on=page.rests_on)


def _entry(contest: Contest) -> Entry:
    where = dotted((name(contest.author), title(contest.title, 60), day(contest.at)))
    why = f"\n{said(contest.said, WHY_LENGTH)}" if contest.said else ""
    jump = link("go to the message", contest.url)
    basis = Basis(contest.topic_id, contest.message_id, contest.quote)
    return Entry((f"> {said(contest.quote)}\n-# {dotted((where, jump))}{why}",), frozenset({basis}))


def _hidden(hidden: int) -> str:
    return f" {number(hidden, 'quote')} in topics that you may not read." if hidden else ""


def _label(text: str) -> str:
    return shorten(one_line(text), OPTION_LENGTH) or "…"


def _value(span: Span) -> str:
    return f"{span.message}:{span.start}:{span.end}"


def _span(value: str) -> Span | None:
    message, _, place = value.partition(":")
    numbers = place.split(":")
    if len(numbers) != 2 or not all(each.isdecimal() for each in numbers):
        return None
    return Span(message, int(numbers[0]), int(numbers[1]))
