"""Ids that somebody made up: what may not be read is told like what is not there."""

from collections.abc import Iterator
from typing import Any

import pytest
from simcord.actors import MemberActor, _visible_message
from simcord.components import walk_components
from simcord.results import InteractionResult

from bot.engines import Wanted
from tests.client.tea import tea
from tests.client.test_suggest import press
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio

WANTED = Wanted(count=1)
LABEL, REMOVE = "Who said what", "Remove"
PRESSES = (
    "people:{}:0",
    "people:{}:1",
    "people:{}:0:2",
    "people:{}:0:99999999999999999999",
    "whole:{}",
    "since:{}",
    "since:{}:1",
    "share:{}",
    "suggest:{}",
    "another:{}:3",
    "misstates:{}",
)
OF_DRAFTS = ("copy:{}:0", "shorter:{}:1", "edit:{}:0")
COMMANDS = ("summary", "catchup", "suggest", "topic show", "topic close")


async def hidden(world: World) -> int:
    """A topic of a channel that only its boss may see."""
    boss, board = world.person("boss"), world.channel("board")
    await world.permit(board, world.guild.default_role, view_channel=False)
    for each in (boss, world.env.backend.bot_user):
        await world.permit(board, each, view_channel=True, read_message_history=True)
    secret = await world.thread(boss, board, "Board")
    await boss.send(secret, "I think that the layoffs are item one.")
    kept = await world.topic(secret)
    assert kept is not None
    return kept.id


async def test_a_press_tells_nothing_of_what_is_hidden(world: World) -> None:
    scene = await tea(world)
    topic = await hidden(world)
    card = await scene.late.slash(scene.thread, "summary")

    for act in PRESSES:
        there = await forged(scene.late, card, f"moot:{act.format(topic)}")
        missing = await forged(scene.late, card, f"moot:{act.format(topic + 1000)}")

        assert there == missing, act
        assert "layoffs" not in there


async def test_a_press_tells_nothing_of_drafts_of_what_is_hidden(world: World) -> None:
    scene = await tea(world)
    topic = await hidden(world)
    suggestions = await world.bot.partner.suggest(topic, WANTED)
    draft = suggestions.suggestions[0].id
    card = await scene.late.slash(scene.thread, "summary")

    for act in OF_DRAFTS:
        there = await forged(scene.late, card, f"moot:{act.format(draft)}")
        missing = await forged(scene.late, card, f"moot:{act.format(draft + 1000)}")

        assert there == missing, act
        assert "no longer there" in there


async def test_an_option_tells_nothing_of_what_is_hidden(world: World) -> None:
    scene = await tea(world)
    topic = await hidden(world)
    lobby = world.channel("lobby")

    for command in COMMANDS:
        told = {
            shown(await scene.late.slash(lobby, command, topic=words))
            for words in (str(topic), str(topic + 1000), "Board", "oar", "no such words", "9" * 30)
        }
        assert len(told) == 1, told
    asked = {
        shown(await scene.late.slash(lobby, "ask", topic=words, question="What is item one?"))
        for words in (str(topic), str(topic + 1000), "Board")
    }
    assert len(asked) == 1


async def test_a_number_that_titles_have_in_them_tells_none_of_these(world: World) -> None:
    """No id, but a part of several titles that are hidden."""
    scene, boss, board = await tea(world), world.person("boss"), world.channel("board")
    for name in ("Layoffs of 2026", "Salaries of 2026"):
        secret = await world.thread(boss, board, name)
        await boss.send(secret, "I think that this is item one.")
    await world.permit(board, scene.late, view_channel=False)
    lobby = world.channel("lobby")

    for command in COMMANDS:
        told = shown(await scene.late.slash(lobby, command, topic="2026"))
        assert told.startswith("There is no such topic here that you may read"), told
    seen = shown(await boss.slash(lobby, "topic show", topic="2026"))
    assert "Several topics fit" in seen


async def test_a_topic_is_found_by_a_number_in_its_title(world: World) -> None:
    scene = await tea(world, title="The prices of 2026")

    assert "The rent" in shown(await scene.late.slash(scene.forum, "summary", topic="2026"))


async def test_a_private_thread_that_moot_lost_is_told_like_any_other(world: World) -> None:
    scene, boss, board = await tea(world), world.person("boss"), world.channel("board")
    secret = await world.thread(boss, board, "Board", private=True)
    world.env.backend.add_thread_member(secret.id, world.env.backend.bot_user.id)
    await world.env.settle()
    await boss.send(secret, "I think that the layoffs are item one.")
    kept = await world.topic(secret)
    assert kept is not None
    await world.permit(board, world.env.backend.bot_user, view_channel=False)
    lobby = world.channel("lobby")

    lost, missing = [
        shown(await scene.late.slash(lobby, "summary", topic=str(id_)))
        for id_ in (kept.id, kept.id + 1000)
    ]

    assert lost == missing
    assert "no such topic here that you may read" in lost


async def forged(person: MemberActor, card: InteractionResult, custom_id: str) -> str:
    """What a person sees who presses a button of theirs as if it carried another id."""
    buttons = list(_buttons(person, card))
    one = next(each for each in buttons if each.get("label") == LABEL)
    others = {id(each): each["custom_id"] for each in buttons}
    for each in buttons:
        each["custom_id"] = custom_id if each is one else f"{each['custom_id']}0"
    try:
        return shown(await person.click(card.response, label=LABEL))
    finally:
        for each in buttons:
            each["custom_id"] = others[id(each)]


def _buttons(person: MemberActor, card: InteractionResult) -> Iterator[dict[str, Any]]:
    stored = _visible_message(person, card.response)
    for each in walk_components(stored.components):
        if each.get("type") == 2 and "custom_id" in each:
            yield each


async def test_whose_a_message_is_the_press_does_not_say(world: World) -> None:
    scene = await tea(world)
    answer = await scene.late.slash(scene.thread, "suggest")
    form = await press(scene, answer, "edit")
    await scene.late.submit_modal(form, {"text": "I would keep the house pot."})
    posted = scene.thread.last_message
    assert posted is not None
    stored = _visible_message(scene.people["dov"], posted)
    (remove,) = [each for each in walk_components(stored.components) if each.get("label") == REMOVE]
    remove["custom_id"] = f"moot:remove:{scene.people['dov'].id}"

    told = await scene.people["dov"].click(posted, label=REMOVE)

    assert "Only the person it was posted for" in shown(told)
    assert len(scene.thread.history()) == 6
