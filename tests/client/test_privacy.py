"""A person looks at what is kept of them, takes it, and ends it."""

import json
from dataclasses import replace

import pytest
from simcord.actors import MemberActor
from simcord.builders import GuildHandle
from simcord.results import InteractionResult

from tests.client.tea import Tea, tea
from tests.client.test_setup import settings
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio


async def test_a_person_sees_what_is_kept_and_nobody_else_does(world: World) -> None:
    scene = await tea(world)

    card = await scene.people["tomas"].slash(scene.thread, "privacy")

    assert card.ephemeral
    assert "Of you: 2 messages in 1 topic. In this server messages are kept each until" in shown(
        card
    )


async def test_a_person_is_told_for_how_long(world: World) -> None:
    scene = await tea(world)
    chosen = replace(await settings(world), keep_days=30)
    await world.bot.partner.keep_settings(str(world.guild.id), chosen)

    card = await scene.people["tomas"].slash(scene.thread, "privacy")

    assert "In this server messages are kept each for 30 days." in shown(card)


async def test_a_person_takes_their_data_and_gets_only_theirs(world: World) -> None:
    scene = await tea(world)
    tomas = scene.people["tomas"]
    card = await tomas.slash(scene.thread, "privacy")

    sent = await tomas.click(card.response, label="Send me my data")

    assert sent.response is not None
    (file,) = sent.response.attachments
    document = json.loads(await file.read())
    said = [message["content"] for topic in document["topics"] for message in topic["messages"]]
    assert len(said) == 2
    assert said[0].startswith("I disagree")


@pytest.mark.parametrize("way", ["put out", "channel hidden", "left the server"])
async def test_what_they_may_not_read_any_more_is_not_named(world: World, way: str) -> None:
    mira, bob, channel = world.person("mira"), world.person("bob"), world.channel()
    thread = await world.thread(mira, channel, "Plans", private=way == "put out")
    for each in (world.env.backend.bot_user.id, bob.id):
        world.env.backend.add_thread_member(thread.id, each)
    await world.env.settle()
    await bob.send(thread, "I think that we should open on Sundays.")
    before = await data_of(world, bob)
    if way == "put out":
        world.env.backend.remove_thread_member(thread.id, bob.id)
    if way == "channel hidden":
        await world.permit(channel, bob, view_channel=False)
    if way == "left the server":
        other = world.env.create_guild("Elsewhere")
        world.guild.remove_member(bob)
        await world.change(thread, name="Firing bob on Friday")
        document = await data_of(world, other.add_member(bob.user), other)
    else:
        await world.change(thread, name="Firing bob on Friday")
        document = await data_of(world, bob)

    assert "Plans" in before
    assert f"/{thread.id}" in before
    assert "Sundays" in document
    assert "Firing bob" not in document
    assert f"/{thread.id}" not in document


async def test_a_topic_of_another_server_that_they_may_read_is_named(world: World) -> None:
    scene = await tea(world)
    tomas = scene.people["tomas"]
    other = world.env.create_guild("Elsewhere")

    assert "The price" in await data_of(world, other.add_member(tomas.user), other)


async def data_of(world: World, person: MemberActor, server: GuildHandle | None = None) -> str:
    """The file that a person gets who asks for their data."""
    lobby = (server or world.guild).create_text_channel("lobby")
    card = await person.slash(lobby, "privacy")
    sent = await person.click(card.response, label="Send me my data")
    assert sent.response is not None
    (file,) = sent.response.attachments
    return (await file.read()).decode()


async def test_who_opts_out_is_in_nothing_from_then_on(world: World) -> None:
    scene = await tea(world)
    tomas = scene.people["tomas"]

    told = await confirmed(scene, "Opt out")
    await tomas.send(scene.thread, "This is not to be kept.")

    summary = await scene.late.slash(scene.thread, "summary")
    assert "You have opted out. 2 messages of yours erased" in shown(told)
    assert "tomas" not in shown(summary)
    assert not any("tomas" in kept for kept in await world.kept(scene.thread))
    assert "3 by people who opted out" in shown(summary)


async def test_and_can_opt_in_again(world: World) -> None:
    scene = await tea(world)
    tomas = scene.people["tomas"]
    await confirmed(scene, "Opt out")
    card = await tomas.slash(scene.thread, "privacy")
    assert "You have opted out." in shown(card)

    await tomas.click(card.response, label="Opt in")
    await tomas.send(scene.thread, "I am back.")

    assert (await world.kept(scene.thread))[-1] == "tomas: I am back."


async def test_erasing_takes_what_is_there_and_no_more(world: World) -> None:
    scene = await tea(world)

    told = await confirmed(scene, "Erase")
    await scene.people["tomas"].send(scene.thread, "A new thought.")

    assert "2 messages of yours erased" in shown(told)
    mine = [each for each in await world.kept(scene.thread) if each.startswith("tomas")]
    assert mine == ["tomas: A new thought."]


async def test_nothing_is_erased_before_it_is_asked_once_more(world: World) -> None:
    scene = await tea(world)
    tomas = scene.people["tomas"]
    card = await tomas.slash(scene.thread, "privacy")

    asked = await tomas.click(card.response, label="Erase")

    assert "goes for good" in shown(asked)
    assert len(await world.kept(scene.thread)) == 5


@pytest.mark.parametrize("choice", ["Opt out", "Erase"])
async def test_who_thinks_better_of_it_cancels(world: World, choice: str) -> None:
    scene = await tea(world)
    tomas = scene.people["tomas"]
    card = await tomas.slash(scene.thread, "privacy")
    asked = await tomas.click(card.response, label=choice)

    told = await tomas.click(asked.response, label="Cancel")

    assert "Cancelled: nothing was changed." in shown(told)
    assert "[Yes, do it]" not in shown(told)
    assert len(await world.kept(scene.thread)) == 5


async def test_opting_out_and_erasing_are_told_apart(world: World) -> None:
    scene = await tea(world)
    tomas = scene.people["tomas"]
    card = await tomas.slash(scene.thread, "privacy")
    out = await tomas.click(card.response, label="Opt out")
    erased = await tomas.click(card.response, label="Erase")

    assert "**Opt out** erases what is kept of you and ends the keeping." in shown(card)
    assert "nothing that you write is kept or sent to a model from then on" in shown(out)
    assert "What you write from then on is kept again" in shown(erased)
    assert "choose Opt out instead" in shown(erased)


async def confirmed(scene: Tea, choice: str) -> InteractionResult:
    """Tomas presses a button of his card, and then that he means it."""
    tomas = scene.people["tomas"]
    card = await tomas.slash(scene.thread, "privacy")
    asked = await tomas.click(card.response, label=choice)
    return await tomas.click(asked.response, label="Yes, do it")
