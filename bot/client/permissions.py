"""Who may: asked of Discord's permissions as they are now, before a draft and before it shows.

A member as an interaction brings them is as fresh as that interaction; `as_of_now` asks again.
"""

from collections.abc import Iterable, Iterator

import discord

from bot.core.model import Topic

Place = discord.abc.GuildChannel | discord.Thread
READING = discord.Permissions(view_channel=True, read_message_history=True)
"""What it takes to read what was said somewhere."""


async def as_of_now(member: discord.Member) -> discord.Member | None:
    """The member with the roles that they have now, or None if they have left."""
    return await member_now(member.guild, member.id)


async def member_now(guild: discord.Guild, user_id: int) -> discord.Member | None:
    """The member of a server with that id, or None where there is none."""
    try:
        return await guild.fetch_member(user_id)
    except discord.NotFound:
        return None


async def thread_of(guild: discord.Guild, topic: Topic) -> discord.Thread | None:
    """The topic's thread, where it is now; None where it is not in this server, or gone, or hidden.

    An id from a button or an option is only ever looked for in the server of who sent it.
    """
    if topic.source != "discord" or not topic.source_id.isdecimal():
        return None
    known = guild.get_channel_or_thread(int(topic.source_id))
    if known is None:
        try:
            known = await guild.fetch_channel(int(topic.source_id))
        except (discord.NotFound, discord.Forbidden, discord.InvalidData):
            return None
    return known if isinstance(known, discord.Thread) else None


async def may_read(member: discord.Member, topic: Topic | discord.Thread) -> bool:
    """Whether the member may read the topic now.

    A topic that is no thread of the member's server is for no one there: what was imported from
    files is its host's, who reads it from the terminal.
    """
    thread = topic if isinstance(topic, discord.Thread) else await thread_of(member.guild, topic)
    if thread is None or thread.guild != member.guild or thread.parent is None:
        return False
    rights = thread.permissions_for(member)
    if not rights >= READING:
        return False
    if not thread.is_private() or reads_all(member, thread.parent):
        return True
    return await _is_in(thread, member)


def reads_all(member: discord.Member, channel: discord.abc.GuildChannel) -> bool:
    """Whether the member reads a channel's private threads without being in them."""
    return channel.permissions_for(member).manage_threads


async def why_not_write(member: discord.Member, thread: discord.Thread) -> str | None:
    """Why the member could not post there by hand now, as a sentence for them; None if they could.

    Of slowmode it says nothing (see slowmode.py).
    """
    rights = thread.permissions_for(member)
    if member.is_timed_out() and not rights.administrator:
        return "You are timed out; you can post when that is over."
    if not await may_read(member, thread) or not rights.send_messages_in_threads:
        return "You may not write in this thread."
    if thread.locked and not rights.manage_threads:
        return "This thread is locked; only moderators can write in it."
    return None


def lacking(place: Place, *rights: str) -> list[str]:
    """Which of these permissions Moot itself does not have there, as Discord's settings name them.

    `rights` are discord.py's names: `lacking(thread, "view_channel", "read_message_history")`.
    """
    own = place.permissions_for(place.guild.me)
    return [name.replace("_", " ").title() for name in rights if not getattr(own, name)]


def needs(where: str, missing: Iterable[str]) -> str:
    """What somebody is told for whom Moot can't do something without permissions `where`."""
    return f"Moot lacks permissions {where} ({', '.join(missing)}): ask a moderator to grant them."


def readers_may_all_read(place: Place, thread: discord.Thread) -> bool:
    """Whether everyone who sees what is posted in `place` may read `thread`.

    What is age-restricted stays where Discord keeps minors out. For the rest it errs on the side
    of no, since who has which role can't be known without the members intent. Where the thread's
    channel takes reading away from some role or person, nothing is sure. Where it does not, rights
    only add up: each role and person to whom `place` is open by themselves must be able to read
    the thread by themselves.
    """
    if place == thread:
        return True
    channel, opened = thread.parent, place.parent if isinstance(place, discord.Thread) else place
    if channel is None or opened is None or thread.is_private() or place.guild != thread.guild:
        return False
    if _is_age_restricted(channel) and not _is_age_restricted(opened):
        return False
    if any(_takes_reading_away(*pair) for pair in channel.overwrites.items()):
        return False
    roles = (role for role in place.guild.roles if opened.permissions_for(role).view_channel)
    return all(channel.permissions_for(role) >= READING for role in roles) and all(
        _lets_read(channel, person) for person in _people_let_in(opened)
    )


def _is_age_restricted(channel: discord.abc.GuildChannel) -> bool:
    """Whether Discord keeps minors out: of the channel, or of the whole server."""
    restricted = channel.guild.nsfw_level is discord.NSFWLevel.age_restricted
    return restricted or bool(getattr(channel, "nsfw", False))


async def _is_in(thread: discord.Thread, member: discord.Member) -> bool:
    try:
        await thread.fetch_member(member.id)
    except (discord.NotFound, discord.Forbidden):
        return False  # not in it; or nobody can say, for Moot is not in it any more
    return True


def _takes_reading_away(
    who: discord.Role | discord.Member | discord.Object, overwrite: discord.PermissionOverwrite
) -> bool:
    is_everyone = isinstance(who, discord.Role) and who.is_default()
    return not is_everyone and bool(overwrite.pair()[1].value & READING.value)


def _people_let_in(channel: discord.abc.GuildChannel) -> Iterator[int]:
    for who, overwrite in channel.overwrites.items():
        if not isinstance(who, discord.Role) and overwrite.view_channel:
            yield who.id


def _lets_read(channel: discord.abc.GuildChannel, person: int) -> bool:
    """Whether the channel is open to that person whatever roles they have."""
    everyone = channel.permissions_for(channel.guild.default_role)
    own = next((o for who, o in channel.overwrites.items() if who.id == person), None)
    return (everyone | (own.pair()[0] if own else discord.Permissions.none())) >= READING
