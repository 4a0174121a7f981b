"""Answering one person: at once that it is under way, then how far, then the result or why not.

Discord wants a first answer within 3 s and takes edits of it for 15 minutes; what comes later goes
to the person in a direct message that says that it is ready, and holds no words of the topic.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.client.failures import explain, sentence_for, tell
from bot.client.reach import bot_of
from bot.client.views.layout import Layout, notice
from bot.partner import Progress

BETWEEN_EDITS = 2.0
"""Seconds between two edits of what a person waits for."""
TOO_LATE = (
    "What you asked for took longer than Discord keeps an answer open. It is ready now: "
    "ask again, and it comes at once."
)
_EXPIRED = frozenset({10015, 10062, 50027})
_DISMISSED = 10008

Work = Callable[[Progress], Awaitable[Layout]]


async def answer(interaction: discord.Interaction[Any], work: Work) -> None:
    """Shows the one who asked, and nobody else, what the work comes to."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    note = _ProgressNote(interaction)
    try:
        layout = await work(note.tell)
    except Exception as error:
        layout = notice(sentence_for(error, "An answer"))
    await note.done()
    await show(interaction, layout)


async def turn(interaction: discord.Interaction[Any], work: Work) -> None:
    """The same in place of the message that was pressed, where that is the person's own.

    On a message that others see too, the one who pressed gets an answer of their own.
    """
    message = interaction.message
    if message is None or not message.flags.ephemeral:
        return await answer(interaction, work)
    await interaction.response.defer()
    try:
        layout = await work(lambda read, total: None)
    except Exception as error:
        return await explain(interaction, error)
    return await show(interaction, layout)


async def show(interaction: discord.Interaction[Any], layout: Layout) -> None:
    """Puts a layout in place of what the person sees of this interaction."""
    try:
        await bot_of(interaction).cards.answer(interaction, layout)
    except discord.HTTPException as error:
        if error.code in _EXPIRED:
            await tell(interaction, TOO_LATE)
        elif error.code != _DISMISSED:  # whoever dismissed the answer no longer wants it
            raise


class _ProgressNote:
    """Tells how far a reading is. One edit at a time, and the last is over before the result."""

    def __init__(self, interaction: discord.Interaction[Any]) -> None:
        self._interaction = interaction
        self._edit: asyncio.Task[None] | None = None
        self._next = 0.0

    def tell(self, read: int, total: int) -> None:
        now = asyncio.get_running_loop().time()
        is_editing = self._edit is not None and not self._edit.done()
        if read >= total or now < self._next or is_editing:
            return
        self._next = now + BETWEEN_EDITS
        layout = notice(f"Reading {read} of {total} messages…")
        self._edit = asyncio.create_task(show(self._interaction, layout))

    async def done(self) -> None:
        if self._edit:
            await asyncio.gather(self._edit, return_exceptions=True)
