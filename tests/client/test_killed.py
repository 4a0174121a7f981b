"""Killed at a bad moment: what was heard and could not be written down is followed all the same."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from simcord.builders import ChannelHandle

from bot.archive.journal import ENDING
from bot.client import create_bot
from tests.archive.files import bytes_of
from tests.client.simcord_shims import hide_unseen_channels
from tests.client.world import World
from tests.held import held_from

pytestmark = pytest.mark.anyio
CANARY = "zzyzxian"
WORDS = f"I think that the {CANARY} cups are too small."
LONG = 10 * 86_400
"""Seconds: a message this old is not looked at again in the histories."""


async def kill(world: World) -> None:
    """SIGKILL: nothing that waits in memory is written."""
    world.env.backend.subscribers.clear()
    for cog in world.bot.cogs.values():
        if writing := getattr(cog, "_writing", None):
            writing._waiting.clear()
            if writing._catching_up:
                writing._catching_up.cancel()
    cards = world.bot.cards._writing
    cards._waiting.clear()
    if cards._catching_up:
        cards._catching_up.cancel()


async def start(world: World) -> None:
    await world.bot.close()
    world.forgive()
    world.bot = create_bot(world.bot.config)
    await world.env.restart_bot(world.bot)
    hide_unseen_channels(world.env)
    await world.env.settle()


@asynccontextmanager
async def held_until_killed(world: World) -> AsyncIterator[None]:
    """Another program holds the database while something is heard; then Moot is killed."""
    async with held_from(world.bot):
        yield
        await world.env.settle()
        await kill(world)
    await start(world)


async def old(world: World, thread: ChannelHandle) -> None:
    """Time goes by, in which the histories are read."""
    await world.env.advance_time(LONG)
    async with world.absence():
        pass
    await world.env.settle()
    await world.person("jun").send(thread, "Tea is better.")


def pending(world: World) -> bytes:
    path = world.bot.config.database.path
    file = path.with_name(path.name + ENDING)
    return file.read_bytes() if file.exists() else b""


async def test_a_deletion_that_waited_for_the_database(world: World) -> None:
    mira = world.person("mira")
    thread = await world.post(mira, world.forum(), "Tea", "I think that the pots are too dear.")
    second = await mira.send(thread, WORDS)
    await old(world, thread)

    async with held_until_killed(world):
        world.env.backend.delete_message(thread.id, second.id)

    assert CANARY not in "".join(await world.kept(thread))
    assert CANARY.encode() not in bytes_of(world.bot.config.database.path)
    assert pending(world) == b""


async def test_a_deletion_of_many(world: World) -> None:
    mira = world.person("mira")
    thread = await world.post(mira, world.forum(), "Tea", "I think that the pots are too dear.")
    ids = [(await mira.send(thread, f"{WORDS} {n}")).id for n in range(3)]
    await old(world, thread)

    async with held_until_killed(world):
        world.env.backend.bulk_delete_messages(thread.id, ids)

    assert CANARY not in "".join(await world.kept(thread))


async def test_a_deletion_of_the_message_that_an_archived_thread_was_opened_from(
    world: World,
) -> None:
    mira, channel = world.person("mira"), world.channel()
    message = await mira.send(channel, WORDS)
    opened = world.env.backend.create_thread(channel.id, "Cups", mira.id, message_id=message.id)
    await world.env.settle()
    thread = ChannelHandle(world.env, world.guild, opened)
    await mira.send(thread, "I think so still.")
    await old(world, thread)
    await world.change(thread, archived=True)

    async with held_until_killed(world):
        world.env.backend.delete_message(channel.id, message.id)

    assert CANARY not in "".join(await world.kept(thread))


async def test_an_edit(world: World) -> None:
    mira = world.person("mira", nick="Mira M")
    thread = await world.post(mira, world.forum(), "Tea", "I think that the pots are too dear.")
    second = await mira.send(thread, WORDS)
    await old(world, thread)

    async with held_until_killed(world):
        world.env.backend.edit_message(thread.id, second.id, {"content": "Never mind."})
        assert b"Never" not in pending(world)

    assert "Mira M: Never mind." in await world.kept(thread)
    assert CANARY.encode() not in bytes_of(world.bot.config.database.path)
    assert pending(world) == b""


async def test_an_edit_of_what_is_deleted_by_the_next_start(world: World) -> None:
    mira = world.person("mira")
    thread = await world.post(mira, world.forum(), "Tea", "I think that the pots are too dear.")
    second = await mira.send(thread, WORDS)
    await old(world, thread)

    async with held_from(world.bot):
        world.env.backend.edit_message(thread.id, second.id, {"content": "Never mind."})
        await world.env.settle()
        await kill(world)
        world.env.backend.delete_message(thread.id, second.id)
    await start(world)

    assert "mira: Never mind." not in await world.kept(thread)
    assert CANARY not in "".join(await world.kept(thread))


async def test_a_title_a_thread_and_a_channel(world: World) -> None:
    mira, forum, other = world.person("mira"), world.forum(), world.forum("other")
    renamed = await world.post(mira, forum, f"The {CANARY} pots", "They are too dear.")
    removed = await world.post(mira, forum, "Tea", WORDS)
    stood = await world.post(mira, other, "Cups", WORDS)
    await old(world, renamed)

    async with held_until_killed(world):
        backend = world.env.backend
        backend.edit_channel(renamed.id, {"name": "The pots"})
        backend.delete_channel(removed.id)
        backend.delete_channel(stood.id)
        backend.delete_channel(other.id)

    kept = await world.topic(renamed)
    assert kept is not None
    assert kept.topic.title == "The pots"
    assert await world.topic(removed) is None
    assert await world.topic(stood) is None
    assert CANARY.encode() not in bytes_of(world.bot.config.database.path)


async def test_a_journal_of_nonsense_stops_nothing(world: World) -> None:
    mira = world.person("mira")
    thread = await world.post(mira, world.forum(), "Tea", "Tea is better.")
    path = world.bot.config.database.path
    async with world.absence():
        lines = [
            '{"n": 1, "kind": "deleted", "about": {"channel": "x", "messages": 3}}',
            '{"n": 2, "kind": "edited", "about": {"channel": -1}}',
            '{"n": 3, "kind": "edited", "about": {"channel": 1, "message": 1}}',
            '{"n": 4, "kind": "shared card", "about": {"channel": 1, "after": 1, "topic": 1}}',
            '{"n": 5, "kind": "private card", "about": {"channel": 1}}',
            '{"n": 6, "kind": "deleted", "about": {"channel": 1, "messages": [[], null, 2]}}',
            "what",
        ]
        path.with_name(path.name + ENDING).write_text("\n".join(lines))
    await world.env.settle()
    assert await world.kept(thread) == ["mira: Tea is better."]
    await mira.send(thread, "And cheaper.")
    assert len(await world.kept(thread)) == 2
