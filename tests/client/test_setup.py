"""A host chooses what is kept; a channel is told; others may not choose."""

from datetime import UTC, datetime

import discord
import pytest
from simcord.actors import MemberActor

from bot.archive import Archive, Charge, GuildSettings
from bot.core.budget import NOBODY, UNLIMITED
from bot.core.model import Topic
from bot.core.summary import Usage
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio


async def test_topics_are_kept_from_the_choice_on(world: World) -> None:
    forum, host, mira = world.forum(chosen=False), manager(world), world.person("mira")
    before = await world.post(mira, forum, "Old", "From before.")
    menus = await host.slash(world.channel(chosen=False), "moot setup")

    told = await host.select(menus.response, [forum], custom_id="moot:channels")

    after = await world.post(mira, forum, "New", "From now on.")
    assert "Topics of 1 channel are kept." in shown(told)
    assert await world.kept(before) == ["mira: From before."]
    assert await world.kept(after) == ["mira: From now on."]


async def test_the_channel_is_told_once_and_how_to_opt_out(world: World) -> None:
    channel, host = world.channel(chosen=False), manager(world)
    menus = await host.slash(channel, "moot setup")

    for chosen in ([channel], [], [channel]):
        await host.select(menus.response, chosen, custom_id="moot:channels")

    announced = [shown(each) for each in channel.history()]
    assert len([each for each in announced if "Topics here are kept by Moot" in each]) == 1
    assert "/privacy" in announced[0]


async def test_the_post_that_tells_is_no_topic_to_choose(world: World) -> None:
    forum, host = world.forum(chosen=False), manager(world)
    lobby = world.channel(chosen=False)
    menus = await host.slash(lobby, "moot setup")
    await host.select(menus.response, [forum], custom_id="moot:channels")

    assert await host.autocomplete(lobby, "summary", "topic", "") == []


async def test_a_channel_that_can_not_be_told_is_named(world: World) -> None:
    channel, host = world.channel(chosen=False), manager(world)
    assert world.bot.user is not None
    await world.permit(channel, world.bot.user, send_messages=False)
    menus = await host.slash(world.channel("lobby", chosen=False), "moot setup")

    told = await host.select(menus.response, [channel], custom_id="moot:channels")

    assert "was not told: Moot lacks permissions there (Send Messages)" in shown(told)


async def test_who_manages_nothing_chooses_nothing(world: World) -> None:
    channel, host, mira = world.channel(chosen=False), manager(world), world.person("mira")
    menus = await host.slash(channel, "moot setup")
    managers = world.guild.roles["managers"]
    world.env.backend.remove_member_role(world.guild.id, host.id, managers.id)
    await world.env.settle()

    told = await host.select(menus.response, [channel], custom_id="moot:channels")

    assert "Only who manages this server" in shown(told)
    assert not (await settings(world)).channels
    assert "moot setup" not in mira.available_commands(channel)


async def test_status_says_what_is_kept_and_what_drafts(world: World) -> None:
    forum, host, mira = world.forum(), manager(world), world.person("mira")
    await world.post(mira, forum, "Tea", "Tea is better.")

    status = await host.slash(world.channel(), "moot status")

    assert f"<#{forum.id}>" in shown(status)
    assert "1 topic · 1 message" in shown(status)
    assert "quotes only: no model is configured" in shown(status)
    assert "**Spent** nothing yet" in shown(status)


async def test_status_says_what_was_spent_on_topics_of_this_server(world: World) -> None:
    forum, host, mira = world.forum(), manager(world), world.person("mira")
    await world.post(mira, forum, "Tea", "Tea is better.")
    ours = await world.bot.partner.topics()
    elsewhere = (await world.bot.partner.record(Topic("forum", "1", "Far"), [])).topic_id
    at = datetime(2026, 3, 1, tzinfo=UTC)
    with Archive.open(world.bot.config.database.path) as archive:
        for topic_id in (ours[0].id, elsewhere):
            charge = Charge(NOBODY, "request", topic_id, "scripted", "read")
            reserved = archive.reserve(charge, Usage(), UNLIMITED, at, at)
            archive.settle(reserved, Usage(2, 1500, 300), UNLIMITED)

    status = await host.slash(world.channel(), "moot status")

    assert "2 model calls · 1,500 tokens read · 300 written" in shown(status)


def manager(world: World) -> MemberActor:
    role = world.guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
    return world.person("hana", role)


async def settings(world: World) -> GuildSettings:
    return await world.bot.partner.settings(str(world.guild.id))
