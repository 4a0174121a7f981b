"""Suggested replies: each with what it does, whom it answers, and what can be done with it.

A draft's text is harmless already, and is what would be posted: it is shown as it is.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from discord import ui

from bot.archive import Basis
from bot.client.views.basis import quoted
from bot.client.views.cited_text import Marks
from bot.client.views.ids import Act, custom_id
from bot.client.views.layout import Button, Layout, button, card, rule, words
from bot.client.views.receipt import drafts_line
from bot.client.views.words import beginning, dotted, names, said, title
from bot.core.summary import Suggestion, Suggestions

AT_ONCE = 3
MOST = 9
"""Drafts that are offered of one discussion as it stands."""
DRAFT_LENGTH = 640
"""Characters of a draft that are shown; with three, and all around them, 4,000 hold."""
BEYOND_LENGTH = WHY_LENGTH = 120
ALONE_LENGTH = 2_000
COPY_LENGTH = 3_900
"""More than a message takes, so that nothing is lost that could be posted."""
NOTHING = "There is nothing here yet that a reply could take up."
NO_MORE = "That is all that can be drafted from this discussion as it stands."


def suggestions_card(
    shown: Suggestions, passed_over: int = 0, rests_on: frozenset[Basis] = frozenset()
) -> Layout:
    """The drafts behind those that were shown before, three at most.

    `rests_on` is what they were written in sight of, beside what they cite.
    """
    drafts = shown.suggestions[passed_over : passed_over + AT_ONCE]
    head = words(f"### Suggested replies\n-# {title(shown.topic.title)}")
    if not drafts:
        return card([head, words(NO_MORE if passed_over else shown.why_fewer or NOTHING)])
    body = chain.from_iterable(map(_draft, drafts))
    is_short = len(drafts) < AT_ONCE and shown.why_fewer
    fewer = f"-# {said(shown.why_fewer or '', WHY_LENGTH)}\n" if is_short else ""
    told = drafts_line(shown.receipt, shown.engine)
    foot = words(f"{fewer}{told}\n-# Nothing is posted until you send it off.")
    another = custom_id(Act.ANOTHER, shown.topic.id, passed_over + len(drafts))
    cited = (each for draft in drafts for each in draft.evidence)
    return card(
        [head, *body, rule(), foot],
        [[button("Another three", another)]],
        quoted(shown.topic.id, cited) | rests_on,
    )


def draft_card(draft: int, text: str, shortened: int, rests_on: frozenset[Basis]) -> Layout:
    """One draft by itself, made shorter so many times."""
    parts = words(beginning(text, ALONE_LENGTH)), _acts(draft, shortened)
    return card(parts, rests_on=rests_on)


def copy_card(text: str, rests_on: frozenset[Basis]) -> Layout:
    """The text in a block that Discord copies with one press."""
    unfenced = text.replace("`" * 3, "'" * 3)
    return card([words(f"```\n{unfenced[:COPY_LENGTH]}\n```")], rests_on=rests_on)


def _draft(suggestion: Suggestion) -> Iterator[ui.Item[Any]]:
    to = f"to {names(suggestion.to)}" if suggestion.to else None
    head = dotted((f"**{suggestion.intent}**", to)) + Marks(1).behind(suggestion.evidence)
    why = f"\n-# {said(suggestion.why, WHY_LENGTH)}" if suggestion.why else ""
    text = beginning(suggestion.text, DRAFT_LENGTH)
    yield rule()
    yield words(f"{head}{why}\n{text}{_beyond(suggestion)}")
    yield _acts(suggestion.id, 0)


def _beyond(suggestion: Suggestion) -> str:
    if not suggestion.beyond:
        return ""
    return f"\n-# Not from the discussion: {said(suggestion.beyond, BEYOND_LENGTH)}"


def _acts(draft: int, shortened: int) -> ui.ActionRow[Layout]:
    made: Sequence[Button] = (
        button("Edit and post", custom_id(Act.EDIT, draft, shortened), emoji="✏️", main=True),
        button("Copy text", custom_id(Act.COPY, draft, shortened)),
        button("Shorter", custom_id(Act.SHORTER, draft, shortened + 1)),
    )
    return ui.ActionRow(*made)
