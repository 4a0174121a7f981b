"""Means and intervals, where the right answer is known."""

import pytest

from bot.evals.case import Score, share
from bot.evals.estimates import difference, estimate


def test_a_share_of_people_is_the_share_of_all_people() -> None:
    found = estimate([share(1, 1), share(0, 3)], seed=1)
    assert found.value == 0.25
    assert estimate([Score(1), Score(0)], seed=1).value == 0.5


def test_a_share_of_nothing_counts_for_nothing() -> None:
    assert estimate([share(1, 2), share(0, 0)], seed=1).value == 0.5
    assert estimate([share(0, 0)], seed=1).value == 0


def test_the_interval_is_as_wide_as_the_binomial_says_and_repeatable() -> None:
    found = estimate([Score(place % 2) for place in range(100)], seed=3)
    assert found.value == 0.5
    assert found.low == pytest.approx(0.4, abs=0.03)
    assert found.high == pytest.approx(0.6, abs=0.03)
    assert estimate([Score(place % 2) for place in range(100)], seed=3) == found
    assert estimate([Score(place % 2) for place in range(100)], seed=4) != found


def test_one_case_has_no_interval() -> None:
    found = estimate([Score(0.5)], seed=1)
    assert (found.low, found.high) == (None, None)


def test_a_small_gain_on_every_case_shows_though_the_cases_differ_widely() -> None:
    before = [Score(place / 40) for place in range(40)]
    after = [Score(each.value + 0.05) for each in before]
    found = difference(list(zip(after, before, strict=True)), seed=1)
    assert found.value == pytest.approx(0.05)
    assert found.low is not None
    assert found.low > 0.04
    apart = estimate(after, seed=1)
    assert apart.low is not None
    assert apart.low < estimate(before, seed=1).value, "unpaired, nothing would show"
