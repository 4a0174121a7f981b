"""A person comes back to a discussion and asks what is new."""

import pytest

from tests.client.tea import tea
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio


async def test_who_comes_back_is_told_what_others_said_meanwhile(world: World) -> None:
    scene = await tea(world)
    await scene.late.slash(scene.thread, "summary")
    await scene.people["ines"].send(scene.thread, "We should ask the regulars before we decide.")
    await scene.late.send(scene.thread, "I would ask them on a Sunday.")

    card = await scene.late.slash(scene.thread, "summary")
    new = await scene.late.click(card.response, label="What is new")

    assert "1 message by others since your last visit" in shown(new)
    assert "read 1 of 1 message" in shown(new)
    assert "cites 1 of 1 person" in shown(new)
    assert "We should ask the regulars" in shown(new)
    assert "The rent went up" not in shown(new)


async def test_a_refresh_does_not_make_the_last_visit_now(world: World) -> None:
    scene = await tea(world)
    await scene.late.slash(scene.thread, "summary")
    await scene.people["ines"].send(scene.thread, "We should ask the regulars before we decide.")
    card = await scene.late.slash(scene.thread, "summary")

    await scene.late.select(card.response, ["refresh"])
    new = await scene.late.click(card.response, label="What is new")

    assert "1 message by others since your last visit" in shown(new)


async def test_catchup_goes_from_one_visit_to_the_next(world: World) -> None:
    scene = await tea(world)

    first = await scene.late.slash(scene.thread, "catchup")
    quiet = await scene.late.slash(scene.thread, "catchup")
    await scene.people["ines"].send(scene.thread, "We should ask the regulars before we decide.")
    new = await scene.late.slash(scene.thread, "catchup")

    assert "read 5 of 5 messages" in shown(first)
    assert shown(quiet) == "Nobody else has posted here since your last visit."
    assert "1 message by others since your last visit" in shown(new)


async def test_who_never_looked_counts_from_their_own_last_message(world: World) -> None:
    scene = await tea(world)

    new = shown(await scene.people["ines"].slash(scene.thread, "catchup"))
    quiet = shown(await scene.people["dov"].slash(scene.thread, "catchup"))

    assert "2 messages by others since your last message" in new
    assert "leave the house pot alone" in new
    assert "drives the regulars away" not in new
    assert quiet == "Nobody else has posted here since your last message."


async def test_on_a_shared_card_the_visit_is_that_of_who_presses(world: World) -> None:
    scene = await tea(world)
    dov = scene.people["dov"]
    await dov.slash(scene.thread, "summary")
    await scene.people["ines"].send(scene.thread, "We should ask the regulars before we decide.")
    card = await scene.late.slash(scene.thread, "summary")
    await scene.late.click(card.response, label="Share here")
    posted = scene.thread.last_message
    assert posted is not None

    his = await dov.click(posted, label="What is new")

    assert "1 message by others since your last visit" in shown(his)


async def test_what_others_replied_to_the_one_who_comes_back_comes_first(world: World) -> None:
    scene = await tea(world)
    mira = scene.people["mira"]
    point = await mira.send(scene.thread, "A pot could cost one coin more, in my opinion.")
    await mira.slash(scene.thread, "summary")
    await scene.people["ines"].send(scene.thread, "We should ask the regulars before we decide.")
    await scene.people["dov"].send(scene.thread, "One coin would be fine with me.", reply_to=point)

    new = shown(await mira.slash(scene.thread, "catchup"))

    assert "2 messages by others since your last visit" in new
    assert "**To you**\n**dov** “One coin would be fine with me.”" in new
    assert new.index("To you") < new.index("**ines**")


async def test_a_visit_holds_though_the_last_message_seen_is_gone(world: World) -> None:
    scene = await tea(world)
    ines = scene.people["ines"]
    slip = await ines.send(scene.thread, "Wrong thread, sorry about that, everybody.")
    await scene.late.slash(scene.thread, "summary")
    await ines.delete(slip)
    await ines.send(scene.thread, "We should ask the regulars before we decide.")

    new = shown(await scene.late.slash(scene.thread, "catchup"))

    assert "1 message by others since your last visit" in new
    assert "We should ask the regulars" in new


async def test_where_all_that_was_seen_is_gone(world: World) -> None:
    scene = await tea(world)
    await scene.late.slash(scene.thread, "summary")
    partner = world.bot.partner
    await partner.delete(scene.topic, [m.source_id for m in await partner.messages(scene.topic)])
    await scene.people["ines"].send(scene.thread, "We should ask the regulars before we decide.")

    new = shown(await scene.late.slash(scene.thread, "catchup"))

    assert "read 1 of 1 message" in new
    assert "since your last visit" not in new
    assert "We should ask the regulars" in new
