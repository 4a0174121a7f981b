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
    assert f"### [The price]({scene.url})" in seen
    for name in ("mira", "tomas", "ines", "dov"):
        assert name in seen
    assert "Has anybody counted how many pots we sell on a weekday?" in seen
    assert "read 5 of 5 messages" in seen
    assert f"[›]({scene.url}/" in seen
    assert "[Suggest a reply]" in seen


async def test_a_topic_can_be_named_from_another_channel(world: World) -> None:
    scene = await tea(world)
    elsewhere = world.channel()

    offered = await scene.late.autocomplete(elsewhere, "summary", "topic", "pri")
    answer = await scene.late.slash(elsewhere, "summary", topic=offered[0]["value"])
    typed = await scene.late.slash(elsewhere, "summary", topic="the price")

    assert "### [The price](" in shown(answer)
    assert "### [The price](" in shown(typed)


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


async def test_who_said_what_comes_beside_the_card(world: World) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")

    people = await scene.late.click(card.response, label="Who said what")

    assert "**ines** “The rent went up by a third this spring" in shown(people)
    assert "[This misstates me]" in shown(people)
    assert "[Suggest a reply]" in shown(card.response)


async def test_many_people_are_turned_page_by_page(world: World) -> None:
    scene = await tea(world)
    for n in range(30):
        said = f"I think that table {n} should have a pot of its own, since it asked for one."
        await world.person(f"guest{n}").send(scene.thread, said)
    card = await scene.late.slash(scene.thread, "summary")
    people = await scene.late.click(card.response, label="Who said what")
    first = shown(people)

    turned = await scene.late.click(people.response, label="Next ▶")

    assert turned.followups == []
    assert "page 1 of" in first
    assert "page 2 of" in shown(people.response)


async def test_refresh_changes_the_card_in_place(world: World) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")
    await scene.people["dov"].send(scene.thread, "Who would count the pots, then?")

    pressed = await scene.late.select(card.response, ["refresh"])

    assert pressed.followups == []
    assert "read 6 of 6 messages" in shown(card.response)


async def test_a_question_can_be_asked_from_the_card(world: World) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")
    async with world.absence():
        pass

    form = await scene.late.select(card.response, ["ask"])
    answer = await scene.late.submit_modal(form, {"text": "Who pays the rent?"})

    assert answer.ephemeral
    assert "### Who pays the rent?" in shown(answer)
    assert "The rent went up by a third" in shown(answer)


async def test_from_a_message_on_only_what_came_later_is_told(world: World) -> None:
    scene = await tea(world)
    third = scene.thread.history()[2]

    answer = await scene.late.context_menu(scene.thread, "Summarise from here", third)
    people = await scene.late.click(answer.response, label="Who said what")

    for seen in (shown(answer), shown(people)):
        assert "The rent went up" in seen
        assert "costs leave us no choice" not in seen
    assert "3 messages by others from that message on" in shown(answer)


async def test_from_the_first_message_on_it_is_the_whole(world: World) -> None:
    scene = await tea(world)
    first = scene.thread.history()[0]

    answer = await scene.late.context_menu(scene.thread, "Summarise from here", first)

    assert "read 5 of 5 messages" in shown(answer)
    assert "[Share here]" in shown(answer)


async def test_the_last_hours_are_told_by_themselves_and_lead_to_the_whole(world: World) -> None:
    scene = await tea(world)
    await world.env.advance_time(3 * 3600)
    await scene.people["dov"].send(scene.thread, "Then let us raise it in June.")

    last = await scene.late.slash(scene.thread, "summary", hours=2)
    seen = shown(last)
    await scene.late.click(last.response, label="The whole discussion")

    assert "1 message by others in the last 2 hours" in seen
    assert "raise it in June" in seen
    assert "rent" not in seen
    assert "The rent went up" in shown(last.response)


async def test_hours_in_which_nobody_else_wrote_are_a_sentence(world: World) -> None:
    scene = await tea(world)
    await world.env.advance_time(3 * 3600)
    await scene.late.send(scene.thread, "I think that nobody is here any more.")

    last = await scene.late.slash(scene.thread, "summary", hours=1)

    assert shown(last) == "Nobody else has posted here in the last hour."


async def test_a_card_is_shared_where_all_may_read_the_topic(world: World) -> None:
    scene = await tea(world)
    lobby = world.channel()
    card = await scene.late.slash(lobby, "summary", topic=str(scene.topic))

    told = await scene.late.click(card.response, label="Share here")

    posted = lobby.last_message
    assert posted is not None
    assert "shared by lena" in shown(posted)
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

    pressed = await scene.people["dov"].select(posted, ["refresh"])

    assert pressed.ephemeral
    assert "shared by" not in shown(pressed)
    assert "shared by lena" in shown(scene.thread.last_message)


async def test_who_lost_the_role_meanwhile_gets_nothing_from_a_button(world: World) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")
    await scene.late.click(card.response, label="Share here")
    posted = scene.thread.last_message
    assert posted is not None
    await world.permit(scene.forum, scene.late, read_message_history=False)

    pressed = await scene.late.click(posted, label="Who said what")

    assert "no such topic here that you may read" in shown(pressed)
    assert "rent" not in shown(pressed)


async def test_buttons_work_after_a_restart(world: World) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")
    async with world.absence():
        pass

    people = await scene.late.click(card.response, label="Who said what")

    assert "The rent went up" in shown(people)
