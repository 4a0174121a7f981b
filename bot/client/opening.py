"""Opening a topic for a person, and closing one that is theirs."""

from collections.abc import Sequence
from datetime import timedelta

import discord

from bot.client.permissions import lacking, needs
from bot.client.posting import NotPosted, keep_posted
from bot.client.posts import name_of
from bot.client.reach import Asked, Reached, bot_of, member_of
from bot.client.tags import Place, checked
from bot.client.views.posted import posted_mark

AT_ONCE = timedelta(minutes=1)
"""From the opening of a thread to the message with which Moot opened it."""
OPENS_POSTS = ("view_channel", "send_messages")
OPENS_THREADS = ("view_channel", "create_public_threads", "send_messages_in_threads")


async def check_open(interaction: Asked, where: Place) -> None:
    """Raises NotPosted where topics are not kept, or the person or Moot may not open one."""
    if why_not := await _why_not_open(interaction, member_of(interaction), where):
        raise NotPosted(why_not)


async def open_topic(
    interaction: Asked,
    where: Place,
    title: str,
    text: str,
    tags: Sequence[discord.ForumTag] = (),
) -> discord.Thread:
    """A thread with what the person typed as its first message, kept as theirs.

    Raises NotPosted, TagRefused and SlowedDown.
    """
    member = member_of(interaction)
    await check_open(interaction, where)
    if not (title.strip() and text.strip()):
        raise NotPosted("A topic needs a title and something said in it.")
    tags = checked(where, member, tags)
    bot, mark = bot_of(interaction), posted_mark(member.id, name_of(member))
    async with bot.turns.to_open(member, where, bot.partner):
        thread, message = await _opened(where, title, text, tags, mark)
    await keep_posted(interaction, thread, message)
    return thread


async def close_topic(interaction: Asked, reached: Reached) -> None:
    """Archives and locks a thread. Raises NotPosted for whoever neither opened nor moderates it."""
    thread, member = reached.thread, reached.member
    is_moderator = thread.permissions_for(member).manage_threads
    if not is_moderator and not await _opened_by(interaction, reached):
        raise NotPosted("Only whoever opened a topic, or a moderator, can close it.")
    if missing := lacking(thread, "manage_threads"):
        raise NotPosted(needs("in this thread", missing))
    await thread.edit(archived=True, locked=True, reason=f"/topic close by user {member.id}")


async def _opened_by(interaction: Asked, reached: Reached) -> bool:
    """Whether the member opened the thread, or Moot did for them.

    Moot opens a thread with the person's message: one that came later tells nothing of it.
    """
    thread = reached.thread
    if thread.owner_id != thread.guild.me.id:
        return thread.owner_id == reached.member.id
    messages = await bot_of(interaction).partner.messages(reached.topic.id)
    first = next(iter(messages), None)
    if first is None or not first.drafted or first.posted_at is None:
        return False
    is_opening = first.posted_at - discord.utils.snowflake_time(thread.id) < AT_ONCE
    return is_opening and first.author.source_id == str(reached.member.id)


async def _opened(
    where: Place,
    title: str,
    text: str,
    tags: Sequence[discord.ForumTag],
    mark: discord.ui.View,
) -> tuple[discord.Thread, discord.Message]:
    nobody = discord.AllowedMentions.none()
    if isinstance(where, discord.ForumChannel):
        opened = await where.create_thread(
            name=title,
            content=text,
            applied_tags=tags,
            view=mark,
            allowed_mentions=nobody,
            suppress_embeds=True,
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
        return needs("there", missing)
    return None
