"""Layouts inside of Discord's limits, with buttons that carry ids and nothing else.

A layout is sent and forgotten: it is stopped before it goes out, so that discord.py keeps no
state for it, and whoever presses a button is served from the archive, after a restart too.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import discord
from discord import ui

from bot.archive import Basis
from bot.client.views.ids import Act, custom_id
from bot.client.views.pages import Page

TEXT_LIMIT = 4_000
"""Characters over all texts of a message (Discord's; discord.py does not enforce it)."""
COMPONENT_LIMIT = 40
ID_LIMIT, LABEL_LIMIT, ROW_LIMIT = 100, 80, 5
ACCENT = 0x5B6ABF


class Layout(ui.LayoutView):
    """What a message shows, and the messages that it rests on: with their words it goes.

    Where it shows a topic's summary, a new one of that `topic` takes its place.
    """

    rests_on: frozenset[Basis] = frozenset()
    topic: int | None = None


Button = ui.Button[Layout]
Menu = ui.Select[Layout]


class DoesNotFit(ValueError):
    """A layout that Discord would refuse: a fault of the view that made it."""


def fitting(layout: Layout) -> Layout:
    """The layout, ready to be sent. Raises DoesNotFit where Discord would refuse it."""
    for fault in _faults(layout):
        raise DoesNotFit(fault)
    layout.stop()
    return layout


def card(
    parts: Iterable[ui.Item[Any]],
    rows: Iterable[Iterable[Button | Menu]] = (),
    rests_on: frozenset[Basis] = frozenset(),
    topic: int | None = None,
) -> Layout:
    """A framed card, and under it rows of buttons or a menu; an empty row is left out."""
    layout = Layout(timeout=None)
    layout.rests_on = rests_on
    layout.topic = topic
    layout.add_item(ui.Container(*parts, accent_colour=ACCENT))
    for row in rows:
        if items := list(row):
            layout.add_item(ui.ActionRow(*items))
    return fitting(layout)


def notice(text: str, *rows: Iterable[Button]) -> Layout:
    """A sentence or two for one person."""
    return card([words(text)], rows)


def words(text: str) -> ui.TextDisplay[Layout]:
    """Text in Discord's markdown."""
    return ui.TextDisplay(text)


def rule() -> ui.Separator[Layout]:
    """A thin line."""
    return ui.Separator()


def room() -> ui.Separator[Layout]:
    """A little room between what belongs together and what follows."""
    return ui.Separator(visible=False)


def sections(page: Page) -> Iterable[ui.Item[Any]]:
    """A page's sections, each under a line and its heading."""
    for part in page.parts:
        yield rule()
        first, *others = part.texts
        yield words(f"### {part.heading}\n{first}")
        yield from map(words, others)


def button(
    label: str,
    custom_id: str,
    *,
    emoji: str | None = None,
    main: bool = False,
    grave: bool = False,
    disabled: bool = False,
) -> Button:
    """A button that is known by its id alone; what a `grave` one does can't be undone."""
    style = discord.ButtonStyle.primary if main else discord.ButtonStyle.secondary
    style = discord.ButtonStyle.danger if grave else style
    return ui.Button(label=label, custom_id=custom_id, emoji=emoji, style=style, disabled=disabled)


def cancel_button() -> Button:
    """Beside a button that does what can't be undone."""
    return button("Cancel", custom_id(Act.CANCEL))


def menu(label: str, custom_id: str, choices: Mapping[str, str]) -> Menu:
    """A menu that is known by its id alone; `choices` are labels by the value that comes back."""
    options = [discord.SelectOption(label=text, value=value) for value, text in choices.items()]
    return ui.Select(custom_id=custom_id, placeholder=label, options=options)


def _faults(layout: Layout) -> Iterable[str]:
    if layout.content_length() > TEXT_LIMIT:
        yield f"{layout.content_length()} characters of text, over {TEXT_LIMIT}"
    items = list(layout.walk_children())
    if len(items) > COMPONENT_LIMIT:
        yield f"{len(items)} components, over {COMPONENT_LIMIT}"
    known = (item for item in items if isinstance(item, ui.Button | ui.Select))
    ids = [item.custom_id for item in known if item.custom_id]
    if len(set(ids)) < len(ids):
        yield "two buttons with one id"
    if any(len(id_) > ID_LIMIT for id_ in ids):
        yield "a button's id that is too long"
    for item in items:
        yield from _faults_of(item)


def _faults_of(item: ui.Item[Any]) -> Iterable[str]:
    if isinstance(item, ui.TextDisplay) and not item.content.strip():
        yield "an empty text"
    if isinstance(item, ui.ActionRow) and not 0 < len(item.children) <= ROW_LIMIT:
        yield f"a row of {len(item.children)} buttons"
    if isinstance(item, ui.Button) and not 0 < len(item.label or "") <= LABEL_LIMIT:
        yield "a button's label that is too long, or none"
