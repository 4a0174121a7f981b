"""What hosts are told of what their server spends."""

from bot.archive import Spent
from bot.client.views.spending import Spending, spending_lines
from bot.core.budget import Amount, Budget, Period, Price
from bot.core.summary import Usage

USED = {Period.DAY: Amount(1_200, 15_000), Period.MONTH: Amount(40_000, 2_500_000)}


def test_each_period_stands_against_what_there_is() -> None:
    budget = Budget(
        server_day=Amount(100_000, 1_000_000),
        server_month=Amount(None, 20_000_000),
        price=Price(1, 2, "EUR"),
    )
    assert list(spending_lines(Spending(budget, USED))) == [
        "**Spent today (UTC)** 1,200 of 100,000 tokens · 0.0150 EUR of 1.00 EUR",
        "**Spent this month (UTC)** 40,000 tokens · 2.50 EUR of 20.00 EUR",
    ]


def test_without_a_price_there_are_tokens_only_and_it_is_said() -> None:
    assert list(spending_lines(Spending(Budget(), USED))) == [
        "**Spent today (UTC)** 1,200 tokens",
        "**Spent this month (UTC)** 40,000 tokens",
        "-# Tokens only: no price is set.",
    ]


def test_the_five_who_asked_for_most_are_named_and_nobody_who_opted_out() -> None:
    people = [_spent(person=str(n), tokens=100 - n) for n in range(1, 9)]
    nobody = [_spent(person=""), _spent(person=None)]
    kinds = {"brief": 60, "brief_repair": 20, "translate": 9}
    purposes = [_spent(purpose=kind, tokens=tokens) for kind, tokens in kinds.items()]
    lines = list(spending_lines(Spending(Budget(), {}, [*nobody, *people], purposes)))
    assert lines[0] == "**By person** <@1> 99 · <@2> 98 · <@3> 97 · <@4> 96 · <@5> 95"
    assert lines[1] == "**For** summaries 60 · mended summaries 20 · translate 9"


def _spent(person: str | None = None, purpose: str | None = None, tokens: int = 500) -> Spent:
    return Spent(None, person, None, None, purpose, None, 1, Usage(1, tokens), None)
