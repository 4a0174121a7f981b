"""Where people stand, as a terminal shows it: whoever is said to be opposed can be found."""

from bot.cli import render
from bot.core.arrangement import Stance
from bot.core.summary import (
    EngineFacts,
    Quote,
    Receipt,
    ShownViewpoint,
    Summary,
    TopicFacts,
    Usage,
)
from tests.cli.screen import printed

HATS = Quote("m1", "Ana", "Hats should come back.", Stance.SUPPORTS, None, None)
TRAIN = Quote("m2", "Ben", "They are in the way in trains.", Stance.SUPPORTS, None, None)
GONE = Quote("m3", "Ana", "I take that back.", Stance.WITHDRAWS, None, None)


def shown(*viewpoints: ShownViewpoint) -> list[str]:
    summary = Summary(
        topic=TopicFacts(1, "Hats", None, 3, 2),
        engine=EngineFacts("llm", "scripted"),
        headline=None,
        questions=(),
        viewpoints=viewpoints,
        agreements=(),
        receipt=Receipt(3, 3, (), 2, 2, (), ()),
        usage=Usage(),
    )
    lines = printed(render.summary(summary), styled=False).splitlines()
    return [line.strip() for line in lines]


def test_each_of_two_who_oppose_each_other_has_the_number_that_the_other_names() -> None:
    told = shown(
        ShownViewpoint(4, "Hats are a nuisance.", None, (7,), ("Ben",), (TRAIN,)),
        ShownViewpoint(7, HATS.quote, None, (4,), ("Ana",), (HATS,)),
    )
    assert "Hats are a nuisance.  held by Ben  [4 against 7]" in told
    assert "Ana  [7 against 4]" in told


def test_whose_words_oppose_nothing_needs_no_number() -> None:
    assert "Ana" in shown(ShownViewpoint(7, HATS.quote, None, (), ("Ana",), (HATS,)))


def test_words_that_their_author_took_back_are_held_by_nobody() -> None:
    told = shown(ShownViewpoint(7, HATS.quote, None, (), (), (HATS, GONE)))
    assert "Hats should come back.  held by nobody any more  [7]" in told
    assert "takes it back: “I take that back.”  Ana #m3" in told
