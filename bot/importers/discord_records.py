"""The records of DiscordChatExporter's JSON, as far as they matter here."""

from datetime import datetime
from typing import Annotated

from pydantic import AliasGenerator, ConfigDict
from pydantic.alias_generators import to_camel

from bot.core.model import described
from bot.core.posts import Post, Preview
from bot.importers.records import Aside, Moment, Record, Words


class _Camel(Record):
    model_config = ConfigDict(alias_generator=AliasGenerator(to_camel))


class Channel(_Camel):
    id: Words
    name: Words | None = None


class Guild(_Camel):
    id: Words | None = None


class Role(_Camel):
    id: Words | None = None
    name: Words | None = None


class Mentioned(_Camel):
    """A person, as an author or where a message names them."""

    id: Words | None = None
    name: Words | None = None
    nickname: Words | None = None
    discriminator: Words | None = None
    is_bot: bool | None = None
    roles: Annotated[list[Role] | None, Aside] = None


class Attachment(_Camel):
    file_name: Words | None = None
    description: Words | None = None


class Sticker(_Camel):
    name: Words | None = None


class Reference(_Camel):
    type: Words | None = None
    message_id: Words | None = None
    channel_id: Words | None = None


class Field(_Camel):
    name: Words | None = None
    value: Words | None = None


class Embed(_Camel):
    title: Words | None = None
    description: Words | None = None
    fields: list[Field] | None = None


class Shown(_Camel):
    """What a message holds, its own or one that it forwards."""

    content: Words | None = None
    attachments: list[Attachment] | None = None
    stickers: list[Sticker] | None = None
    embeds: list[Annotated[Embed | None, Aside]] | None = None

    @property
    def own_files(self) -> tuple[str, ...]:
        attached = (
            described(each.file_name or "file", each.description) for each in self.attachments or ()
        )
        stuck = (f"{each.name or 'unnamed'}.sticker" for each in self.stickers or ())
        return (*attached, *stuck)

    @property
    def previews(self) -> tuple[Preview, ...]:
        return tuple(Preview(each.title, each.description) for each in self.embeds or () if each)


class Posted(Shown):
    """A message."""

    id: Words | None = None
    type: Words | None = None
    timestamp: Moment | None = None
    timestamp_edited: Moment | None = None
    author: Mentioned | None = None
    mentions: Annotated[list[Mentioned] | None, Aside] = None
    reference: Reference | None = None
    forwarded_message: Shown | None = None

    @property
    def moment(self) -> datetime | None:
        return self.timestamp

    @property
    def files(self) -> tuple[str, ...]:
        forwarded = self.forwarded_message
        return (*self.own_files, *(forwarded.own_files if forwarded else ()))

    def post(self, *, is_result: bool) -> Post:
        """What it says; `is_result` where it is the notice that a poll has ended."""
        forwarded = self.forwarded_message
        first = self.embeds[0] if is_result and self.embeds else None
        told = first.fields if first else None
        return Post(
            self.content or "",
            previews=() if is_result else self.previews,
            forwarded=(Post(forwarded.content or "", forwarded.previews),) if forwarded else (),
            result={each.name or "": each.value or "" for each in told} if told else None,
        )


class Export(_Camel):
    guild: Guild | None = None
    channel: Channel
    messages: list[Posted] | None = None
