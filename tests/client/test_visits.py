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
    new = await scene.late.click(card.response, label="Since my last visit")

    assert "1 new message by ines." in shown(new)
    assert "We should ask the regulars" in shown(new)
    assert "The rent went up" not in shown(new)


async def test_a_refresh_does_not_make_the_last_visit_now(world: World) -> None:
    scene = await tea(world)
    await scene.late.slash(scene.thread, "summary")
    await scene.people["ines"].send(scene.thread, "We should ask the regulars before we decide.")
    card = await scene.late.slash(scene.thread, "summary")

    await scene.late.click(card.response, label="Refresh")
    new = await scene.late.click(card.response, label="Since my last visit")

    assert "1 new message by ines." in shown(new)


async def test_catchup_goes_from_one_visit_to_the_next(world: World) -> None:
    scene = await tea(world)

    first = await scene.late.slash(scene.thread, "catchup")
    quiet = await scene.late.slash(scene.thread, "catchup")
    await scene.people["ines"].send(scene.thread, "We should ask the regulars before we decide.")
    new = await scene.late.slash(scene.thread, "catchup")

    assert "You have not been here before" in shown(first)
    assert "Nobody else has posted here since your last visit." in shown(quiet)
    assert "1 new message by ines." in shown(new)


async def test_on_a_shared_card_the_visit_is_that_of_who_presses(world: World) -> None:
    scene = await tea(world)
    dov = scene.people["dov"]
    await dov.slash(scene.thread, "summary")
    await scene.people["ines"].send(scene.thread, "We should ask the regulars before we decide.")
    card = await scene.late.slash(scene.thread, "summary")
    await scene.late.click(card.response, label="Share here")
    posted = scene.thread.last_message
    assert posted is not None

    his = await dov.click(posted, label="Since my last visit")

    assert "1 new message by ines." in shown(his)
