"""What a draft is written from, where a thread has more viewpoints than a prompt has room for."""

import json
import re
from pathlib import Path

from bot.core.model import Author
from bot.engines.llm.picture import MOST_VIEWPOINTS
from bot.partner import DiscussionPartner
from tests.endpoint import serving
from tests.engines.llm.world import BEN, GoodModel, configured, say, with_partner

PRAISE = tuple(
    say(n, Author(f"9{n}", f"Ana {n}"), f"Hat number {n} is the warmest thing that I own.")
    for n in range(1, MOST_VIEWPOINTS + 9)
)
ALONE = say(99, BEN, "Hats are a nuisance in every train.")


def test_a_headline_is_written_in_sight_of_who_stands_alone(tmp_path: Path) -> None:
    shown: list[str] = []
    model = GoodModel()
    model.places["nuisance"] = "against {number 20}"

    def headline(content: str) -> str:
        shown.append(content)
        return json.dumps(model.on_headline(content))

    async def work(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)

    model.instead["headline"] = headline
    with serving(model) as endpoint:
        with_partner(configured(tmp_path, endpoint.url), work, (*PRAISE, ALONE))
    assert "hats are a nuisance" in shown[0]
    assert "number 20 is the warmest thing" in shown[0]
    assert len(re.findall(r"^V\d+", shown[0], re.MULTILINE)) == MOST_VIEWPOINTS
