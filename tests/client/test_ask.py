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
    assert "*The discussion does not say.*" in seen
    assert "Nearest to it" in seen
    assert "> The rent went up by a third this spring" in seen
    assert "[go to the message]" in seen


async def test_what_the_asker_may_not_read_answers_nothing(world: World) -> None:
    scene = await tea(world)
    await world.permit(scene.forum, scene.late, view_channel=False)

    answer = await scene.late.slash(
        world.channel(), "ask", question="Who pays the rent?", topic=str(scene.topic)
    )

    assert "no such topic here" in shown(answer)
    assert "third" not in shown(answer)
