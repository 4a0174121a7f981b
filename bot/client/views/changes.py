"""What changed since a last visit, as one card: what concerns the reader first, all of it cited."""

from collections.abc import Iterator

from bot.client.views.basis import quoted, told
from bot.client.views.ids import Act, custom_id
from bot.client.views.layout import Layout, button, card, rule, sections, words
from bot.client.views.pages import Entry, Section, paged
from bot.client.views.receipt import receipt_line
from bot.client.views.standing import short_quote, source
from bot.client.views.words import dotted, link, names, number, said, title
from bot.core.inert import one_line
from bot.core.summary import CatchUp, Change, ChangeKind, Quote

HEADINGS = {
    ChangeKind.REPLY_TO_YOU: "To you",
    ChangeKind.ANSWERED: "Answered",
    ChangeKind.NEW_VIEWPOINT: "New views",
    ChangeKind.GAINED: "Views that gained people",
    ChangeKind.LOST: "Views that lost people",
    ChangeKind.NEW_QUESTION: "New questions",
}
MOST = 6
"""Changes of a kind on the card."""
QUOTED = 2
"""Quotes under a change."""
NOTHING = "Nothing in them changes what is asked or who holds what."
MORE = "-# More changed than fits here: /summary has the whole."


def changes_card(shown: CatchUp) -> Layout:
    """The changes that fit one card; the rest is in the summary."""
    page, *others = paged(_sections(shown))
    more = bool(others) or any(len(each) > MOST for each in _by_kind(shown).values())
    topic = shown.topic
    return card(
        [
            words(f"## {title(topic.title)}\n{_posted(shown)}"),
            *(sections(page) if shown.changes else [words(NOTHING)]),
            *([words(MORE)] if more else []),
            rule(),
            words(receipt_line(shown.receipt, shown.engine)),
        ],
        [
            [
                button("Suggest a reply", custom_id(Act.SUGGEST, topic.id), emoji="💬", main=True),
                button("All quotes", custom_id(Act.QUOTES, topic.id)),
            ]
        ],
        page.rests_on,
    )


def _posted(shown: CatchUp) -> str:
    told = f"{number(shown.new_messages, 'new message')} by {names(shown.new_from)}."
    return dotted((told, link("open the thread", shown.topic.url)))


def _by_kind(shown: CatchUp) -> dict[ChangeKind, list[Change]]:
    return {kind: [each for each in shown.changes if each.kind is kind] for kind in HEADINGS}


def _sections(shown: CatchUp) -> Iterator[Section]:
    for kind, changes in _by_kind(shown).items():
        if changes:
            entries = tuple(_entry(shown.topic.id, each) for each in changes[:MOST])
            yield Section(HEADINGS[kind], entries)


def _entry(topic: int, change: Change) -> Entry:
    parts = said(change.text), *(_cited(change, each) for each in change.evidence[:QUOTED])
    return Entry(parts, quoted(topic, change.evidence) | told(topic, change.rests_on))


def _cited(change: Change, quote: Quote) -> str:
    """The quote and where it stands; only where, if the line has the words already."""
    if one_line(quote.quote) in change.text:
        return f"-# {source(quote)}"
    return short_quote(quote)
