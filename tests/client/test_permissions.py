"""Who may read a topic, who may write in it, and where all may see it."""

from datetime import timedelta

import discord
import pytest

from bot.client.permissions import (
    as_of_now,
    lacking,
    may_read,
    readers_may_all_read,
    thread_of,
    why_not_write,
)
from bot.core.model import Topic
from tests.client.world import World

pytestmark = pytest.mark.anyio


def named(thread_id: int) -> Topic:
    return Topic("discord", str(thread_id), "Tea")


async def test_a_post_in_an_open_forum_is_for_everyone(world: World) -> None:
    mira, jun = world.person("mira"), world.person("jun")
    thread = await world.post(mira, world.forum(), "Tea", "Tea is better.")
    assert await may_read(await world.member(jun), named(thread.id))


async def test_an_archived_thread_is_found_and_asked_like_any_other(world: World) -> None:
    mira, jun = world.person("mira"), world.person("jun")
    forum = world.forum()
    thread = await world.post(mira, forum, "Tea", "Tea is better.")
    await world.change(thread, archived=True)
    assert world.seen(thread) is None
    assert await may_read(await world.member(jun), named(thread.id))
    await world.permit(forum, world.guild.default_role, view_channel=False)
    assert not await may_read(await world.member(jun), named(thread.id))


async def test_without_the_history_a_topic_is_not_readable(world: World) -> None:
    mira, forum = world.person("mira"), world.forum()
    thread = await world.post(mira, forum, "Tea", "Tea is better.")
    await world.permit(forum, world.guild.default_role, read_message_history=False)
    assert not await may_read(await world.member(mira), named(thread.id))


async def test_a_private_thread_is_for_its_members_and_moderators(world: World) -> None:
    moderators = world.guild.create_role(
        "mods", permissions=discord.Permissions(manage_threads=True)
    )
    mira, jun, ole = world.person("mira"), world.person("jun"), world.person("ole", moderators)
    thread = await world.thread(mira, world.channel(), "Secret", private=True)
    assert await may_read(await world.member(mira), named(thread.id))
    assert not await may_read(await world.member(jun), named(thread.id))
    assert await may_read(await world.member(ole), named(thread.id))
    world.env.backend.remove_thread_member(thread.id, mira.id)
    assert not await may_read(await world.member(mira), named(thread.id))


async def test_a_role_that_was_lost_meanwhile_counts_no_more(world: World) -> None:
    club = world.guild.create_role("club")
    mira, forum = world.person("mira", club), world.forum()
    thread = await world.post(mira, forum, "Tea", "Tea is better.")
    await world.permit(forum, world.guild.default_role, view_channel=False)
    await world.permit(forum, club, view_channel=True, read_message_history=True)
    before = await world.member(mira)
    assert await may_read(before, named(thread.id))
    world.env.backend.get_guild(world.guild.id).members[mira.id].role_ids.clear()
    now = await as_of_now(before)
    assert now is not None
    assert not await may_read(now, named(thread.id))
    world.guild.remove_member(mira)
    assert await as_of_now(before) is None


async def test_a_thread_that_moved_to_a_hidden_channel_is_hidden(world: World) -> None:
    mira, forum, cellar = world.person("mira"), world.forum(), world.forum("cellar")
    thread = await world.post(mira, forum, "Tea", "Tea is better.")
    await world.permit(cellar, world.guild.default_role, view_channel=False)
    world.env.backend.edit_channel(thread.id, {"parent_id": cellar.id})
    world.seen(thread).parent_id = cellar.id
    assert not await may_read(await world.member(mira), named(thread.id))


async def test_what_is_not_a_thread_of_this_server_is_for_no_one_here(world: World) -> None:
    mira, forum = world.person("mira"), world.forum()
    other = world.env.create_guild("Elsewhere")
    away = other.create_forum_channel("ideas")
    ole = other.add_member(world.env.create_user("ole"))
    thread = await world.post(ole, away, "Coffee", "Coffee is better.")
    member = await world.member(mira)
    for guessed in (thread.id, away.id, forum.id, 7):
        assert not await may_read(member, named(guessed))
    assert not await may_read(member, Topic("page", str(thread.id), "A file"))
    assert not await may_read(member, Topic("discord", "seven", "Odd"))
    assert await thread_of(member.guild, named(thread.id)) is None
    assert not await may_read(member, world.seen_elsewhere(other, thread))


async def test_who_may_write(world: World) -> None:
    mira, jun, forum = world.person("mira"), world.person("jun"), world.forum()
    thread = await world.post(mira, forum, "Tea", "Tea is better.")
    assert await why_not_write(await world.member(jun), world.seen(thread)) is None
    await world.permit(forum, jun, send_messages_in_threads=False)
    told = await why_not_write(await world.member(jun), world.seen(thread))
    assert told == "You may not write in this thread."


async def test_who_is_timed_out_may_not_write(world: World) -> None:
    mira = world.person("mira")
    thread = await world.post(mira, world.forum(), "Tea", "Tea is better.")
    later = world.env.now() + timedelta(minutes=5)
    member = world.env.backend.get_guild(world.guild.id).members[mira.id]
    member.timed_out_until = later.isoformat()
    told = await why_not_write(await world.member(mira), world.seen(thread))
    assert told == "You are timed out; you can post when that is over."


async def test_a_locked_thread_is_for_moderators(world: World) -> None:
    moderators = world.guild.create_role(
        "mods", permissions=discord.Permissions(manage_threads=True)
    )
    mira, ole = world.person("mira"), world.person("ole", moderators)
    thread = await world.post(mira, world.forum(), "Tea", "Tea is better.")
    await world.change(thread, locked=True)
    told = await why_not_write(await world.member(mira), world.seen(thread))
    assert told == "This thread is locked; only moderators can write in it."
    assert await why_not_write(await world.member(ole), world.seen(thread)) is None


async def test_the_bot_names_what_it_lacks(world: World) -> None:
    forum = world.forum()
    await world.permit(forum, _self(world), read_message_history=False)
    assert lacking(world.seen(forum), "view_channel", "read_message_history") == [
        "Read Message History"
    ]


async def test_a_card_may_go_where_all_may_read_the_topic(world: World) -> None:
    mira, forum = world.person("mira"), world.forum()
    thread = await world.post(mira, forum, "Tea", "Tea is better.")
    general = world.channel()
    assert readers_may_all_read(world.seen(thread), world.seen(thread))
    assert readers_may_all_read(world.seen(forum), world.seen(thread))
    assert readers_may_all_read(world.seen(general), world.seen(thread))


async def test_what_is_age_restricted_goes_where_discord_keeps_minors_out(world: World) -> None:
    mira, forum = world.person("mira"), world.forum()
    thread = await world.post(mira, forum, "Rum", "Rum is better.")
    general, bar = world.channel(), world.channel("bar")
    world.seen(forum).nsfw = world.seen(bar).nsfw = True
    inside = await world.thread(mira, bar, "The back room")
    assert not readers_may_all_read(world.seen(general), world.seen(thread))
    assert readers_may_all_read(world.seen(bar), world.seen(thread))
    assert readers_may_all_read(world.seen(inside), world.seen(thread))
    assert readers_may_all_read(world.seen(thread), world.seen(thread))
    world.seen(forum).guild.nsfw_level = discord.NSFWLevel.age_restricted
    assert readers_may_all_read(world.seen(general), world.seen(thread))


async def test_a_card_of_a_hidden_forum_stays_out_of_open_channels(world: World) -> None:
    club = world.guild.create_role("club")
    mira, forum = world.person("mira", club), world.forum()
    thread = await world.post(mira, forum, "Tea", "Tea is better.")
    general, lounge = world.channel(), world.channel("lounge")
    for place in (forum, lounge):
        await world.permit(place, world.guild.default_role, view_channel=False)
        await world.permit(place, club, view_channel=True, read_message_history=True)
    assert not readers_may_all_read(world.seen(general), world.seen(thread))
    assert readers_may_all_read(world.seen(lounge), world.seen(thread))
    # One person is let into the lounge who is not in the club.
    guest = world.person("guest")
    await world.permit(lounge, guest, view_channel=True)
    assert not readers_may_all_read(world.seen(lounge), world.seen(thread))
    await world.permit(forum, guest, view_channel=True, read_message_history=True)
    assert readers_may_all_read(world.seen(lounge), world.seen(thread))


async def test_who_is_kept_out_of_the_topic_may_not_meet_it_elsewhere(world: World) -> None:
    barred = world.guild.create_role("barred")
    mira, forum = world.person("mira"), world.forum()
    thread = await world.post(mira, forum, "Tea", "Tea is better.")
    general = world.channel()
    await world.permit(forum, barred, view_channel=False)
    assert not readers_may_all_read(world.seen(general), world.seen(thread))


async def test_roles_that_are_each_let_in_may_together_be_kept_out(world: World) -> None:
    club, barred = world.guild.create_role("club"), world.guild.create_role("barred")
    mira, forum, lounge = world.person("mira"), world.forum(), world.channel("lounge")
    thread = await world.post(mira, forum, "Tea", "Tea is better.")
    await world.permit(lounge, world.guild.default_role, view_channel=False)
    await world.permit(lounge, club, view_channel=True)
    assert readers_may_all_read(world.seen(lounge), world.seen(thread))
    # Who has both roles sees the lounge, and is kept out of the forum.
    await world.permit(forum, barred, view_channel=False)
    assert not readers_may_all_read(world.seen(lounge), world.seen(thread))


async def test_a_private_thread_is_shared_nowhere_but_in_itself(world: World) -> None:
    mira, general = world.person("mira"), world.channel()
    thread = await world.thread(mira, general, "Secret", private=True)
    assert readers_may_all_read(world.seen(thread), world.seen(thread))
    assert not readers_may_all_read(world.seen(general), world.seen(thread))


def _self(world: World) -> discord.ClientUser:
    assert world.bot.user is not None
    return world.bot.user
