"""A brief on trial tells whether a model is of use."""

import asyncio
import json
from typing import Any

import pytest

from bot.assembly import load_prompts
from bot.core.discussion import Discussion
from bot.engines.chat import Chat
from bot.engines.llm import BriefTrial, LLMEngine, try_brief
from bot.engines.server import Endpoint
from tests.endpoint import serving
from tests.engines.llm.world import HATS, TOPIC, GoodModel

STANDS = "P2 finds them a nuisance [2.1]."
FALLS = "P3 paid 40 for one [3.1]."
LINES = [{"who": f"P{n}", "stand": "Speaks of hats", "cites": [f"{n}.1"]} for n in (1, 2, 3)]


def tried(brief: dict[str, Any] | None = None) -> BriefTrial:
    model = GoodModel()
    if brief:
        model.instead = {"brief": json.dumps(brief)}

    async def work(url: str) -> BriefTrial:
        engine = LLMEngine(Chat(Endpoint("scripted", url)), load_prompts(None))
        try:
            return await try_brief(engine, Discussion(TOPIC, HATS))
        finally:
            await engine.close()

    with serving(model) as endpoint:
        return asyncio.run(work(endpoint.url))


def test_all_that_a_good_model_writes_stands() -> None:
    trial = tried()
    assert trial.stood == trial.written > 4
    assert (trial.people, trial.speakers, trial.usage.calls) == (3, 3, 1)
    assert trial.seconds > 0
    assert not trial.is_weak


@pytest.mark.parametrize(
    ("title", "falls", "weak"), [("Trains", 5, False), ("Trains", 6, True), ("40 hats", 4, True)]
)
def test_a_model_is_weak_where_fewer_than_half_stood(title: str, falls: int, weak: bool) -> None:
    """The lead and three people's lines stand, and the title where it has no number of its own."""
    points = [{"title": title, "lines": [FALLS] * falls, "for": []}]
    trial = tried({"lead": STANDS, "points": points, "open": [], "people": LINES})
    assert trial.stood == (5 if title == "Trains" else 4)
    assert trial.written == falls + 5
    assert trial.is_weak is weak
