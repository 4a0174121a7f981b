"""What is left of a summary when the words before a message are not to be told."""

from dataclasses import replace

from bot.client.views.since import since
from bot.core.arrangement import Stance
from bot.core.summary import ShownViewpoint
from tests.client.views.summaries import bakery, quote

BEFORE = quote("Ines", "It can't survive.", Stance.SUPPORTS, 3)
AFTER = quote("Ines", "Nobody here can pay for it.", Stance.SUPPORTS, 9)
ANOTHERS = quote("Cy", "Nor can I.", Stance.SUPPORTS, 4)


def left(claim: str) -> ShownViewpoint:
    view = ShownViewpoint(4, claim, None, (), ("Ines", "Cy"), (BEFORE, ANOTHERS, AFTER))
    (viewpoint,) = since(replace(bakery(), viewpoints=(view,)), 5).viewpoints
    return viewpoint


def test_a_claim_that_was_an_earlier_quote_gives_way_to_a_later_one() -> None:
    viewpoint = left(BEFORE.quote)
    assert viewpoint.claim == AFTER.quote
    assert viewpoint.evidence == (AFTER,)
    assert viewpoint.authors == ("Ines",)


def test_a_claim_of_a_models_stays() -> None:
    assert left("Nobody can afford it.").claim == "Nobody can afford it."
