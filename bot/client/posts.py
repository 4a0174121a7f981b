"""What a message on Discord says, in the form that exported files come to as well."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

import discord

from bot.core.authors import shown_name
from bot.core.marks import Names, named
from bot.core.posts import Poll, Post, Preview

_NOBODY: Mapping[str, discord.abc.User] = MappingProxyType({})


def post_from(message: discord.Message) -> Post:
    """The parts of a message that hold words."""
    is_result = message.type is discord.MessageType.poll_result
    return Post(
        message.content or _text(_components(message)),
        previews=() if is_result else _previews(message.embeds),
        forwarded=tuple(
            Post(each.content or _text(each.components), _previews(each.embeds))
            for each in message.message_snapshots
        ),
        poll=_poll(message.poll),
        result=_fields(message.embeds) if is_result else None,
    )


def names_in(message: discord.Message) -> Names:
    """The names of what a message mentions."""
    texts = (message.content, *(each.content for each in message.message_snapshots))
    people = {str(each.id): each for each in message.mentions}
    return names_of(message.guild, texts, people)


def names_of(
    guild: discord.Guild | None,
    texts: Collection[str],
    people: Mapping[str, discord.abc.User] = _NOBODY,
) -> Names:
    """The names of what texts mention, as everyone on the server may know them.

    Names of channels that not everyone may see tell too much, and stay away.
    """
    if guild is None:
        return Names({id_: name_of(who) for id_, who in people.items()})
    members = {id_: guild.get_member(int(id_)) for id_ in named("person", texts)}
    known = {**people, **{id_: who for id_, who in members.items() if who}}
    roles = {id_: guild.get_role(int(id_)) for id_ in named("role", texts)}
    channels = {id_: guild.get_channel_or_thread(int(id_)) for id_ in named("channel", texts)}
    return Names(
        {id_: name_of(who) for id_, who in known.items()},
        {id_: role.name for id_, role in roles.items() if role},
        {id_: each.name for id_, each in channels.items() if each and _is_public(guild, each)},
    )


def name_of(who: discord.abc.User) -> str:
    """The name that people see; where it shows nothing, the user name."""
    return shown_name(who.display_name, who.global_name, who.name) or f"user {who.id}"


def _is_public(guild: discord.Guild, channel: discord.abc.GuildChannel | discord.Thread) -> bool:
    if isinstance(channel, discord.Thread):
        if channel.is_private() or channel.parent is None:
            return False
        channel = channel.parent
    return channel.permissions_for(guild.default_role).view_channel


def _components(message: discord.Message) -> Sequence[discord.Component]:
    """discord.py does not set the attribute where Discord leaves the field out."""
    return getattr(message, "components", ())


def _text(components: Iterable[discord.Component]) -> str:
    """The words of a message that is laid out in components and has no content."""
    return "\n".join(filter(None, map(_words, components)))


def _words(component: discord.Component) -> str:
    if isinstance(component, discord.TextDisplay):
        return component.content
    if isinstance(component, discord.Container | discord.SectionComponent):
        return _text(component.children)
    return ""


def _previews(embeds: Sequence[discord.Embed]) -> tuple[Preview, ...]:
    return tuple(Preview(each.title, each.description) for each in embeds)


def _poll(poll: discord.Poll | None) -> Poll | None:
    """Votes are told of when they don't change any more."""
    if poll is None:
        return None
    answers = tuple(_answer(each) for each in poll.answers)
    counts = tuple(each.vote_count for each in poll.answers)
    return Poll(str(poll.question), answers, counts if poll.is_finalised() else None)


def _answer(answer: discord.PollAnswer) -> str:
    return " ".join(filter(None, (str(answer.emoji or ""), answer.text or "")))


def _fields(embeds: Sequence[discord.Embed]) -> dict[str, str]:
    fields = embeds[0].fields if embeds else ()
    return {str(each.name): str(each.value) for each in fields}
