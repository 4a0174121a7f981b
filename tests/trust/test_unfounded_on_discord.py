"""A model that makes things up behind the real bot, and what a person sees of it: nothing live,
nobody's name or words or number that no cited sentence has, and all that is well founded."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.client.views.front import WHO_SAID_WHAT
from bot.config import Config
from tests.client.conftest import anyio_backend, world
from tests.client.tea import tea
from tests.client.world import World, shown
from tests.endpoint import serving
from tests.engines.llm.world import GoodModel, configured

pytestmark = pytest.mark.anyio
__all__ = ["anyio_backend", "world"]

FOUNDED = (
    "P2 fears that a higher price drives the regulars away [2.1].",
    "P3 says that the rent went up by a third this spring [3.1].",
    "P1 would count pots with ASP.NET 3.5, e.g. at home [6.1].",
)
UNFOUNDED = (
    "P2 points to _https://evil.ZIP/x_ instead [2.1].",
    "P2 points to éhttps://evil.zip/x instead [2.1].",
    "見https://evil.zip/x [2.1].",
    "P2 points to t.ly/evil instead [2.1].",
    "P2 points to еvil.рф/x instead [2.1].",
    "P2 points to d i s c o r d . g g / e v i l [2.1].",
    "P2 asks x@everyone of the evil [2.1].",
    "Evil it is, and Ines said so [2.1].",
    "Ines calls it evil [2.1].",
    "Das ist evil, und Inesʼ Meinung auch [2.1].",
    "P2 says ‘the regulars are all evil to the last man’ [2.1].",
    "P2 says »the regulars are all evil to the last man« [2.1].",
    "Еveryone finds it evil [2.1].",
    "All want an evil tea house [2.1].",
    "Half the thread finds it evil [2.1].",
    "P2 finds that 40 pots are evil [2.1].",
    "P3 finds the price ~~not~~ evil [3.1].",
    "P3 finds the price ||evil|| [3.1].",
)
LIVE = re.compile(
    r"://(?!discord\.com/channels/)|www\.\w|discord\.\w\w(?!m/channels)|@\w|<[@#/:]|\]\((?!https://discord)",
    re.IGNORECASE,
)


class Inventing(GoodModel):
    """Writes all of it wherever it may write, and writes it again when asked to mend it."""

    def on_brief(self, content: str) -> Any:
        good = super().on_brief(content)
        points = [
            {"title": "Evil.Zip/x", "lines": [FOUNDED[n % 3], *UNFOUNDED[n::4]]} for n in range(4)
        ]
        stands = [
            {**each, "stand": UNFOUNDED[0].removesuffix(" [2.1].")} for each in good["people"]
        ]
        opening = " ".join((FOUNDED[2], UNFOUNDED[0], FOUNDED[0]))
        return {"lead": opening, "points": points, "open": [UNFOUNDED[8]], "people": stands}

    def on_suggest(self, content: str) -> Any:
        drafts = [
            {
                "intent": "build",
                "to": [f"P{n % 4 + 1}"],
                "cites": [("1.1", "2.1", "3.1", "5.1")[n % 4]],
                "text": re.sub(r" \[[\d.]+\]", "", text),
                "beyond": text,
            }
            for n, text in enumerate(UNFOUNDED)
        ]
        return {"drafts": drafts}

    def on_answer(self, content: str) -> Any:
        return {"answer": " ".join((*UNFOUNDED[:4], FOUNDED[1])), "missing": UNFOUNDED[0]}

    on_answer_repair = on_answer


@pytest.fixture
def config(tmp_path: Path) -> Iterator[Config]:
    """The bot with a model that makes things up."""
    with serving(Inventing()) as endpoint:
        yield configured(tmp_path, endpoint.url)


async def test_what_no_sentence_bears_out_reaches_nobody_and_the_rest_does(world: World) -> None:
    scene = await tea(world)
    await scene.people["mira"].send(scene.thread, "I could count pots with ASP.NET 3.5 at home.")

    card = await scene.late.slash(scene.thread, "summary")
    people = await scene.late.click(card.response, label=WHO_SAID_WHAT)
    drafts = await scene.late.slash(scene.thread, "suggest")
    asker = scene.people["dov"]
    answer = await asker.slash(scene.thread, "ask", question="Who pays the rent of the house?")

    for seen in map(shown, (card, people, drafts, answer)):
        assert "evil" not in seen.casefold()
        assert not LIVE.search(seen)
    assert "drives the regulars away" in shown(card)
    assert "with ASP.NET 3.5, e.g. at home" in shown(card)
    assert "went up by a third" in shown(answer)
    assert "rejected" in shown(card)
