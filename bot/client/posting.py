"""Posting for a person, at their press and nobody else's: what they typed, marked as theirs.

What was posted is kept as that person's message, so that it is evidence, and goes, like any other.
"""

from dataclasses import dataclass
from typing import Any

import discord

from bot.archive import Basis
from bot.client.answering import answer
from bot.client.convert import message_from, topic_from
from bot.client.failures import record, sentence_for
from bot.client.permissions import lacking, needs, why_not_write
from bot.client.posts import name_of
from bot.client.presses import sent_form
from bot.client.reach import Asked, Reached, bot_of, member_of, reach
from bot.client.views.basis import told
from bot.client.views.form import reply_form, typed
from bot.client.views.ids import Act
from bot.client.views.layout import Layout, notice
from bot.client.views.posted import owner_marked, posted_mark
from bot.client.views.words import link
from bot.core.errors import ArchiveUnavailable, MootError, NotFound
from bot.core.model import Author
from bot.partner import Progress

NO_DRAFT = "This draft is no longer there, or not for you any more: ask for a new one."
NEEDED = ("view_channel", "send_messages_in_threads")


class NotPosted(MootError):
    """A reply that may not be posted now. What the person typed is given back to them."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft's text, the messages that it rests on, and its topic."""

    text: str
    rests_on: frozenset[Basis]
    reached: Reached


async def drafted(interaction: Asked, draft: int) -> Drafted:
    """A draft as it was kept. Raises NotFound where it is gone, or its topic is hidden.

    Both are told alike, so that a guessed id tells nothing.
    """
    try:
        kept = await bot_of(interaction).partner.draft(draft)
        reached = await reach(interaction, kept.topic_id)
    except NotFound:
        raise NotFound(NO_DRAFT) from None
    if kept.kind != "suggestion":
        raise NotFound(NO_DRAFT)
    return Drafted(str(kept.body["text"]), told(kept.topic_id, kept.rests_on), reached)


async def open_form(interaction: Asked, draft: int, text: str) -> None:
    """Shows the draft, to be changed and posted."""
    await interaction.response.send_modal(reply_form(draft, text))


def is_form(interaction: Asked) -> bool:
    """Whether somebody sent the form off."""
    return sent_form(interaction, Act.POST) is not None


async def post_form(interaction: Asked) -> None:
    """Posts what somebody typed into the form."""
    words = typed(_data(interaction).get("components", []))
    draft = int(_data(interaction)["custom_id"].rpartition(":")[2])

    async def work(progress: Progress) -> Layout:
        try:
            its = await drafted(interaction, draft)
            message = await _post(interaction, its.reached, words)
        except MootError as error:
            why_not = sentence_for(error, "Posting for a person")
            return given_back(why_not, words)
        return notice(f"Posted: {link('go to your message', message.jump_url)}")

    await answer(interaction, work)


def given_back(why_not: str, words: str) -> Layout:
    """What somebody typed that may not be posted, so that it is not lost."""
    return notice(f"{why_not}\nNothing was posted. This is what you wrote:\n\n{words}")


async def keep_posted(interaction: Asked, thread: discord.Thread, message: discord.Message) -> None:
    """Keeps what was just posted for the one who asks as theirs.

    It is there for all to see by then: where it can't be written down now, the next reading of the
    thread finds by its mark whose it is.
    """
    member = member_of(interaction)
    owner = Author(str(member.id), name_of(member))
    kept = message_from(message, thread.guild.me.id, posted_for=owner)
    try:
        await bot_of(interaction).partner.record(topic_from(thread), [kept] if kept else [])
    except ArchiveUnavailable as error:
        record(error, "Keeping what was posted for a person")
        bot_of(interaction).dispatch("gap")


async def remove(interaction: Asked, person: int) -> None:
    """Deletes a message for the one it was posted for, or for a moderator.

    Whose it is the message says, not the press.
    """
    member, message = member_of(interaction), interaction.message
    channel = interaction.channel
    owner = owner_marked(message) if message else None
    if message is None or owner is None or not isinstance(channel, discord.Thread):
        raise NotFound("This message can't be removed here.")
    is_theirs = owner.source_id == str(member.id)
    if not is_theirs and not channel.permissions_for(member).manage_messages:
        raise NotFound("Only the person it was posted for, or a moderator, can remove it.")
    await interaction.response.defer()
    await message.delete()


async def _post(interaction: Asked, reached: Reached, words: str) -> discord.Message:
    thread, member = reached.thread, reached.member
    if why_not := await _why_not_post(reached, words):
        raise NotPosted(why_not)
    async with bot_of(interaction).turns.to_post(member, thread):
        message = await thread.send(
            words,
            view=posted_mark(member.id, name_of(member)),
            allowed_mentions=discord.AllowedMentions.none(),
            suppress_embeds=True,
        )
    await keep_posted(interaction, thread, message)
    return message


async def _why_not_post(reached: Reached, words: str) -> str | None:
    if not words.strip():
        return "There is nothing in your reply: write something first."
    if missing := lacking(reached.thread, *NEEDED):
        return needs("in this thread", missing)
    return await why_not_write(reached.member, reached.thread)


def _data(interaction: Asked) -> dict[str, Any]:
    return dict(interaction.data or {})
