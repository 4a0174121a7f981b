"""Days and months of the calendar in UTC, exact money, and the sentence for who has spent all."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bot.core.budget import Amount, Budget, Period, Price, Whose, money_text
from bot.core.summary import Usage

TOKYO = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("at", "day", "next_day", "next_month"),
    [
        (datetime(2026, 3, 1, 0, 0, tzinfo=UTC), (3, 1), (3, 2), (4, 1)),
        (datetime(2026, 3, 31, 23, 59, 59, tzinfo=UTC), (3, 31), (4, 1), (4, 1)),
        (datetime(2026, 1, 31, 12, tzinfo=UTC), (1, 31), (2, 1), (2, 1)),
        (datetime(2026, 3, 1, 8, 59, tzinfo=TOKYO), (2, 28), (3, 1), (3, 1)),
    ],
)
def test_a_day_and_a_month_are_the_calendars_in_utc(
    at: datetime, day: tuple[int, int], next_day: tuple[int, int], next_month: tuple[int, int]
) -> None:
    assert Period.DAY.first_day(at) == date(2026, *day)
    assert Period.MONTH.first_day(at) == date(2026, day[0], 1)
    assert Period.DAY.next_day(at) == date(2026, *next_day)
    assert Period.MONTH.next_day(at) == date(2026, *next_month)


def test_after_december_comes_january() -> None:
    assert Period.MONTH.next_day(datetime(2026, 12, 5, tzinfo=UTC)) == date(2027, 1, 1)


def test_what_tokens_cost_is_exact_to_a_millionth() -> None:
    price = Price(prompt=0.25, completion=2.0)
    assert price.of(Usage(1, 1_000_000, 0)) == 250_000
    assert price.of(Usage(1, 3, 1)) == 3
    assert Budget().cost(Usage(1, 3, 1)) is None


@pytest.mark.parametrize(
    ("millionths", "told"),
    [(0, "0.00 EUR"), (1_500, "0.0015 EUR"), (1_500_000, "1.50 EUR"), (2**40, "1,099,511.63 EUR")],
)
def test_money_is_told_so_that_a_small_sum_is_not_nothing(millionths: int, told: str) -> None:
    assert money_text(millionths, Price(1, 1, "EUR")) == told


def test_the_sentence_says_whose_budget_how_much_and_until_when() -> None:
    budget = Budget(
        server_day=Amount(100_000), person_month=Amount(None, 1_500_000), price=Price(1, 2)
    )
    at = datetime(2026, 3, 31, 23, tzinfo=UTC)
    assert budget.used_up(Whose.SERVER, Period.DAY, at) == (
        "This server's budget of 100,000 tokens a day has no room for another call of the model "
        "until 2026-04-01, 00:00 UTC."
    )
    assert budget.used_up(Whose.PERSON, Period.MONTH, at).startswith(
        "The asking person's budget of 1.50 USD a month has no room"
    )
