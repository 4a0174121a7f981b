"""DiscordChatExporter's JSON: a channel or thread with its messages.

Source and ids are Discord's own, so that an export and the running bot fill one topic. Content
stays as Discord has it (`<@id>` is not resolved). Embeds are a link's preview or a program's
card, not words of the person: a message of nothing else is skipped as `embed_only`, one of
nothing at all as `empty`. A sticker counts as an attachment named `NAME.sticker`.
"""

from pydantic import AliasGenerator, ConfigDict
from pydantic.alias_generators import to_camel

from bot.core.model import Author, Message, Thread, Topic
from bot.importers.records import Moment, Record, Words, sift, unnamed, validated
from bot.importers.saved_file import SavedFile

_BY_PEOPLE = frozenset(
    {"Default", "Reply", "ThreadStarterMessage", "ChatInputCommand", "ContextMenuCommand"}
    # The exporter writes the number of a type that it has no name for.
    | {"0", "19", "20", "21", "23"}
)
_DIRECT_MESSAGES = "0"


class _Camel(Record):
    model_config = ConfigDict(alias_generator=AliasGenerator(to_camel))


class _Place(_Camel):
    id: Words
    name: Words | None = None


class _Guild(_Camel):
    id: Words | None = None


class _Author(_Camel):
    id: Words | None = None
    name: Words | None = None
    nickname: Words | None = None
    is_bot: bool | None = None


class _Attachment(_Camel):
    file_name: Words | None = None


class _Sticker(_Camel):
    name: Words | None = None


class _Reference(_Camel):
    message_id: Words | None = None
    channel_id: Words | None = None


class _Message(_Camel):
    id: Words | None = None
    type: Words | None = None
    timestamp: Moment | None = None
    timestamp_edited: Moment | None = None
    content: Words | None = None
    author: _Author | None = None
    attachments: list[_Attachment] | None = None
    stickers: list[_Sticker] | None = None
    embeds: object = None
    reference: _Reference | None = None

    @property
    def files(self) -> tuple[str, ...]:
        attached = (each.file_name or "file" for each in self.attachments or ())
        stuck = (f"{each.name or 'unnamed'}.sticker" for each in self.stickers or ())
        return (*attached, *stuck)


class _Export(_Camel):
    guild: _Guild | None = None
    channel: _Place
    messages: list[_Message] | None = None


def recognises(saved: SavedFile) -> bool:
    """Whether the content is a channel with messages."""
    return {"channel", "messages"} <= saved.fields


def threads(saved: SavedFile) -> tuple[Thread, ...]:
    """The one channel or thread that an export holds, its messages by time."""
    export = validated(saved, _Export, "DiscordChatExporter")
    topic = _topic(export)
    kept, skipped = sift(export.messages or (), _why_not)
    messages = [_message(topic, each, place) for place, each in enumerate(kept, start=1)]
    if all(each.posted_at for each in messages):
        messages.sort(key=_age)
    return (Thread(topic, tuple(messages), skipped),)


def _topic(export: _Export) -> Topic:
    channel = export.channel
    guild = export.guild.id if export.guild else None
    url = None
    if guild:
        server = "@me" if guild == _DIRECT_MESSAGES else guild
        url = f"https://discord.com/channels/{server}/{channel.id}"
    return Topic("discord", channel.id, channel.name or f"Channel {channel.id}", url)


def _why_not(message: _Message) -> str | None:
    if message.type is not None and message.type not in _BY_PEOPLE:
        return "system"
    if message.content or message.files:
        return None
    return "embed_only" if message.embeds else "empty"


def _message(topic: Topic, message: _Message, place: int) -> Message:
    source_id = message.id or ""
    return Message(
        source_id,
        _author(topic, message, place),
        message.content or "",
        posted_at=message.timestamp,
        reply_to=_reply_to(topic, message),
        edited_at=message.timestamp_edited,
        attachments=message.files,
        url=f"{topic.url}/{source_id}" if topic.url else None,
    )


def _author(topic: Topic, message: _Message, place: int) -> Author:
    author = message.author
    if author is None or not author.id:
        return unnamed(topic.source_id, message.id or "", place)
    name = author.nickname or author.name or f"user {author.id}"
    return Author(author.id, name, bot=bool(author.is_bot))


def _reply_to(topic: Topic, message: _Message) -> str | None:
    """The message replied to; one in another channel was forwarded or pinned, not answered."""
    reference = message.reference
    if reference is None or reference.channel_id not in (None, topic.source_id):
        return None
    return reference.message_id


def _age(message: Message) -> tuple[float, int, str]:
    # Discord's ids grow with time: they settle the order within a second.
    moment = message.posted_at.timestamp() if message.posted_at else 0.0
    return moment, len(message.source_id), message.source_id
