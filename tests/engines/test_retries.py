"""When a call is made again: by chance within a bound that doubles, never before it is asked."""

from datetime import UTC, datetime

import pytest

from bot.engines.estimate import TokenEstimate, size_of, weight_of
from bot.engines.retries import Retries, seconds_asked

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_the_bound_doubles_and_has_an_end() -> None:
    latest = Retries(10, 60, random=lambda: 1.0)
    assert [latest.wait(made, None) for made in range(6)] == [0.5, 1, 2, 4, 8, 8]


def test_chance_decides_over_all_of_it() -> None:
    assert Retries(1, 60, random=lambda: 0.0).wait(0, None) == 0
    assert Retries(1, 60, random=lambda: 0.5).wait(0, None) == 0.25


def test_there_is_an_end() -> None:
    assert Retries(2, 60, random=lambda: 0.5).wait(2, None) is None
    assert Retries(0, 60, random=lambda: 0.5).wait(0, None) is None


def test_what_the_server_asks_for_is_waited_and_no_longer_than_is_borne() -> None:
    retries = Retries(3, 60, random=lambda: 0.5)
    assert retries.wait(0, 7) == 7.25
    assert retries.wait(0, 60) == 60.25
    assert retries.wait(0, 61) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after": "-3"}, 0),
        ({"retry-after-ms": "250", "retry-after": "1"}, 0.25),
        ({"retry-after": "Sun, 01 Mar 2026 12:02:00 GMT"}, 120),
        ({"retry-after": "Sun, 01 Mar 2026 11:00:00 GMT"}, 0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": ""}, None),
    ],
)
def test_a_retry_after_is_a_number_or_a_date(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert seconds_asked(headers, NOW) == seconds


def test_an_estimate_is_careful_at_first_and_learns_what_a_server_counts() -> None:
    estimate = TokenEstimate()
    assert estimate.of(4000) > 2000
    estimate.learn(4000, 1000)
    assert 1000 < estimate.of(4000) < 1200


def test_an_estimate_goes_by_the_dearest_of_the_latest_calls() -> None:
    estimate = TokenEstimate()
    estimate.learn(4000, 3000)
    for _ in range(7):
        estimate.learn(4000, 1000)
    assert estimate.of(4000) > 3000
    estimate.learn(4000, 1000)
    assert estimate.of(4000) < 1200


def test_a_count_that_can_not_be_teaches_nothing_much() -> None:
    estimate = TokenEstimate()
    estimate.learn(10, 10**9)
    assert estimate.of(4000) < 4100
    assert TokenEstimate().of(0) > 0
    assert size_of("茶\ud800") == 4


@pytest.mark.parametrize("text", ["7" * 3000, "{}[]!?" * 500, "茶" * 1000, "ёлка " * 300])
def test_what_takes_more_tokens_weighs_more(text: str) -> None:
    """A thread in English teaches nothing that is too cheap for one of digits or of Chinese."""
    english = "Hats should come back, for they keep the sun out. " * 40
    estimate = TokenEstimate()
    estimate.learn(weight_of(english), len(english) // 4)
    assert estimate.of(weight_of(text)) >= len(text) * 0.5
    assert weight_of("a" * 1000) == 1000
