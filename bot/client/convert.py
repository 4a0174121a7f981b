"""discord.Message -> core Message, Thread -> Topic: the one way in.

It keeps to what the importer of exported threads does, so that a thread which was imported and is
then kept live stays one topic, with one author a person.
"""

from collections.abc import Mapping
from typing import Any

import discord

from bot.core.model import Author, Message, Topic

SOURCE = "discord"
_BY_PEOPLE = frozenset(
    {
        discord.MessageType.default,
        discord.MessageType.reply,
        discord.MessageType.chat_input_command,
        discord.MessageType.context_menu_command,
    }
)


def topic_from(thread: discord.Thread) -> Topic:
    """The topic that a thread is: closed while it is archived or locked."""
    return Topic(
        source=SOURCE,
        source_id=str(thread.id),
        title=thread.name,
        url=thread.jump_url,
        closed=thread.archived or thread.locked,
        opened_by=_opener(thread.owner_id, thread.guild.me.id),
        channel=str(thread.parent_id),
    )


def topic_from_data(data: Mapping[str, Any], moot_id: int) -> Topic:
    """The topic that a thread of the gateway's is, where the client has no such thread."""
    state: Mapping[str, Any] = data.get("thread_metadata") or {}
    return Topic(
        source=SOURCE,
        source_id=str(data["id"]),
        title=data["name"],
        url=f"https://discord.com/channels/{data['guild_id']}/{data['id']}",
        closed=bool(state.get("archived") or state.get("locked")),
        opened_by=_opener(int(data["owner_id"]) if data.get("owner_id") else None, moot_id),
        channel=str(data["parent_id"]) if data.get("parent_id") else None,
    )


def _opener(owner: int | None, moot_id: int) -> str | None:
    """Who opened a thread. Moot opens them for others, whom the first message in them tells."""
    return None if owner in (None, moot_id) else str(owner)


def message_from(
    message: discord.Message, moot_id: int, posted_for: Author | None = None
) -> Message | None:
    """The message as the archive keeps it, or None where it is not part of a discussion.

    Not part of one are Discord's own notices ("mira pinned a message") and what Moot, whose user id
    is `moot_id`, posts; but what it `posted_for` a person is that person's.
    """
    is_own = message.author.id == moot_id
    if message.type not in _BY_PEOPLE or (is_own and posted_for is None):
        return None
    return Message(
        source_id=str(message.id),
        author=posted_for or _author(message),
        content=message.content,
        posted_at=message.created_at,
        reply_to=_reply_to(message),
        edited_at=message.edited_at,
        attachments=_files(message),
        url=message.jump_url,
        drafted=posted_for is not None,
    )


def owner_of(kept: Message) -> Author | None:
    """For whom Moot posted a message that is kept already; None where its author posted it."""
    return kept.author if kept.drafted else None


def _author(message: discord.Message) -> Author:
    who = message.author
    is_program = who.bot or message.webhook_id is not None
    return Author(str(who.id), who.display_name, bot=is_program)


def _reply_to(message: discord.Message) -> str | None:
    """The message answered; one in another channel was forwarded or crossposted, not answered."""
    reference = message.reference
    if reference is None or reference.message_id is None:
        return None
    is_reply = reference.type is discord.MessageReferenceType.reply
    here = reference.channel_id == message.channel.id
    return str(reference.message_id) if is_reply and here else None


def _files(message: discord.Message) -> tuple[str, ...]:
    attached = (each.filename or "file" for each in message.attachments)
    stuck = (f"{each.name or 'unnamed'}.sticker" for each in message.stickers)
    return (*attached, *stuck)
