"""The card: the first page of a summary, as a message of Discord's.

It says in half a minute what a discussion, or a stretch of it, comes to, and leads on from there.
"""

from collections.abc import Iterable

from bot.client.views import posted
from bot.client.views.basis import quoted, written_from
from bot.client.views.cited_text import MANY, visible_length
from bot.client.views.front import WHO_SAID_WHAT, Front, front
from bot.client.views.ids import Act, custom_id
from bot.client.views.layout import (
    TEXT_LIMIT,
    Button,
    Layout,
    Menu,
    button,
    card,
    menu,
    room,
    words,
)
from bot.client.views.receipt import summary_line
from bot.client.views.words import link, number, title
from bot.core.summary import Summary

MOST_VISIBLE = 2_000
"""Characters that a reader sees of a card, title and receipt among them: half a minute."""
ASIDE, VISIBLE_ASIDE = 120, 60
"""Characters for what only some cards say: who shared it, or of which stretch it is."""
TITLE_LENGTH = 100
MISSTATES = "This misstates me"
MORE = {"refresh": "Refresh", "ask": "Ask a question", "misstates": MISSTATES}
"""What the menu offers, by the value that comes back."""
NOTHING_YET = "Nobody has said or asked anything here yet."


def summary_card(
    summary: Summary, *, visit: int | None = None, shared: bool = False, shared_by: str = ""
) -> Layout:
    """The first page of a whole discussion. `visit` is the last message that its reader had seen.

    A `shared` card is for all who read its channel; it names who shared it, where that is known.
    """
    topic = summary.topic.id
    reader = (topic,) if visit is None else (topic, visit)
    share = () if shared else (button("Share here", custom_id(Act.SHARE, topic)),)
    buttons = (*_leading_on(summary), button("What is new", custom_id(Act.SINCE, *reader)), *share)
    more = menu("More…", custom_id(Act.MORE, *reader), MORE)
    by = posted.shared_by(shared_by)
    layout = _card(summary, _head(summary), by, [buttons, [more]])
    layout.topic = topic
    return layout


def stretch_card(summary: Summary, which: str) -> Layout:
    """The first page of a part of a discussion, such as the one "since your last visit"."""
    news = f"-# {number(summary.news, 'message')} by others {which}"
    whole = button("The whole discussion", custom_id(Act.WHOLE, summary.topic.id))
    return _card(summary, f"{_head(summary)}\n{news}", "", [[*_leading_on(summary), whole]])


def first_page(summary: Summary) -> Front:
    """What the card shows of a summary, and what is left to the second page."""
    around = _head(summary) + summary_line(summary.receipt, summary.engine, MANY)
    visible = MOST_VISIBLE - VISIBLE_ASIDE - visible_length(around)
    return front(summary, visible, TEXT_LIMIT - ASIDE - len(around))


def _card(
    summary: Summary, head: str, shared_by: str, rows: Iterable[Iterable[Button | Menu]]
) -> Layout:
    page, topic = first_page(summary), summary.topic.id
    foot = summary_line(summary.receipt, summary.engine, page.people(summary.reader), shared_by)
    texts = (head, *(page.texts or (NOTHING_YET,)), foot)
    cited = (each for item in page.items for each in item.evidence)
    seen = written_from(topic, summary.engine, summary.seen)
    shown = (words(text) if text else room() for text in texts)
    return card(shown, rows, quoted(topic, cited) | seen)


def _head(summary: Summary) -> str:
    topic = title(summary.topic.title, TITLE_LENGTH)
    return f"### {link(topic, summary.topic.url) or topic}"


def _leading_on(summary: Summary) -> tuple[Button, Button]:
    topic, after = summary.topic.id, summary.since or ""
    people = custom_id(Act.PEOPLE, topic, int(after) if after.isdecimal() else 0)
    suggest = button("Suggest a reply", custom_id(Act.SUGGEST, topic), main=True)
    return button(WHO_SAID_WHAT, people), suggest
