"""What a prompt costs does not follow the length of the thread."""

import re
from pathlib import Path
from typing import Any

from bot.core.model import Author
from bot.engines import Wanted
from bot.partner import DiscussionPartner
from tests.endpoint import Reply, serving
from tests.engines.llm.world import TOPIC, GoodModel, configured, say, with_partner

SHORT, LONG = 60, 600
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
        content = request["messages"][1]["content"]
        last, size = self.asked[-1], len(re.sub(r"\d+", "0", content))
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


def test_ten_times_the_thread_makes_no_prompt_longer(tmp_path: Path) -> None:
    short, long = (_longest_prompts(tmp_path, count) for count in (SHORT, LONG))
    assert long.keys() == short.keys() >= {"read", "group", "headline", "suggest", "answer"}
    for purpose, size in long.items():
        assert size <= 1.3 * short[purpose], purpose
