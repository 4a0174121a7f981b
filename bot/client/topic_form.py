"""The form in which a new topic is written, where the command does not say all that it needs."""

from collections.abc import Callable, Sequence
from typing import Any

import discord

from bot.client.answering import answer
from bot.client.failures import sentence_for
from bot.client.opening import Place, check_open, open_topic
from bot.client.posting import given_back
from bot.client.presses import sent_form
from bot.client.reach import Asked, member_of
from bot.client.tags import checked, demanded, named, offered
from bot.client.views.form import filled, topic_form
from bot.client.views.ids import Act
from bot.client.views.layout import Layout
from bot.client.views.topics import opened_notice
from bot.core.errors import MootError, NotFound
from bot.partner import Progress


async def ask_topic(interaction: Asked, where: Place, title: str, text: str, tags: str) -> None:
    """Shows the form, with what was said already. Raises MootError where nothing may be opened."""
    member = member_of(interaction)
    await check_open(interaction, where)
    chosen = {tag.id for tag in named(where, member, tags)}
    choices = {tag: tag.id in chosen for tag in offered(where, member)}
    if not choices:
        checked(where, member, [])
    form = topic_form(where.id, title, text, choices, needs_tag=demanded(where))
    await interaction.response.send_modal(form)


def sent_topic(interaction: Asked) -> int | None:
    """The channel for which somebody sent the form off."""
    return sent_form(interaction, Act.OPEN)


async def post_topic(interaction: Asked, channel: int) -> None:
    """Opens the topic that somebody wrote in the form."""
    data: dict[str, Any] = dict(interaction.data or {})
    fields = data.get("components", [])
    title, text = (next(filled(fields, each), "") for each in ("title", "text"))
    ids = set(filled(fields, "tags"))

    async def work(progress: Progress) -> Layout:
        def chosen(where: Place) -> list[discord.ForumTag]:
            return [tag for tag in offered(where, member_of(interaction)) if str(tag.id) in ids]

        return await opened(interaction, lambda: _place(interaction, channel), title, text, chosen)

    await answer(interaction, work)


async def opened(
    interaction: Asked,
    place: Callable[[], Place],
    title: str,
    text: str,
    tags: Callable[[Place], Sequence[discord.ForumTag]],
) -> Layout:
    """What somebody is told for whom a topic was opened; their words, where none could be."""
    try:
        where = place()
        thread = await open_topic(interaction, where, title, text, tags(where))
    except (MootError, discord.HTTPException) as error:
        return given_back(sentence_for(error, "Opening a topic"), f"{title}\n\n{text}")
    return opened_notice(thread.name, thread.jump_url)


def _place(interaction: Asked, channel: int) -> Place:
    found = member_of(interaction).guild.get_channel(channel)
    if not isinstance(found, Place):
        raise NotFound("The channel is not there any more: choose another one.")
    return found
