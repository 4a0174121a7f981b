"""Paying for a call: what it may cost is set aside before it, and settled however it ends."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.core.summary import Usage
from bot.engines import Purse


@dataclass(slots=True)
class Bill:
    """What a call cost, as far as it is known; nothing until the server has told."""

    usage: Usage = field(default_factory=Usage)


@asynccontextmanager
async def paying(
    purse: Purse | None, purpose: str, most: Usage, seconds: float
) -> AsyncGenerator[Bill]:
    """The bill to be filled in by a call that takes no longer than so many seconds."""
    bill = Bill()
    if purse is None:
        yield bill
        return
    reservation = await purse.reserve(purpose, most, seconds)
    try:
        yield bill
    finally:
        await purse.settle(reservation, bill.usage)
