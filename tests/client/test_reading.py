"""Lists and choices hold all that the asker may read, nothing else, and cost few requests."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from tests.client.tea import tea
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio


MANAGE_THREADS = discord.Permissions(manage_threads=True)


@dataclass
class Board:
    """Private threads of a boss, in which Moot is."""

    boss: MemberActor
    channel: ChannelHandle
    threads: list[ChannelHandle]


async def board(world: World, count: int = 1, said: str = "The price is item one.") -> Board:
    """So many of them, with a message each."""
    boss, channel = world.person("boss"), world.channel("board")
    threads: list[ChannelHandle] = []
    for n in range(count):
        thread = await world.thread(boss, channel, f"Board {n}", private=True)
        await let_in(world, thread)
        world.env.backend.create_message(thread.id, boss.id, said)
        threads.append(thread)
    await world.env.settle(timeout=60)
    return Board(boss, channel, threads)


async def let_in(world: World, thread: ChannelHandle, *people: int) -> None:
    """Moot and others are added to a private thread."""
    for each in (world.env.backend.bot_user.id, *people):
        world.env.backend.add_thread_member(thread.id, each)
    await world.env.settle()


async def test_forty_hidden_topics_hide_no_open_one(world: World) -> None:
    scene = await tea(world)
    await board(world, 40)
    lobby = world.channel("lobby")

    listed = shown(await scene.late.slash(lobby, "topic list"))
    offered = await scene.late.autocomplete(lobby, "summary", "topic", "")
    named = shown(await scene.late.slash(lobby, "summary", topic="price"))

    assert "The price" in listed
    assert "Board" not in listed
    assert [each["name"] for each in offered] == ["The price"]
    assert "The rent went up" in named


async def test_who_is_in_a_private_thread_finds_it_and_who_was_put_out_does_not(
    world: World,
) -> None:
    staff = await board(world, 3)
    jun, lobby = world.person("jun"), world.channel("lobby")
    world.env.backend.add_thread_member(staff.threads[1].id, jun.id)

    before = shown(await jun.slash(lobby, "topic list"))
    world.env.backend.remove_thread_member(staff.threads[1].id, jun.id)
    after = shown(await jun.slash(lobby, "topic list"))

    assert "Board 1" in before
    assert "Board 0" not in before
    assert "Board" not in after


async def test_a_private_thread_is_offered_to_who_wrote_in_it_even_when_it_is_archived(
    world: World,
) -> None:
    staff = await board(world, 2)
    jun, lobby, thread = world.person("jun"), world.channel("lobby"), staff.threads[0]
    world.env.backend.add_thread_member(thread.id, jun.id)
    await jun.send(thread, "I think that the price is right.")
    await world.change(thread, archived=True)

    offered = await jun.autocomplete(lobby, "summary", "topic", "board")

    assert [each["name"] for each in offered] == ["Board 0"]


@pytest.mark.parametrize("kind", ["archived", "private", "private and archived"])
async def test_a_keystroke_costs_two_requests_at_most(world: World, kind: str) -> None:
    mira, jun, lobby = world.person("mira"), world.person("jun"), world.channel("lobby")
    place = world.channel() if "private" in kind else world.forum()
    for n in range(10):
        if "private" in kind:
            thread = await world.thread(jun, place, f"Tea {n}", private=True)
            await let_in(world, thread, mira.id)
            await mira.send(thread, "I think that tea is better.")
        else:
            thread = await world.post(mira, place, f"Tea {n}", "I think that tea is better.")
        await world.change(thread, archived="archived" in kind)
    before = len(world.env.http_requests)

    offered = await mira.autocomplete(lobby, "summary", "topic", "t")

    asked = [each for each in world.env.http_requests[before:] if each.method == "GET"]
    assert len(asked) <= (0 if kind == "archived" else 2)
    assert len(offered) == {"archived": 10, "private": 2, "private and archived": 1}[kind]


async def test_an_archived_topic_of_a_channel_that_was_closed_to_all_is_not_listed(
    world: World,
) -> None:
    scene = await tea(world)
    await world.change(scene.thread, archived=True)
    lobby = world.channel("lobby")
    assert "The price" in shown(await scene.late.slash(lobby, "topic list"))

    await world.permit(scene.forum, world.guild.default_role, view_channel=False)

    assert "The price" not in shown(await scene.late.slash(lobby, "topic list"))
    assert await scene.late.autocomplete(lobby, "summary", "topic", "") == []


@pytest.mark.parametrize("archived", [False, True])
async def test_a_thread_that_moot_lost_breaks_no_list(world: World, archived: bool) -> None:
    scene, staff = await tea(world), await board(world)
    lobby = world.channel("lobby")
    await world.change(staff.threads[0], archived=archived)
    await world.permit(staff.channel, world.env.backend.bot_user, view_channel=False)

    for person in (scene.late, staff.boss):
        listed = shown(await person.slash(lobby, "topic list"))
        assert "The price" in listed

    found = shown(await scene.late.slash(lobby, "topic search", words="rent"))
    assert "The rent went up" in found


async def test_a_thread_on_which_discord_fails_breaks_no_list(world: World) -> None:
    await tea(world)
    staff, lobby = await board(world), world.channel("lobby")
    world.env.inject_error("GET", "/channels/*/thread-members/*")

    listed = shown(await staff.boss.slash(lobby, "topic list"))

    assert "The price" in listed
    assert "Board" not in listed
    assert "Board 0" in shown(await staff.boss.slash(lobby, "topic list"))


async def test_a_moderator_reads_private_threads_without_a_request(world: World) -> None:
    await board(world, 5)
    mods = world.guild.create_role("mods", permissions=MANAGE_THREADS)
    ole, lobby = world.person("ole", mods), world.channel("lobby")
    before = len(world.env.http_requests)

    offered = await ole.autocomplete(lobby, "summary", "topic", "")

    asked = [each for each in world.env.http_requests[before:] if each.method == "GET"]
    assert len(offered) == 5
    assert asked == []


async def test_where_topics_can_not_be_looked_up_none_are_offered(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    scene = await tea(world)
    with closing(sqlite3.connect(world.bot.config.database.path, isolation_level=None)) as other:
        other.execute("DROP VIEW present_topics")

    assert await scene.late.autocomplete(scene.thread, "summary", "topic", "t") == []
    assert "Offering topics failed" in caplog.text
    assert "Ignoring exception" not in caplog.text
