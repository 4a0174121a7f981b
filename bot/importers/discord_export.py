"""DiscordChatExporter's JSON: a channel or thread with its messages.

Source and ids are Discord's own, so that an export and the running bot fill one topic, and what a
message says comes about as it does there (`bot/core/posts.py`). The exporter writes no polls, but
the notice that one has ended. A sticker counts as an attachment named `NAME.sticker`.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.core.authors import persona, shown_name, shows, unnamed, user
from bot.core.marks import Names
from bot.core.mentions import marked
from bot.core.model import Author, Forward, Message, Thread, Topic
from bot.core.posts import Said, said
from bot.importers.discord_records import Channel, Export, Mentioned, Posted
from bot.importers.records import possible, sift, validated
from bot.importers.saved_file import SavedFile

_BY_PEOPLE = frozenset(
    {"Default", "Reply", "ThreadStarterMessage", "ChatInputCommand", "ContextMenuCommand"}
    # The exporter writes the number of a type that it has no name for.
    | {"0", "19", "20", "21", "23"}
)
_POLL_RESULT = frozenset({"PollResult", "46"})
_DIRECT_MESSAGES = "0"
_OF_WEBHOOKS = frozenset({"0000", "0"})
"""Discriminators that no bot has."""


def recognises(saved: SavedFile) -> bool:
    """Whether the content is a channel with messages."""
    return {"channel", "messages"} <= saved.fields


def threads(saved: SavedFile) -> tuple[Thread, ...]:
    """The one channel or thread that an export holds, its messages by time."""
    export = validated(saved, Export, "DiscordChatExporter")
    topic = _topic(export)
    everything = export.messages or ()
    names = _names(export.channel, everything)
    words = {id(each): _said(each, names) for each in everything}
    kept, skipped = sift(everything, lambda each: _why_not(each, words[id(each)]))
    messages = [
        _message(topic, each, words[id(each)], place) for place, each in enumerate(kept, start=1)
    ]
    if all(each.posted_at for each in messages):
        messages.sort(key=_age)
    return (Thread(topic, tuple(messages), skipped, _notices(everything)),)


def _topic(export: Export) -> Topic:
    channel = export.channel
    guild = export.guild.id if export.guild else None
    url = None
    if guild:
        server = "@me" if guild == _DIRECT_MESSAGES else guild
        url = f"https://discord.com/channels/{server}/{channel.id}"
    return Topic("discord", channel.id, channel.name or f"Channel {channel.id}", url)


def _names(channel: Channel, messages: Iterable[Posted]) -> Names:
    """What the file tells of names: of the people, and of the roles that they have."""
    people: dict[str, str] = {}
    roles: dict[str, str] = {}
    seen = [person for each in messages for person in each.mentions or ()]
    seen += [each.author for each in messages if each.author]
    for person in seen:
        if person.id and (name := shown_name(person.nickname, person.name)):
            people[person.id] = name
        roles |= {role.id: role.name for role in person.roles or () if role.id and role.name}
    channels = {channel.id: channel.name} if channel.name else {}
    return Names(people, roles, channels)


def _said(message: Posted, names: Names) -> Said:
    """The words; where the exporter has put names in the marks' place, it says whose they are."""
    words = said(message.post(is_result=message.type in _POLL_RESULT), names)
    called = {
        name: person.id
        for person in message.mentions or ()
        for name in _called(person)
        if person.id and name
    }
    return replace(words, mentions=marked(words.content, words.mentions, called))


def _called(person: Mentioned) -> tuple[str | None, ...]:
    return person.name, person.nickname


def _notices(messages: Iterable[Posted]) -> dict[str, datetime | None]:
    return {each.id: possible(each.timestamp) for each in messages if each.id and _is_notice(each)}


def _is_notice(message: Posted) -> bool:
    return message.type is not None and message.type not in _BY_PEOPLE | _POLL_RESULT


def _why_not(message: Posted, words: Said) -> str | None:
    if _is_notice(message):
        return "system"
    if words.content or message.files:
        return None
    return "embed_only" if message.embeds else "empty"


def _message(topic: Topic, message: Posted, words: Said, place: int) -> Message:
    source_id = message.id or ""
    return Message(
        source_id,
        _author(topic, message, place),
        words.content,
        posted_at=message.timestamp,
        reply_to=_reply_to(topic, message),
        edited_at=possible(message.timestamp_edited),
        attachments=message.files,
        url=f"{topic.url}/{source_id}" if topic.url else None,
        mentions=words.mentions,
        forward=_forward(message),
        to_bot=_is_put_to_bot(message, words),
    )


def _is_put_to_bot(message: Posted, words: Said) -> bool:
    """Whether it begins with a bot's name."""
    bots = {person.id for person in message.mentions or () if person.is_bot}
    return any(
        each.person in bots and not words.content[: each.start].strip() for each in words.mentions
    )


def _author(topic: Topic, message: Posted, place: int) -> Author:
    who, here = message.author, (topic.source_id, message.id or "")
    if who is None or not (who.id or shows(who.nickname) or shows(who.name)):
        return unnamed(*here, f"author of post {place}")
    if who.id and who.is_bot and who.discriminator in _OF_WEBHOOKS:
        return persona(who.id, who.name or who.nickname, *here)
    return user(who.id, shown_name(who.nickname, who.name), bool(who.is_bot), *here)


def _reply_to(topic: Topic, message: Posted) -> str | None:
    """The message replied to; one in another channel was forwarded or pinned, not answered."""
    reference = message.reference
    if reference is None or reference.channel_id not in (None, topic.source_id):
        return None
    return None if reference.type == "Forward" else reference.message_id


def _forward(message: Posted) -> Forward | None:
    reference = message.reference
    if message.forwarded_message is None or reference is None or not reference.message_id:
        return None
    return Forward(reference.message_id)


def _age(message: Message) -> tuple[float, int, str]:
    # Discord's ids grow with time: they settle the order within a second.
    moment = message.posted_at.timestamp() if message.posted_at else 0.0
    return moment, len(message.source_id), message.source_id
