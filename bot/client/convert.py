"""discord.Message -> core Message, Thread -> Topic: the one way in.

It keeps to what the importer of exported threads does, so that a thread which was imported and is
then kept live stays one topic, with one author a person.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

import discord

from bot.client.posts import name_of, names_in, post_from
from bot.client.views.posted import owner_marked
from bot.core.authors import persona, user
from bot.core.model import Author, Forward, Message, Topic, described
from bot.core.posts import said

SOURCE = "discord"
_FIRST_NAMED = re.compile(r"\s*<@!?(\d+)>")
_BY_PEOPLE = frozenset(
    {
        discord.MessageType.default,
        discord.MessageType.reply,
        discord.MessageType.chat_input_command,
        discord.MessageType.context_menu_command,
        discord.MessageType.poll_result,
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
        channel=str(thread.parent_id),
        private=thread.is_private(),
        tags=_tags(thread.parent, [tag.id for tag in thread.applied_tags]),
    )


def topic_from_data(data: Mapping[str, Any], parent: object = None) -> Topic:
    """The topic that a thread of the gateway's is, where the client has no such thread.

    `parent` is its channel, where the client has that.
    """
    state: Mapping[str, Any] = data.get("thread_metadata") or {}
    return Topic(
        source=SOURCE,
        source_id=str(data["id"]),
        title=data["name"],
        url=f"https://discord.com/channels/{data['guild_id']}/{data['id']}",
        closed=bool(state.get("archived") or state.get("locked")),
        channel=str(data["parent_id"]) if data.get("parent_id") else None,
        private=data.get("type") == discord.ChannelType.private_thread.value,
        tags=_tags(parent, [int(each) for each in data.get("applied_tags", ())]),
    )


def _tags(parent: object, applied: Collection[int]) -> tuple[str, ...] | None:
    """The names of a forum post's tags, as the forum lists them; None where that is not known."""
    if not isinstance(parent, discord.ForumChannel):
        return None
    return tuple(tag.name for tag in parent.available_tags if tag.id in applied)


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
    words = said(post_from(message), names_in(message))
    return Message(
        source_id=str(message.id),
        author=posted_for or _author(message),
        content=words.content,
        posted_at=message.created_at,
        reply_to=_reply_to(message),
        edited_at=message.edited_at,
        attachments=_files(message),
        url=message.jump_url,
        drafted=posted_for is not None,
        mentions=words.mentions,
        forward=_forward(message),
        to_bot=posted_for is None and _is_put_to_bot(message, moot_id),
    )


def _is_put_to_bot(message: discord.Message, moot_id: int) -> bool:
    """Whether it names Moot, answers what Moot posted as itself, or begins with a bot's name."""
    if re.search(rf"<@!?{moot_id}>", message.content):
        return True
    role = message.guild.self_role if message.guild else None
    if role and f"<@&{role.id}>" in message.content:
        return True
    answered = message.reference.resolved if message.reference else None
    if isinstance(answered, discord.Message) and answered.author.id == moot_id:
        return owner_marked(answered) is None
    first = _FIRST_NAMED.match(message.content)
    bots = {str(each.id) for each in message.mentions if each.bot}
    return first is not None and first[1] in bots


def is_notice(message: discord.Message) -> bool:
    """Whether Discord itself says it. What a thread was opened from is kept as itself."""
    return message.type not in _BY_PEOPLE | {discord.MessageType.thread_starter_message}


def owner_of(kept: Message) -> Author | None:
    """For whom Moot posted a message that is kept already; None where its author posted it."""
    return kept.author if kept.drafted else None


def is_persona(message: discord.Message) -> bool:
    """Whether a webhook posted it for somebody. What a program answers to a command it posts
    through a webhook as well, whose id is the program's."""
    return message.webhook_id is not None and message.webhook_id != message.application_id


def _author(message: discord.Message) -> Author:
    who, here = message.author, (str(message.channel.id), str(message.id))
    if is_persona(message):
        return persona(str(message.webhook_id), who.display_name, *here)
    return user(str(who.id), name_of(who), who.bot, *here)


def _reply_to(message: discord.Message) -> str | None:
    """The message answered; one in another channel was forwarded or crossposted, not answered."""
    reference = message.reference
    if reference is None or reference.message_id is None:
        return None
    is_reply = reference.type is discord.MessageReferenceType.reply
    here = reference.channel_id == message.channel.id
    return str(reference.message_id) if is_reply and here else None


def _forward(message: discord.Message) -> Forward | None:
    reference = message.reference
    if not message.message_snapshots or reference is None or reference.message_id is None:
        return None
    return Forward(str(reference.message_id))


def _files(message: discord.Message) -> tuple[str, ...]:
    shown = (message, *message.message_snapshots)
    attached = (
        described(each.filename or "file", each.description)
        for part in shown
        for each in part.attachments
    )
    stuck = (f"{each.name or 'unnamed'}.sticker" for part in shown for each in part.stickers)
    return (*attached, *stuck)
