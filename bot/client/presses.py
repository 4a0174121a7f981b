"""Presses of buttons: found by the ids that they carry, on any message, after any restart."""

from collections.abc import Awaitable, Callable
from re import Match
from typing import Any, Self

import discord
from discord import ui

from bot.client.failures import explain
from bot.client.views.ids import Act, template
from bot.client.views.layout import Button, Layout
from bot.core.errors import NotFound

LARGEST = 2**63 - 1
"""What a database and Discord know as an id."""

Handler = Callable[..., Awaitable[None]]
"""Given the interaction, then the numbers that the button carries."""
Press = ui.DynamicItem[Button]
Menu = ui.ChannelSelect[Layout] | ui.RoleSelect[Layout] | ui.Select[Layout]
Choice = ui.DynamicItem[Menu]


def on_press(act: Act, numbers: int, handle: Handler) -> type[Press]:
    """What serves presses of an act's buttons; a failure is told to the one who pressed."""

    class Pressed(ui.DynamicItem[Button], template=template(act, numbers)):
        def __init__(self, item: Button, carried: tuple[int, ...]) -> None:
            super().__init__(item)
            self._carried = carried

        @classmethod
        async def from_custom_id(
            cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: Match[str], /
        ) -> Self:
            assert isinstance(item, ui.Button)  # noqa: S101 - nothing else has these ids
            button: Button = item
            return cls(button, tuple(map(int, match.groups())))

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            try:
                _check(self._carried)
                await handle(interaction, *self._carried)
            except Exception as error:
                await explain(interaction, error)

    return Pressed


def sent_form(interaction: discord.Interaction[Any], act: Act) -> int | None:
    """The number that an act's form carries, where somebody sent it off."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return None
    data: dict[str, Any] = dict(interaction.data or {})
    carried = template(act, 1).fullmatch(data.get("custom_id", ""))
    return int(carried[1]) if carried and int(carried[1]) <= LARGEST else None


def on_choice(act: Act, handle: Handler, numbers: int = 0) -> type[Choice]:
    """What serves the menu of an act; the handler is given what was chosen, then the numbers."""

    class Chosen(ui.DynamicItem[Menu], template=template(act, numbers)):
        def __init__(self, item: Menu, carried: tuple[int, ...]) -> None:
            super().__init__(item)
            self._carried = carried

        @classmethod
        async def from_custom_id(
            cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: Match[str], /
        ) -> Self:
            assert isinstance(item, ui.ChannelSelect | ui.RoleSelect | ui.Select)  # noqa: S101 - as above
            menu: Menu = item
            return cls(menu, tuple(map(int, match.groups())))

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            try:
                _check(self._carried)
                data: dict[str, Any] = dict(interaction.data or {})
                chosen = frozenset(map(str, data.get("values", ())))
                await handle(interaction, chosen, *self._carried)
            except Exception as error:
                await explain(interaction, error)

    return Chosen


def _check(carried: tuple[int, ...]) -> None:
    if max(carried, default=0) > LARGEST:
        raise NotFound("This is none of Moot's buttons: use the command again.")
