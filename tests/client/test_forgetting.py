"""What is too old goes day by day, a server when Moot leaves it; an outage takes nothing."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import discord
import pytest
from simcord.builders import ChannelHandle

from bot.archive import GuildSettings
from bot.client.history import History
from bot.client.keeping import Keeper
from bot.core.model import Author, Message, Topic
from tests.client.tea import tea
from tests.client.test_setup import manager, settings
from tests.client.world import World, shown
from tests.held import held_from
from tests.wire.waiting import until

pytestmark = pytest.mark.anyio
DAY = 86_400.0


async def test_a_host_has_messages_kept_for_so_many_days(world: World) -> None:
    scene, host = await tea(world), manager(world)
    await world.env.advance_time(3 * DAY)
    await scene.people["dov"].send(scene.thread, "Then let us raise it in June.")
    hall = world.channel("hall", chosen=False)

    asked = await host.slash(hall, "moot retention", days=2)

    assert "5 messages of this server, older than 2 days, would go" in shown(asked)
    assert len(await world.kept(scene.thread)) == 6
    done = await host.click(asked.response, label="Yes, do it")
    assert "Messages are kept each for 2 days. 5 messages erased." in shown(done)
    assert await world.kept(scene.thread) == ["dov: Then let us raise it in June."]
    card = shown(await scene.late.slash(scene.thread, "summary"))
    assert "5 older than is kept here" in card
    assert "each for 2 days" in shown(await host.slash(hall, "moot status"))


async def test_what_becomes_too_old_goes_the_next_day(world: World) -> None:
    scene = await tea(world)
    await retain(world, 2)
    assert len(await world.kept(scene.thread)) == 5

    await world.env.advance_time(2 * DAY)
    assert len(await world.kept(scene.thread)) == 5
    await world.env.advance_time(DAY)

    assert await world.topic(scene.thread) is None


async def test_what_became_too_old_while_moot_was_away_goes_at_the_start(world: World) -> None:
    scene = await tea(world)
    await retain(world, 2)
    async with world.absence():
        await world.env.advance_time(3 * DAY)
    assert await world.topic(scene.thread) is None


async def test_backfill_fetches_nothing_that_is_too_old(world: World) -> None:
    scene = await tea(world)
    quiet = await world.post(scene.people["dov"], scene.forum, "A quiet one", "Nobody answers.")
    await retain(world, 2)
    async with world.absence():
        await world.env.advance_time(3 * DAY)
        say(world, scene.people["dov"].id, scene.thread.id, "Then let us raise it in June.")

    assert await world.kept(scene.thread) == ["dov: Then let us raise it in June."]
    assert await world.topic(quiet) is None, "not even its title is fetched"


async def test_what_is_too_old_is_not_even_asked_for(world: World) -> None:
    scene = await tea(world)
    await retain(world, 2)
    await world.env.advance_time(DAY)
    own = world.bot.user.id if world.bot.user else 0
    keeper = Keeper(world.bot.partner, own, world.bot.get_channel)

    history = await History.of(world.seen(scene.thread), keeper, timedelta(days=7))

    assert history.after is not None
    floor = world.env.now() - timedelta(days=2, seconds=1)
    assert discord.utils.snowflake_time(history.after) > floor


async def test_an_edit_of_what_is_too_old_is_not_kept(world: World) -> None:
    scene = await tea(world)
    first = scene.thread.history()[0]
    await retain(world, 2)
    await world.env.advance_time(3 * DAY)
    await scene.people["mira"].edit(first, "Let us talk about xylophones.")
    assert await world.topic(scene.thread) is None


async def test_without_days_messages_are_kept_until_they_are_deleted(world: World) -> None:
    scene, host = await tea(world), manager(world)
    await retain(world, 2)
    hall = world.channel("hall", chosen=False)

    told = await host.slash(hall, "moot retention")

    assert "Messages are kept each until it is deleted." in shown(told)
    assert (await settings(world)).keep_days is None
    assert (await settings(world)).channels == frozenset({str(scene.forum.id)})
    await world.env.advance_time(3 * DAY)
    assert len(await world.kept(scene.thread)) == 5


async def test_who_is_no_host_any_more_erases_nothing(world: World) -> None:
    scene, host = await tea(world), manager(world)
    await world.env.advance_time(3 * DAY)
    asked = await host.slash(scene.thread, "moot retention", days=1)
    managers = world.guild.roles["managers"]
    world.env.backend.remove_member_role(world.guild.id, host.id, managers.id)
    await world.env.settle()

    told = await host.click(asked.response, label="Yes, do it")

    assert "Only who manages this server" in shown(told)
    assert len(await world.kept(scene.thread)) == 5
    assert (await settings(world)).keep_days is None


async def test_when_moot_is_sent_away_all_of_the_server_goes(world: World) -> None:
    scene = await tea(world)
    await scene.late.slash(scene.thread, "summary")
    elsewhere = await of_another_server(world)

    world.env.backend.emit("GUILD_DELETE", {"id": str(world.guild.id)})
    await world.env.settle()

    assert await world.topic(scene.thread) is None
    assert await settings(world) == GuildSettings()
    assert [each.id for each in await world.bot.partner.topics()] == [elsewhere]


async def test_a_held_database_puts_it_off_and_no_longer(world: World) -> None:
    scene = await tea(world)
    async with held_from(world.bot):
        world.env.backend.emit("GUILD_DELETE", {"id": str(world.guild.id)})
        await asyncio.sleep(0.2)
        assert await world.topic(scene.thread) is not None

    assert await until(lambda: _is_forgotten(world, scene.thread))


async def _is_forgotten(world: World, thread: ChannelHandle) -> bool:
    return await world.topic(thread) is None


async def test_an_outage_takes_nothing(world: World) -> None:
    scene = await tea(world)
    away = {"id": str(world.guild.id), "unavailable": True}
    world.env.backend.emit("GUILD_DELETE", away)
    await world.env.settle()
    assert len(await world.kept(scene.thread)) == 5


@pytest.mark.parametrize(
    ("status", "left"), [(404, 0), (403, 0), (500, 5), (503, 5)], ids=lambda each: str(each)
)
async def test_at_the_start_a_server_goes_that_discord_says_moot_is_not_in(
    world: World, status: int, left: int
) -> None:
    """Whatever the list at a start says: an outage may have left the server out of it."""
    scene = await tea(world)
    async with world.absence():
        world.env.backend.guilds.pop(world.guild.id)
        path = f"/guilds/{world.guild.id}"
        world.env.inject_error("GET", path, status=status, times=None)
    assert len(await world.kept(scene.thread)) == left


async def test_what_was_imported_of_a_server_where_moot_never_was_stays(world: World) -> None:
    await tea(world)
    elsewhere = await of_another_server(world)
    async with world.absence():
        pass
    assert elsewhere in [each.id for each in await world.bot.partner.topics()]


async def retain(world: World, days: int) -> None:
    """The host has messages kept for so many days; nothing is erased yet."""
    chosen = replace(await settings(world), keep_days=days)
    await world.bot.partner.keep_settings(str(world.guild.id), chosen)


async def of_another_server(world: World) -> int:
    """A topic that the host imported from a server where Moot is not."""
    topic = Topic("discord", "9", "Coffee", "https://discord.com/channels/77/9")
    imported = [Message("10", Author("8", "zoe"), "Coffee is for mornings.")]
    return (await world.bot.partner.record(topic, imported)).topic_id


def say(world: World, who: int, thread: int, words: str) -> None:
    """Somebody posts while the bot is away."""
    world.env.backend.create_message(thread, who, words)
