"""A view that was written down twice becomes one, at the price of what is new."""

import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.core.model import Message
from bot.core.summary import ChangeKind, Count, Summary
from bot.partner import DiscussionPartner
from tests.endpoint import Endpoint, asked, serving
from tests.engines.llm.world import ANA, BEN, CHO, TOPIC, GoodModel, configured, say, with_partner

SUN = say(1, ANA, "A brim keeps the sun out of your eyes.")
TRAIN = say(2, ANA, "Nobody can stow such a thing away in a train.")
AGAIN = say(3, BEN, "A brim keeps the sun out of both eyes.")
SHADE = say(4, CHO, "A wide brim keeps the sun out of your eyes.")
THREAD = (SUN, TRAIN, AGAIN)

Story = Callable[[DiscussionPartner, int], Awaitable[Any]]


def told(path: Path, model: Any, story: Story, thread: tuple[Message, ...] = THREAD) -> Endpoint:
    with serving(model) as endpoint:
        with_partner(configured(path, endpoint.url), story, thread)
    return endpoint


def twins() -> GoodModel:
    """A model that overlooks at first that two claims say the same, and sees it when asked."""
    model = GoodModel()
    model.merges = lambda one, other: "sun" in one and "sun" in other
    return model


def holders(summary: Summary) -> list[tuple[str, ...]]:
    return [each.authors for each in summary.viewpoints]


def test_who_says_the_same_holds_one_viewpoint_under_the_older_id(tmp_path: Path) -> None:
    model = twins()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        summary = await partner.summarise(topic)
        sun, train = summary.viewpoints
        assert (sun.id, sun.authors, train.authors) == (1, ("Ana", "Ben"), ("Ana",))
        assert [each.message_id for each in sun.evidence] == ["m1", "m3"]
        state = await partner.state(topic)
        assert [state.arrangement.now(each) for each in (1, 2, 3)] == [1, 2, 1]

    told(tmp_path, model, story)
    assert model.asked == ["read", "group", "merge", "headline"]


def test_only_what_is_new_is_compared(tmp_path: Path) -> None:
    """What the model found different once is not put to it again."""
    model = GoodModel()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        model.asked.clear()
        await partner.record(TOPIC, [say(5, CHO, "Felt is warm in a train.")])
        await partner.summarise(topic)
        assert model.asked == ["read", "group", "headline"]
        await partner.record(TOPIC, [SHADE])
        assert len((await partner.summarise(topic)).viewpoints) == 5

    shown = asked(told(tmp_path, model, story).requests[-2])
    assert re.findall(r"^V(\d+)", shown, re.MULTILINE) == ["1", "5"]


def test_who_missed_it_is_told_that_somebody_joined_not_of_a_new_view(tmp_path: Path) -> None:
    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        await partner.record(TOPIC, [SHADE])
        (change,) = (await partner.catch_up(topic, "m3")).changes
        assert change.kind is ChangeKind.GAINED
        assert "Cho" in change.text

    told(tmp_path, twins(), story)


@pytest.mark.parametrize(
    ("thread", "places"),
    [
        ((SUN, TRAIN, say(3, ANA, AGAIN.content)), {}),
        (THREAD, {"both eyes": "against {your eyes}"}),
        ((SUN, TRAIN, say(3, BEN, "It is dark.")), {}),
        ((SUN, TRAIN, say(3, BEN, "A brim keeps the sun out of 2 eyes.")), {}),
    ],
)
def test_neither_ones_own_points_nor_opposite_or_unlike_views_are_compared(
    tmp_path: Path, thread: tuple[Message, ...], places: dict[str, str]
) -> None:
    model = twins()
    model.places = places

    async def story(partner: DiscussionPartner, topic: int) -> None:
        assert len((await partner.summarise(topic)).viewpoints) == 3

    told(tmp_path, model, story, thread)
    assert "merge" not in model.asked


def test_with_the_claim_that_made_it_the_merge_goes(tmp_path: Path) -> None:
    model = twins()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        await partner.record(TOPIC, [SHADE])
        await partner.summarise(topic)
        await partner.delete(topic, ["m1"])
        assert holders(await partner.summarise(topic)) == [("Ana",), ("Ben", "Cho")]
        model.merges = lambda one, other: False
        await partner.delete(topic, ["m3"])
        assert holders(await partner.summarise(topic)) == [("Ana",), ("Cho",)]

    told(tmp_path, model, story)


def test_a_model_that_gives_out_over_it_costs_no_grouping(tmp_path: Path) -> None:
    model = twins()
    model.instead["merge"] = lambda content: "I would rather not say."

    async def story(partner: DiscussionPartner, topic: int) -> None:
        summary = await partner.summarise(topic)
        assert (summary.engine.name, len(summary.viewpoints)) == ("llm", 3)
        assert Count("not_compared", 1) in summary.receipt.rejected
        assert (await partner.summarise(topic)).usage.calls == 0

    told(tmp_path, model, story)


def test_what_the_model_leaves_out_or_makes_up_stays_apart(tmp_path: Path) -> None:
    model = twins()
    made_up = {"verdicts": [{"pair": "9", "verdict": "same"}]}
    model.instead["merge"] = lambda content: json.dumps(made_up)

    async def story(partner: DiscussionPartner, topic: int) -> None:
        assert len((await partner.summarise(topic)).viewpoints) == 3

    told(tmp_path, model, story)
    assert model.asked.count("merge") == 2  # one repair


def test_a_small_model_which_compares_claim_by_claim_is_not_asked_again(tmp_path: Path) -> None:
    model = twins()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        assert len((await partner.summarise(topic)).viewpoints) == 3

    with serving(model) as endpoint:
        endpoint.model["meta"] = {"n_params": 1_500_000_000}
        with_partner(configured(tmp_path, endpoint.url), story, THREAD)
    assert "relate" in model.asked
    assert "merge" not in model.asked
