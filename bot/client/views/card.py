"""The card: a summary as pages of a Discord message, and all of its quotes as another.

It decides what of a summary is shown and in which order. How words are made harmless, pages
filled and limits kept is its siblings' part.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from discord import ui

from bot.client.views.basis import everything
from bot.client.views.ids import Act, custom_id
from bot.client.views.layout import TEXT_LIMIT, Button, Layout, button, card, rule, sections, words
from bot.client.views.pages import Entry, Page, Section, paged
from bot.client.views.receipt import receipt_line
from bot.client.views.standing import Standing
from bot.client.views.words import beginning, dotted, link, name, number, title
from bot.core.inert import inert, one_line
from bot.core.summary import Summary, TopicFacts

HEADLINE_LENGTH = 700
NOTHING_YET = Section(
    "Nothing to sum up yet", (Entry(("Nobody has said or asked anything here.",)),)
)
MANY = 999
"""More pages than a card has: what is reserved for their number."""


def summary_card(
    summary: Summary,
    page: int = 1,
    *,
    seen: int | None = None,
    start: int | None = None,
    shared_by: str | None = None,
) -> Layout:
    """A page of the card, counted from 1; past the last, the last.

    `seen` is the last message that its reader had seen before; `start` the one from which on it
    tells, if not from the first. A card that a member shared with others names them.
    """
    quoted = Standing(summary).people_shown
    foot = words(receipt_line(summary.receipt, summary.engine, quoted) + _shared(shared_by))
    fullest = _head(summary.topic, summary.headline, MANY, MANY)
    pages = _pages(summary, TEXT_LIMIT - sum(len(e.content) for e in (*fullest, foot)))
    place = _within(page, pages)
    headline = summary.headline if place == 1 else None
    head = _head(summary.topic, headline, place, len(pages))
    shown = pages[place - 1]
    is_drafted = headline is not None and start is None
    rests_on = everything(summary) if is_drafted else shown.rests_on
    acts = _acts(summary.topic.id, seen, is_whole=start is None, is_shared=bool(shared_by))
    turning = _turning(Act.PAGE, place, len(pages), (summary.topic.id,), _carried(seen))
    if start is not None:
        turning = _turning(Act.FROM, place, len(pages), (summary.topic.id, start))
    misstates = button("This misstates me", custom_id(Act.MISSTATES, summary.topic.id))
    return card([*head, *sections(shown), rule(), foot], [acts, [misstates, *turning]], rests_on)


def quotes_card(summary: Summary, page: int = 1) -> Layout:
    """A page of everything that the summary stands on, each with its link."""
    pages = paged(Standing(summary).all_quotes())
    place = _within(page, pages)
    head = _head(summary.topic, None, place, len(pages))
    nothing = [] if pages[0].parts else [words("Nothing has been quoted yet.")]
    turning = _turning(Act.QUOTES, place, len(pages), (summary.topic.id,))
    shown = pages[place - 1]
    return card([*head, *sections(shown), *nothing], [turning], shown.rests_on)


def _pages(summary: Summary, room: int) -> tuple[Page, ...]:
    """One page where all fits; else one that can stand alone, and those with the rest."""
    if not summary.viewpoints and not summary.questions:
        return paged([NOTHING_YET], room)
    standing = Standing(summary)
    pages = paged(standing.whole(), room)
    if len(pages) == 1:
        return pages
    counts = range(1, len(summary.viewpoints) + 1)
    fitting = takewhile(lambda count: len(paged(standing.beginning(count), room)) == 1, counts)
    most = max(fitting, default=1)
    rest = list(standing.rest(most))
    return paged(standing.beginning(most), room) + (paged(rest, room) if rest else ())


def _head(
    topic: TopicFacts, headline: str | None, page: int, pages: int
) -> Iterator[ui.TextDisplay[Layout]]:
    yield words(
        f"## {title(topic.title)}\n-# "
        + dotted(
            (
                number(topic.messages, "message"),
                number(topic.authors, "person", "people"),
                link("open the thread", topic.url),
                f"page {page} of {pages}" if pages > 1 else None,
            )
        )
    )
    if headline:
        yield words(beginning(inert(one_line(headline)), HEADLINE_LENGTH))


def _acts(topic: int, seen: int | None, *, is_whole: bool, is_shared: bool) -> Iterator[Button]:
    reader = (topic, *_carried(seen))
    yield button("Suggest a reply", custom_id(Act.SUGGEST, topic), emoji="💬", main=True)
    if is_whole:
        yield button("Since my last visit", custom_id(Act.SINCE, *reader))
    yield button("All quotes", custom_id(Act.QUOTES, topic))
    if is_whole:
        yield button("Refresh", custom_id(Act.REFRESH, *reader))
    if is_whole and not is_shared:
        yield button("Share here", custom_id(Act.SHARE, topic))


def _turning(
    act: Act, page: int, pages: int, ids: tuple[int, ...], carried: tuple[int, ...] = ()
) -> Iterator[Button]:
    """Back and forth, where there is more than one page."""
    back, on = (custom_id(act, *ids, other, *carried) for other in (page - 1, page + 1))
    if pages > 1:
        yield button("◀ Back", back, disabled=page == 1)
        yield button("Next ▶", on, disabled=page == pages)


def _carried(seen: int | None) -> tuple[int, ...]:
    return () if seen is None else (seen,)


def _shared(by: str | None) -> str:
    return f"\n-# Shared by {name(by)}" if by else ""


def _within(page: int, pages: Sequence[Page]) -> int:
    return max(1, min(page, len(pages)))
