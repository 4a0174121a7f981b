"""Somebody takes back words that an answer shows: the answer takes them back as well."""

import discord
import pytest
from simcord.results import InteractionResult, ResponseMessage

from tests.client.tea import Tea, tea
from tests.client.test_suggest import press
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio

WITHDRAWN = "*Withdrawn: a message that this card rested on was changed or deleted."
RENT = "The rent went up by a third"


def says_nothing_more(message: discord.Message | ResponseMessage | InteractionResult) -> bool:
    """Whether no word of the discussion is left on a card, and no button."""
    return shown(message).startswith(WITHDRAWN) and "\n" not in shown(message).strip()


def rent(scene: Tea) -> discord.Message:
    return next(each for each in scene.thread.history() if each.content.startswith(RENT))


ASKED = {
    "ask": lambda scene: scene.late.slash(scene.thread, "ask", question="Who pays for the rent?"),
    "suggest": lambda scene: scene.late.slash(scene.thread, "suggest"),
    "search": lambda scene: scene.late.slash(scene.thread, "topic search", words="rent"),
    "show": lambda scene: scene.late.slash(scene.thread, "topic show"),
}


@pytest.mark.parametrize("kind", ASKED)
async def test_what_one_person_reads_goes_before_their_eyes(world: World, kind: str) -> None:
    scene = await tea(world)
    answer = await ASKED[kind](scene)
    assert "rent" in shown(answer).lower()

    await scene.people["ines"].delete(rent(scene))

    assert says_nothing_more(answer)


@pytest.mark.parametrize("label", ["Who said what", "Suggest a reply"])
async def test_so_does_what_a_button_led_to(world: World, label: str) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")
    pressed = await scene.late.click(card.response, label=label)

    await scene.people["ines"].delete(rent(scene))

    assert says_nothing_more(pressed)


async def test_and_what_came_since_a_visit(world: World) -> None:
    scene = await tea(world)
    await scene.late.slash(scene.thread, "summary")
    said = await scene.people["ines"].send(scene.thread, "We should ask the regulars about it.")
    news = await scene.late.slash(scene.thread, "catchup")
    assert "ask the regulars" in shown(news)

    await scene.people["ines"].delete(said)

    assert says_nothing_more(news)


@pytest.mark.parametrize("act", ["copy", "shorter"])
async def test_and_a_draft_by_itself(world: World, act: str) -> None:
    scene = await tea(world)
    drafts = await scene.late.slash(scene.thread, "suggest")
    alone = await press(scene, drafts, act)
    kept = await world.bot.partner.draft(1)

    thread = {str(each.id): each for each in scene.thread.history()}
    world.env.backend.delete_message(scene.thread.id, thread[min(kept.rests_on)].id)
    await world.env.settle()

    assert says_nothing_more(alone)


@pytest.mark.parametrize("label", ["Who said what", "Suggest a reply"])
async def test_a_button_of_a_card_too_old_to_be_taken_back_brings_no_words_back(
    world: World, label: str
) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")
    await world.env.advance_time(16 * 60)
    await scene.people["ines"].delete(rent(scene))

    pressed = await scene.late.click(card.response, label=label)

    assert "tomas" in shown(pressed)
    assert RENT not in shown(pressed)
