"""What a prompt costs does not follow the length of the thread."""

import re
from pathlib import Path
from typing import Any

import pytest

from bot.core.model import Author
from bot.engines import Wanted
from bot.partner import DiscussionPartner
from tests.endpoint import Reply, asked, serving
from tests.engines.llm.world import TOPIC, GoodModel, configured, say, with_partner

PURPOSES = {"read", "group", "headline", "suggest"}
SUBJECTS = ("wool", "felt", "straw", "linen", "velvet", "cotton", "silk", "leather")


def _thread(count: int) -> tuple[Any, ...]:
    """By many people: each says something else, and every third asks something."""
    return tuple(
        say(
            number,
            Author(str(number % 40), f"Person {number % 40}"),
            f"A hat of {SUBJECTS[number % 8]} number {number} is what I would take along."
            + (
                f" Who has a {SUBJECTS[number % 8]} hat number {number}?" if number % 3 == 0 else ""
            ),
        )
        for number in range(1, count + 1)
    )


class Weighed(GoodModel):
    """Notes down how long each prompt is, but for the part that is new in any case."""

    def __init__(self) -> None:
        super().__init__()
        self.longest: dict[str, int] = {}

    def __call__(self, request: dict[str, Any]) -> Reply:
        reply = super().__call__(request)
        last, size = self.asked[-1], len(re.sub(r"\d+", "0", asked(request)))
        self.longest[last] = max(self.longest.get(last, 0), size)
        return reply


def _longest_prompts(path: Path, count: int) -> dict[str, int]:
    """After the thread was read: of one more message, its draft, its answer."""
    model = Weighed()

    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        model.longest.clear()
        more = say(count + 1, Author("9", "Person 9"), "A hat of wool is what I would knit.")
        await partner.record(TOPIC, [more])
        await partner.summarise(topic)
        await partner.suggest(topic, Wanted(count=3))
        await partner.ask(topic, "Who has a hat of wool?")

    with serving(model) as endpoint:
        folder = path / str(count)
        folder.mkdir()
        with_partner(configured(folder, endpoint.url), story, _thread(count))
    return model.longest


@pytest.mark.parametrize(
    ("short", "purposes"),
    [
        pytest.param(24, PURPOSES, id="of a short thread"),
        pytest.param(60, PURPOSES | {"answer"}, id="of one that fills the room for passages"),
    ],
)
def test_ten_times_the_thread_makes_no_prompt_longer(
    tmp_path: Path, short: int, purposes: set[str]
) -> None:
    before, after = (_longest_prompts(tmp_path, count) for count in (short, 10 * short))
    assert after.keys() == before.keys() >= purposes
    for purpose in purposes:
        assert after[purpose] <= 1.3 * before[purpose], purpose
