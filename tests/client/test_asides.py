"""What people put to Moot, and what Moot put into their drafts, is not the discussion's."""

import discord
import pytest
from simcord.actors import MemberActor

from tests.client.tea import Tea, tea
from tests.client.test_suggest import press
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio
OPEN = "Has anybody counted how many pots we sell on a weekday?"


async def card(scene: Tea, reader: MemberActor | None = None) -> str:
    return shown(await (reader or scene.late).slash(scene.thread, "summary"))


@pytest.mark.parametrize("name", ["user", "role"])
async def test_a_question_put_to_moot_is_no_open_question(world: World, name: str) -> None:
    scene, moot = await tea(world), world.env.backend.bot_user
    mention = f"<@{moot.id}>"
    if name == "role":
        role = world.seen(scene.thread).guild.me.top_role
        role.tags = discord.RoleTags({"bot_id": str(moot.id)})
        mention = f"<@&{role.id}>"

    await scene.late.send(scene.thread, f"{mention} who keeps the books of the tea house?")

    seen = await card(scene)
    assert OPEN in seen
    assert "books" not in seen
    assert "cites 4 of 4 people" in seen
    assert "1 to bots only" in seen


async def test_nor_is_one_that_replies_to_its_card(world: World) -> None:
    scene = await tea(world)
    answer = await scene.late.slash(scene.thread, "summary")
    await scene.late.click(answer.response, label="Share here")
    posted = scene.thread.last_message
    assert posted is not None

    await scene.late.send(scene.thread, "Who keeps the books of the tea house?", reply_to=posted)

    assert "books" not in await card(scene)


async def test_what_is_said_against_its_card_counts(world: World) -> None:
    scene = await tea(world)
    answer = await scene.late.slash(scene.thread, "summary")
    await scene.late.click(answer.response, label="Share here")
    posted = scene.thread.last_message
    assert posted is not None

    await scene.late.send(
        scene.thread, "The rent went up by a half, and not by a third.", reply_to=posted
    )

    assert "The rent went up by a half" in await card(scene, scene.people["dov"])


async def test_a_question_to_a_person_for_whom_moot_posted_is_open(world: World) -> None:
    scene = await tea(world)
    answer = await scene.late.slash(scene.thread, "suggest")
    form = await press(scene, answer, "edit")
    await scene.late.submit_modal(form, {"text": "I would keep the house pot as it is."})
    posted = scene.thread.last_message
    assert posted is not None

    await scene.people["dov"].send(
        scene.thread, "Who keeps the books of the tea house?", reply_to=posted
    )

    assert "Who keeps the books" in await card(scene)


@pytest.mark.parametrize("words", ["/ask who keeps the books?", "!poll Who keeps the books?"])
async def test_nor_is_a_command_that_is_typed_as_text(world: World, words: str) -> None:
    scene = await tea(world)

    await scene.late.send(scene.thread, words)

    seen = await card(scene)
    assert OPEN in seen
    assert "books" not in seen


async def test_nor_is_the_line_that_moot_put_into_a_draft(world: World) -> None:
    scene = await tea(world)
    answer = await scene.late.slash(scene.thread, "suggest", intent="build")
    form = await press(scene, answer, "edit")
    assert form.modal is not None
    words = form.modal["components"][0]["component"]["value"]
    line = words.splitlines()[-1]
    assert line.endswith("?")

    await scene.late.submit_modal(form, {"text": words})

    assert line not in await card(scene)
    kept = (await world.messages(scene.thread))[-1]
    assert (kept.author.name, kept.content) == ("lena", words)


async def test_the_history_tells_the_same(world: World) -> None:
    scene, moot = await tea(world), world.env.backend.bot_user
    async with world.absence():
        with world.env.time_context():
            world.env.backend.create_message(
                scene.thread.id, scene.late.id, f"<@{moot.id}> who keeps the books?"
            )

    assert [each.to_bot for each in await world.messages(scene.thread)] == [False] * 5 + [True]
    assert "books" not in await card(scene)
