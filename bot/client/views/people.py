"""The second page: who said what, a line and a way to their words each, and how to contest it.

It begins with what the first page had no room for.
"""

from collections.abc import Iterator

from bot.client.views.basis import quoted, written_from
from bot.client.views.card import MISSTATES, first_page
from bot.client.views.cited_text import Marks
from bot.client.views.front import WHO_SAID_WHAT, Item, Part, person_line
from bot.client.views.ids import Act, custom_id
from bot.client.views.layout import TEXT_LIMIT, Button, Layout, button, card, room, words
from bot.client.views.pages import BODY, Entry, Page, Section, paged
from bot.client.views.receipt import people_line
from bot.client.views.words import title
from bot.core.summary import Summary

TITLE_LENGTH = 100
OF_PAGES = " · page {} of {}"
MOST_MARKS = 8
"""Marks of what was left out of the first page."""
NOBODY = "Nobody has said or asked anything here yet."
CONTEST = f"-# Is a line about you wrong? Press “{MISSTATES}”, and Moot uses those words no more."


def people_card(summary: Summary, page: int = 1) -> Layout:
    """A page of it, counted from 1; past the last, the last."""
    head = f"### {WHO_SAID_WHAT}\n-# {title(summary.topic.title, TITLE_LENGTH)}"
    foot = f"{people_line(summary.receipt, summary.engine)}\n{CONTEST}"
    body = TEXT_LIMIT - len(head) - len(foot) - len(OF_PAGES) - 8
    pages = paged(_sections(summary, body), min(BODY, body))
    place = max(1, min(page, len(pages)))
    shown = pages[place - 1]
    head += OF_PAGES.format(place, len(pages)) if len(pages) > 1 else ""
    misstates = button(MISSTATES, custom_id(Act.MISSTATES, summary.topic.id))
    return card(
        [words(head), *map(words, _texts(shown) or (NOBODY,)), room(), words(foot)],
        [[*_turning(summary, place, len(pages)), misstates]],
        shown.rests_on | written_from(summary.topic.id, summary.engine, summary.seen),
    )


def _sections(summary: Summary, body: int) -> Iterator[Section]:
    topic = summary.topic.id
    left_out = [each for each in first_page(summary).left_out if each.part is not Part.PERSON]
    texts = ((_fitting(each, body), each.evidence) for each in left_out)
    yield Section("left out", tuple(Entry((text,), quoted(topic, on)) for text, on in texts))
    lines = ((person_line(each, Marks(1)), each.evidence) for each in summary.people)
    yield Section("lines", tuple(Entry((line,), quoted(topic, on)) for line, on in lines))


def _fitting(item: Item, room: int) -> str:
    """An item with as many marks as it can have on a page of its own."""
    tried = (item.written(Marks(marks)) for marks in range(MOST_MARKS, -1, -1))
    return next((text for text in tried if len(text) <= room), "…")


def _texts(page: Page) -> tuple[str, ...]:
    """What was left out, and the lines: each in one text, so that they stand close together."""
    return tuple("\n".join(part.texts) for part in page.parts)


def _turning(summary: Summary, page: int, pages: int) -> Iterator[Button]:
    after = summary.since or ""
    ids = (summary.topic.id, int(after) if after.isdecimal() else 0)
    if pages > 1:
        back, on = (custom_id(Act.PEOPLE, *ids, each) for each in (page - 1, page + 1))
        yield button("◀ Back", back, disabled=page == 1)
        yield button("Next ▶", on, disabled=page == pages)
