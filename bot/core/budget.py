"""Budgets: who pays for a model call, what it costs, and how much of it there may be.

Days and months are those of the calendar in UTC. Money is counted in whole millionths of the
currency unit, so that sums are exact. What was spent is for others to know.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from bot.core.summary import Usage

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Payer:
    """For whom a model is asked: a server and a person, by their ids; None where nobody is named.

    Who is not named has no limit: on the command line it is the host.
    """

    server: str | None = None
    person: str | None = None


NOBODY = Payer()


class Whose(StrEnum):
    """Whose budget it is."""

    SERVER = "server"
    PERSON = "person"


class Period(StrEnum):
    """For how long a budget is."""

    DAY = "day"
    MONTH = "month"

    def first_day(self, at: datetime) -> date:
        """The day on which the period that holds `at` began."""
        day = at.astimezone(UTC).date()
        return day if self is Period.DAY else day.replace(day=1)

    def next_day(self, at: datetime) -> date:
        """The day on which the next period begins."""
        first = self.first_day(at)
        if self is Period.DAY:
            return first + timedelta(days=1)
        return (first + timedelta(days=31)).replace(day=1)


@dataclass(frozen=True, slots=True)
class Price:
    """What a million tokens cost, read and written."""

    prompt: float
    completion: float
    currency: str = "USD"

    def of(self, usage: Usage) -> int:
        """What it costs, in millionths of the currency unit."""
        prompt, completion = usage.prompt_tokens, usage.completion_tokens
        return round(prompt * self.prompt + completion * self.completion)


@dataclass(frozen=True, slots=True)
class Amount:
    """Tokens, read and written together, and money in millionths; None where nothing is known."""

    tokens: int | None = None
    money: int | None = None

    def plus(self, other: "Amount") -> "Amount":
        """Both together."""
        tokens = (self.tokens or 0) + (other.tokens or 0)
        return Amount(tokens, (self.money or 0) + (other.money or 0))

    def more_than(self, limit: "Amount") -> bool:
        """Whether it is more than a limit, in tokens or in money; a limit of None holds nothing."""
        pairs = ((self.tokens, limit.tokens), (self.money, limit.money))
        return any((spent or 0) > most for spent, most in pairs if most is not None)


NO_LIMIT = Amount()


@dataclass(frozen=True, slots=True)
class Budget:
    """What a server and a person may spend in a day and in a month, and what tokens cost."""

    server_day: Amount = NO_LIMIT
    server_month: Amount = NO_LIMIT
    person_day: Amount = NO_LIMIT
    person_month: Amount = NO_LIMIT
    price: Price | None = None

    def limit(self, whose: Whose, period: Period) -> Amount:
        """What there may be of it."""
        limit: Amount = getattr(self, f"{whose}_{period}")
        return limit

    def cost(self, usage: Usage) -> int | None:
        """What it costs, in millionths of the currency unit; None without a price."""
        return self.price.of(usage) if self.price else None

    def told(self, amount: Amount) -> str:
        """`100,000 tokens`, `1.50 USD`, or both."""
        tokens = f"{amount.tokens:,} tokens" if amount.tokens is not None else ""
        money = money_text(amount.money, self.price) if amount.money is not None else ""
        return " and ".join(filter(None, (tokens, money)))

    def used_up(self, whose: Whose, period: Period, at: datetime) -> str:
        """The sentence for who asks for more than there is."""
        owner = "This server's" if whose is Whose.SERVER else "The asking person's"
        limit = self.told(self.limit(whose, period))
        again = period.next_day(at).isoformat()
        return (
            f"{owner} budget of {limit} a {period} has no room for another call of the model "
            f"until {again}, 00:00 UTC."
        )


UNLIMITED = Budget()


def money_text(millionths: int, price: Price | None) -> str:
    """`1.50 USD`; below one unit with four places."""
    amount = millionths / MILLION
    places = 2 if amount >= 1 or not amount else 4
    return f"{amount:,.{places}f} {price.currency if price else ''}".rstrip()
