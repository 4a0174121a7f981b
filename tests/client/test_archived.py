"""What happens to archived threads, of which the gateway tells little, is followed at once."""

import sqlite3
from contextlib import closing

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from tests.archive.files import bytes_of
from tests.client.world import World

pytestmark = pytest.mark.anyio
CANARY = "zzyzxian"
SALARY = f"I think that my {CANARY} salary should be 4000 a month."
COOKS = "I think that nobody should be paid more than the cooks are."


async def from_a_message(
    world: World,
) -> tuple[MemberActor, ChannelHandle, discord.Message, ChannelHandle]:
    """A thread that was opened from a message in a channel, and archived since."""
    mira, dov, channel = world.person("mira"), world.person("dov"), world.channel()
    message = await mira.send(channel, SALARY)
    opened = world.env.backend.create_thread(channel.id, "Salaries", mira.id, message_id=message.id)
    await world.env.settle()
    thread = ChannelHandle(world.env, world.guild, opened)
    await dov.send(thread, COOKS)
    await world.change(thread, archived=True)
    assert world.seen(thread) is None
    assert await world.kept(thread) == [f"mira: {SALARY}", f"dov: {COOKS}"]
    return mira, channel, message, thread


async def test_an_edit_of_the_message_that_it_was_opened_from(world: World) -> None:
    mira, _, message, thread = await from_a_message(world)
    await world.env.advance_time(60)

    await mira.edit(message, "Never mind.")

    assert await world.kept(thread) == ["mira: Never mind.", f"dov: {COOKS}"]
    kept = await world.topic(thread)
    assert kept is not None
    assert (kept.topic.title, kept.topic.closed) == ("Salaries", True)
    assert CANARY.encode() not in bytes_of(world.bot.config.database.path)


async def test_a_deletion_of_that_message(world: World) -> None:
    mira, _, message, thread = await from_a_message(world)
    await mira.delete(message)
    assert await world.kept(thread) == [f"dov: {COOKS}"]
    assert CANARY.encode() not in bytes_of(world.bot.config.database.path)


async def test_a_deletion_of_an_answer_and_of_many(world: World) -> None:
    _, _, _, thread = await from_a_message(world)
    ids = [each.id for each in thread.history()]
    world.env.backend.bulk_delete_messages(thread.id, ids)
    await world.env.settle()
    assert await world.kept(thread) == [f"mira: {SALARY}"]


async def test_an_edit_in_a_channel_of_what_was_never_kept_stays_out(world: World) -> None:
    mira, channel = world.person("mira"), world.channel()
    message = await mira.send(channel, SALARY)
    await world.env.advance_time(60)
    await mira.edit(message, "Never mind.")
    assert await world.bot.partner.topics() == []


async def test_a_deletion_of_the_thread_itself(world: World) -> None:
    _, _, _, thread = await from_a_message(world)
    await world.remove(thread)
    assert await world.topic(thread) is None


@pytest.mark.parametrize("private", [False, True], ids=["public", "private"])
async def test_a_deleted_channel_takes_them_along(world: World, private: bool) -> None:
    mira, channel = world.person("mira"), world.channel()
    thread = await world.thread(mira, channel, "Tea", private=private)
    world.env.backend.add_thread_member(thread.id, world.env.backend.bot_user.id)
    await world.env.settle()
    await mira.send(thread, f"I think that the {CANARY} pots are too dear.")
    await world.change(thread, archived=True)
    assert await world.topic(thread) is not None

    await world.remove(channel)

    assert await world.topic(thread) is None
    assert CANARY.encode() not in bytes_of(world.bot.config.database.path)


async def test_and_leaves_those_of_other_channels(world: World) -> None:
    mira, forum, other = world.person("mira"), world.forum(), world.forum("other")
    gone = await world.post(mira, forum, "Tea", "Tea is better.")
    stays = await world.post(mira, other, "Pots", "Pots are better.")
    for thread in (gone, stays):
        await world.change(thread, archived=True)
    await world.remove(forum)
    assert await world.topic(gone) is None
    assert await world.topic(stays) is not None


async def test_one_that_was_kept_before_channels_were_is_found_by_asking(world: World) -> None:
    mira, forum = world.person("mira"), world.forum()
    thread = await world.post(mira, forum, "Tea", "Tea is better.")
    await world.change(thread, archived=True)
    with closing(sqlite3.connect(world.bot.config.database.path)) as db, db:
        db.execute("UPDATE topics SET channel = NULL")
    backend = world.env.backend
    # As Discord does, and simcord does not.
    backend.get_guild(world.guild.id).thread_ids.remove(thread.id)
    del backend.channels[thread.id]

    await world.remove(forum)
    await world.env.settle()
    assert await world.topic(thread) is None
