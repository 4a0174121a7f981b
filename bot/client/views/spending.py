"""What a server has spent on models, against what it may spend, for its hosts."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from bot.archive import Spent
from bot.client.views.words import dotted
from bot.core.budget import Amount, Budget, Period, Whose, money_text

MOST_SHOWN = 5
PERIODS = {Period.DAY: "today", Period.MONTH: "this month"}
PURPOSES = {
    "brief": "summaries",
    "carry": "updates",
    "suggest": "suggestions",
    "answer": "answers",
}
"""What models are asked for; what is not here is shown as it is."""
MENDING = "_repair"


@dataclass(frozen=True, slots=True)
class Spending:
    """What a server spent: in this day and month, and in all by person and by purpose."""

    budget: Budget
    used: Mapping[Period, Amount]
    by_person: Collection[Spent] = ()
    by_purpose: Collection[Spent] = ()


def spending_lines(spending: Spending) -> Iterator[str]:
    """A line for each period, then who asked, and for what; the dearest first."""
    for period, used in spending.used.items():
        limit = spending.budget.limit(Whose.SERVER, period)
        yield f"**Spent {PERIODS[period]} (UTC)** {_of(spending.budget, used, limit)}"
    people = [each for each in spending.by_person if each.person]
    if people:
        yield f"**By person** {_shares((f'<@{each.person}>', each) for each in people)}"
    if spending.by_purpose:
        yield f"**For** {_shares((_for(each.purpose), each) for each in spending.by_purpose)}"
    if spending.budget.price is None:
        yield "-# Tokens only: no price is set."


def _of(budget: Budget, used: Amount, limit: Amount) -> str:
    tokens = f"{used.tokens or 0:,}"
    tokens += f" of {limit.tokens:,} tokens" if limit.tokens is not None else " tokens"
    if budget.price is None:
        return tokens
    money = money_text(used.money or 0, budget.price)
    if limit.money is not None:
        money += f" of {money_text(limit.money, budget.price)}"
    return dotted((tokens, money))


def _for(purpose: str | None) -> str:
    plain = (purpose or "other").removesuffix(MENDING)
    told = PURPOSES.get(plain, plain)
    return f"mended {told}" if purpose == plain + MENDING else told


def _shares(spent: Iterable[tuple[str, Spent]]) -> str:
    """The dearest, with their tokens."""
    return dotted(
        f"{what} {each.usage.prompt_tokens + each.usage.completion_tokens:,}"
        for what, each in islice(spent, MOST_SHOWN)
    )
