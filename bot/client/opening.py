"""Opening a topic for a person, and closing one that is theirs."""

import discord

from bot.client.permissions import lacking
from bot.client.posting import NotPosted, keep_posted
from bot.client.posts import name_of
from bot.client.reach import Asked, Reached, bot_of, member_of
from bot.client.views.posted import posted_mark

Place = discord.ForumChannel | discord.TextChannel
OPENS_POSTS = ("view_channel", "send_messages")
OPENS_THREADS = ("view_channel", "create_public_threads", "send_messages_in_threads")


async def open_topic(interaction: Asked, where: Place, title: str, text: str) -> discord.Thread:
    """A thread with what the person typed as its first message, kept as theirs.

    Raises NotPosted where topics are not kept, or the person or Moot may not open one.
    """
    member = member_of(interaction)
    if why_not := await _why_not_open(interaction, member, where):
        raise NotPosted(why_not)
    thread, message = await _opened(where, title, text, posted_mark(member.id, name_of(member)))
    await keep_posted(interaction, thread, message)
    return thread


async def close_topic(interaction: Asked, reached: Reached) -> None:
    """Archives and locks a thread. Raises NotPosted for whoever neither opened nor moderates it."""
    thread, member = reached.thread, reached.member
    is_moderator = thread.permissions_for(member).manage_threads
    if not is_moderator and not await _opened_by(interaction, reached):
        raise NotPosted("Only whoever opened a topic, or a moderator, can close it.")
    if missing := lacking(thread, "manage_threads"):
        raise NotPosted(f"Moot lacks permissions in this thread: {', '.join(missing)}.")
    await thread.edit(archived=True, locked=True, reason=f"/topic close by user {member.id}")


async def _opened_by(interaction: Asked, reached: Reached) -> bool:
    """Whether the member opened the thread, or Moot did for them."""
    if reached.thread.owner_id == reached.member.id:
        return True
    messages = await bot_of(interaction).partner.messages(reached.topic.id)
    own = (each for each in messages if each.drafted)
    first = next(iter(own), None) if reached.thread.owner_id == reached.thread.guild.me.id else None
    return first is not None and first.author.source_id == str(reached.member.id)


async def _opened(
    where: Place, title: str, text: str, mark: discord.ui.View
) -> tuple[discord.Thread, discord.Message]:
    nobody = discord.AllowedMentions.none()
    if isinstance(where, discord.ForumChannel):
        opened = await where.create_thread(
            name=title, content=text, view=mark, allowed_mentions=nobody, suppress_embeds=True
        )
        return opened.thread, opened.message
    thread = await where.create_thread(name=title, type=discord.ChannelType.public_thread)
    message = await thread.send(text, view=mark, allowed_mentions=nobody, suppress_embeds=True)
    return thread, message


async def _why_not_open(interaction: Asked, member: discord.Member, where: Place) -> str | None:
    settings = await bot_of(interaction).partner.settings(str(where.guild.id))
    needed = OPENS_POSTS if isinstance(where, discord.ForumChannel) else OPENS_THREADS
    rights = where.permissions_for(member)
    if member.is_timed_out() and not rights.administrator:
        return "You are timed out; you can post when that is over."
    if not all(getattr(rights, right) for right in needed):
        return "You may not open a topic there."
    if str(where.id) not in settings.channels:
        return "Topics there are not kept; open one in a channel that /moot setup has chosen."
    if missing := lacking(where, *needed):
        return f"Moot lacks permissions there: {', '.join(missing)}."
    return None
