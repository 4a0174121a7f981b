"""Slowmode holds a person to one message at a time, whoever posts it: they or Moot for them."""

import asyncio

import pytest
from simcord.builders import ChannelHandle

from bot.client.slowmode import SlowedDown, check_post
from tests.client.tea import Tea, tea
from tests.client.test_suggest import press
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio
RENT = "The rent went up by a third"


async def test_a_card_is_shared_once_in_that_time(world: World) -> None:
    scene, lobby = await tea(world), world.channel("lobby")
    world.seen(lobby).slowmode_delay = 3600
    card = await scene.late.slash(lobby, "summary", topic=str(scene.topic))

    first = await scene.late.click(card.response, label="Share here")
    second = await scene.late.click(card.response, label="Share here")

    assert "Shared." in shown(first)
    assert "Slowmode is on here; you can post again in" in shown(second)
    assert cards_in(lobby) == 1
    await world.env.advance_time(3601)
    card = await scene.late.slash(lobby, "summary", topic=str(scene.topic))
    await scene.late.click(card.response, label="Share here")
    assert cards_in(lobby) == 2


async def test_a_restart_forgets_no_card_that_was_shared(world: World) -> None:
    scene, lobby = await tea(world), world.channel("lobby")
    card = await scene.late.slash(lobby, "summary", topic=str(scene.topic))
    await scene.late.click(card.response, label="Share here")
    async with world.absence():
        pass
    world.seen(lobby).slowmode_delay = 3600

    again = await scene.late.slash(lobby, "summary", topic=str(scene.topic))
    told = await scene.late.click(again.response, label="Share here")

    assert "Slowmode is on here" in shown(told)
    assert cards_in(lobby) == 1


async def test_what_a_person_wrote_by_hand_counts(world: World) -> None:
    scene, lobby = await tea(world), world.channel("lobby")
    world.seen(lobby).slowmode_delay = 3600
    await scene.late.send(lobby, "Good morning.")
    card = await scene.late.slash(lobby, "summary", topic=str(scene.topic))

    told = await scene.late.click(card.response, label="Share here")

    assert "Slowmode is on here" in shown(told)
    assert cards_in(lobby) == 0
    card = await scene.people["dov"].slash(lobby, "summary", topic=str(scene.topic))
    await scene.people["dov"].click(card.response, label="Share here")
    assert cards_in(lobby) == 1


async def test_a_draft_and_a_card_in_a_thread_share_one_turn(world: World) -> None:
    scene = await tea(world)
    world.seen(scene.thread).slowmode_delay = 60
    card = await scene.late.slash(scene.thread, "summary")
    await scene.late.click(card.response, label="Share here")

    told = await posted(scene, "I would keep the house pot.")

    assert "Slowmode is on here; you can post again in 60 s." in told
    assert "I would keep the house pot." in told
    await world.env.advance_time(61)
    assert "Posted:" in await posted(scene, "I would keep the house pot.")
    assert "Slowmode is on here" in await posted(scene, "And one thing more.")


async def test_it_counts_what_was_posted_for_somebody_before_a_restart(world: World) -> None:
    scene = await tea(world)
    await posted(scene, "I would keep the house pot.")
    async with world.absence():
        pass
    world.seen(scene.thread).slowmode_delay = 60

    with pytest.raises(SlowedDown):
        await check_post(await world.member(scene.late), world.seen(scene.thread))
    await check_post(await world.member(world.person("jun")), world.seen(scene.thread))


@pytest.mark.parametrize("kind", ["forum", "channel"])
async def test_one_topic_is_opened_in_that_time(world: World, kind: str) -> None:
    mira, jun = world.person("mira"), world.person("jun")
    where = world.forum() if kind == "forum" else world.channel("talk")
    lobby = world.channel("lobby")
    world.seen(where).slowmode_delay = 3600
    asked = {"where": where, "title": "Green tea?", "text": "Should we sell it?"}

    first = await mira.slash(lobby, "topic post", **asked)
    second = await mira.slash(lobby, "topic post", **asked)
    other = await jun.slash(lobby, "topic post", **asked)
    async with world.absence():
        pass
    world.seen(where).slowmode_delay = 3600
    third = await mira.slash(lobby, "topic post", **asked)

    assert "Opened:" in shown(first)
    assert "Opened:" in shown(other)
    for told in (second, third):
        assert "Slowmode is on here" in shown(told)
    assert len(await world.bot.partner.topics()) == 2


async def test_a_topic_opened_by_hand_counts(world: World) -> None:
    mira, forum, lobby = world.person("mira"), world.forum(), world.channel("lobby")
    world.seen(forum).slowmode_delay = 3600
    await world.post(mira, forum, "Tea", "I think that tea is better.")

    told = await mira.slash(lobby, "topic post", where=forum, title="Pots", text="Which?")

    assert "Slowmode is on here" in shown(told)


async def test_two_presses_at_once_are_one_turn(world: World) -> None:
    scene, lobby = await tea(world), world.channel("lobby")
    channel = world.seen(lobby)
    channel.slowmode_delay = 3600
    member = await world.member(scene.late)

    async def one() -> None:
        async with world.bot.turns.to_post(member, channel):
            await asyncio.sleep(0)

    ended = await asyncio.gather(one(), one(), return_exceptions=True)

    assert [type(each) for each in ended] == [type(None), SlowedDown]


async def test_a_turn_of_which_nothing_came_is_given_back(world: World) -> None:
    scene, lobby = await tea(world), world.channel("lobby")
    world.seen(lobby).slowmode_delay = 3600
    card = await scene.late.slash(lobby, "summary", topic=str(scene.topic))
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)

    failed = await scene.late.click(card.response, label="Share here")
    then = await scene.late.click(card.response, label="Share here")

    assert "Shared." not in shown(failed)
    assert "Shared." in shown(then)


def cards_in(channel: ChannelHandle) -> int:
    return sum(RENT in shown(each) for each in channel.history())


async def posted(scene: Tea, words: str) -> str:
    """What the late one is told who posts a draft that they changed to these words."""
    answer = await scene.late.slash(scene.thread, "suggest")
    form = await press(scene, answer, "edit")
    return shown(await scene.late.submit_modal(form, {"text": words}))
