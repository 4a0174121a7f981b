"""A person asks a discussion something."""

import pytest

from tests.client.tea import tea
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio


async def test_without_a_model_the_nearest_words_are_shown_and_no_answer_made_up(
    world: World,
) -> None:
    scene = await tea(world)

    answer = await scene.late.slash(scene.thread, "ask", question="Who pays the rent?")

    seen = shown(answer)
    assert answer.ephemeral
    assert "### Who pays the rent?" in seen
    assert "These passages are nearest:\n**ines** “The rent went up by a third this spring" in seen
    assert "does not say" not in seen
    assert "searched 5 of 5 messages" in seen


async def test_where_no_word_is_shared_it_says_what_to_do(world: World) -> None:
    scene = await tea(world)

    answer = await scene.late.slash(scene.thread, "ask", question="Why xylophones?")

    assert "Nothing in this discussion shares a word with your question." in shown(answer)
    assert "nearest" not in shown(answer)


async def test_what_the_asker_may_not_read_answers_nothing(world: World) -> None:
    scene = await tea(world)
    await world.permit(scene.forum, scene.late, view_channel=False)

    answer = await scene.late.slash(
        world.channel(), "ask", question="Who pays the rent?", topic=str(scene.topic)
    )

    assert "no such topic here" in shown(answer)
    assert "third" not in shown(answer)
