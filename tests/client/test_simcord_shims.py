"""Each shim is wanted, and does what Discord does."""

from collections.abc import AsyncIterator

import discord
import pytest
import simcord
from simcord.builders import ChannelHandle

from bot.client import create_bot
from bot.config import Config
from tests.client import simcord_shims as shims
from tests.client.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture
async def bare(config: Config) -> AsyncIterator[World]:
    """simcord as it is."""
    world = World(create_bot(config))
    async with simcord.run(world.bot) as env:
        world.open(env)
        yield world
    await world.bot.close()


async def test_history_from_the_beginning_needs_a_shim(bare: World) -> None:
    thread = await _long_thread(bare)
    assert await _history(bare, thread) != list(range(150))
    with shims.oldest_first_after():
        assert await _history(bare, thread) == list(range(150))


async def test_archived_threads_need_a_shim(bare: World) -> None:
    mira, forum = bare.person("mira"), bare.forum(chosen=False)
    threads = [await bare.post(mira, forum, str(n), "Tea.") for n in range(5)]
    for thread in threads:
        await bare.env.advance_time(60)
        stamp = bare.env.now().isoformat()
        await bare.change(thread, archived=True, archive_timestamp=stamp)
    newest_first = ["4", "3", "2", "1", "0"]
    assert await _archived(bare, forum) == newest_first[::-1]
    with shims.archived_threads_in_pages(size=2):
        before = len(bare.env.http_requests)
        assert await _archived(bare, forum) == newest_first
        assert len(bare.env.http_requests) - before == 3


async def test_a_forum_that_demands_a_tag_needs_a_shim(bare: World) -> None:
    forum = bare.forum(chosen=False)
    with bare.env._bot_scope():
        await bare.seen(forum).create_thread(name="Tea", content="Tea.")
        with (
            shims.tag_demanded(forum.id),
            pytest.raises(discord.HTTPException, match="40067"),
        ):
            await bare.seen(forum).create_thread(name="Tea", content="Tea.")


async def test_hidden_channels_need_a_shim(bare: World) -> None:
    heard: list[str] = []

    async def on_message(message: object) -> None:
        heard.append(message.content)  # type: ignore[attr-defined]

    bare.bot.add_listener(on_message)
    mira, general, cellar = bare.person("mira"), bare.channel(), bare.channel("cellar")
    await bare.permit(cellar, bare.env.backend.bot_user, view_channel=False)  # type: ignore[arg-type]
    await mira.send(cellar, "secret, without the shim")
    shims.hide_unseen_channels(bare.env)
    await mira.send(cellar, "secret, with the shim")
    await mira.send(general, "open")
    assert heard == ["secret, without the shim", "open"]


async def _long_thread(world: World) -> ChannelHandle:
    mira = world.person("mira")
    thread = await world.thread(mira, world.channel(chosen=False), "Long")
    for n in range(150):
        world.env.backend.create_message(thread.id, mira.id, str(n))
    await world.env.settle()
    return thread


async def _history(world: World, thread: ChannelHandle) -> list[int]:
    with world.env.time_context():
        history = world.seen(thread).history(limit=None, oldest_first=True)
        return [int(each.content) async for each in history if each.content]


async def _archived(world: World, forum: ChannelHandle) -> list[str]:
    with world.env.time_context():
        return [each.name async for each in world.seen(forum).archived_threads(limit=None)]
