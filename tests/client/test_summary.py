"""A person asks where a discussion stands, and presses what the card offers."""

import pytest

from tests.client.tea import tea
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio


async def test_who_comes_late_sees_where_the_thread_stands(world: World) -> None:
    scene = await tea(world)

    answer = await scene.late.slash(scene.thread, "summary")

    seen = shown(answer)
    assert answer.ephemeral
    assert "## The price" in seen
    for name in ("mira", "tomas", "ines", "dov"):
        assert name in seen
    assert "Has anybody counted how many pots we sell on a weekday?" in seen
    assert "read 5 of 5 messages" in seen
    assert f"[go to the message]({scene.url}/" in seen
    assert "[Suggest a reply]" in seen


async def test_a_topic_can_be_named_from_another_channel(world: World) -> None:
    scene = await tea(world)
    elsewhere = world.channel()

    offered = await scene.late.autocomplete(elsewhere, "summary", "topic", "pri")
    answer = await scene.late.slash(elsewhere, "summary", topic=offered[0]["value"])
    typed = await scene.late.slash(elsewhere, "summary", topic="the price")

    assert "## The price" in shown(answer)
    assert "## The price" in shown(typed)


async def test_without_a_topic_outside_of_a_thread_one_is_asked_for(world: World) -> None:
    scene = await tea(world)

    answer = await scene.late.slash(world.channel(), "summary")

    assert "Say which topic" in shown(answer)


async def test_what_is_hidden_and_what_is_not_there_look_the_same(world: World) -> None:
    secret = world.forum("staff")
    scene = await tea(world, secret)
    await world.permit(secret, scene.late, view_channel=False)
    lobby = world.channel()

    offered = await scene.late.autocomplete(lobby, "summary", "topic", "")
    hidden = await scene.late.slash(lobby, "summary", topic=str(scene.topic))
    missing = await scene.late.slash(lobby, "summary", topic="4711")
    by_title = await scene.late.slash(lobby, "summary", topic="The price")

    assert offered == []
    assert shown(hidden) == shown(missing) == shown(by_title)
    assert "The price" not in shown(hidden)


async def test_all_quotes_come_beside_the_card(world: World) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")

    quotes = await scene.late.click(card.response, label="All quotes")

    assert "> The rent went up by a third this spring" in shown(quotes)
    assert "[Suggest a reply]" in shown(card.response)


async def test_refresh_changes_the_card_in_place(world: World) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")

    pressed = await scene.late.click(card.response, label="Refresh")

    assert pressed.followups == []
    assert "## The price" in shown(card.response)


async def test_from_a_message_on_only_what_came_later_is_told(world: World) -> None:
    scene = await tea(world)
    third = scene.thread.history()[2]

    answer = await scene.late.context_menu(scene.thread, "Summarise from here", third)

    assert "Only what was said from here on" in shown(answer)
    assert "The rent went up" in shown(answer)
    assert "costs leave us no choice" not in shown(answer)


async def test_a_card_is_shared_where_all_may_read_the_topic(world: World) -> None:
    scene = await tea(world)
    lobby = world.channel()
    card = await scene.late.slash(lobby, "summary", topic=str(scene.topic))

    told = await scene.late.click(card.response, label="Share here")

    posted = lobby.last_message
    assert posted is not None
    assert "Shared by lena" in shown(posted)
    assert "[Share here]" not in shown(posted)
    assert "Shared." in shown(told)


async def test_and_kept_back_where_somebody_could_not(world: World) -> None:
    staff = world.forum("staff")
    scene = await tea(world, staff)
    await world.permit(staff, world.guild.default_role, view_channel=False)
    await world.permit(staff, scene.late, view_channel=True, read_message_history=True)
    lobby = world.channel()
    card = await scene.late.slash(lobby, "summary", topic=str(scene.topic))

    told = await scene.late.click(card.response, label="Share here")

    assert "Not everyone who reads this channel may read that topic" in shown(told)
    assert lobby.last_message is None


async def test_on_a_shared_card_each_gets_an_answer_of_their_own(world: World) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")
    await scene.late.click(card.response, label="Share here")
    posted = scene.thread.last_message
    assert posted is not None

    pressed = await scene.people["dov"].click(posted, label="Refresh")

    assert pressed.ephemeral
    assert "Shared by" not in shown(pressed)
    assert "Shared by lena" in shown(scene.thread.last_message)


async def test_who_lost_the_role_meanwhile_gets_nothing_from_a_button(world: World) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")
    await scene.late.click(card.response, label="Share here")
    posted = scene.thread.last_message
    assert posted is not None
    await world.permit(scene.forum, scene.late, read_message_history=False)

    pressed = await scene.late.click(posted, label="All quotes")

    assert "no such topic here that you may read" in shown(pressed)
    assert "rent" not in shown(pressed)


async def test_buttons_work_after_a_restart(world: World) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")
    async with world.absence():
        pass

    quotes = await scene.late.click(card.response, label="All quotes")

    assert "The rent went up" in shown(quotes)
