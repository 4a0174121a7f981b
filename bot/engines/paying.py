"""Paying for a call: what it may cost is set aside before it, and settled however it ends.

A call that broke off may have been served to its end, and then its provider bills it. So it costs
what was set aside, unless somebody knows better.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.core.summary import Usage
from bot.engines import Purse


@dataclass(slots=True)
class Bill:
    """What a call costs: the most that it may, until the server has told."""

    usage: Usage

    def waive(self) -> None:
        """The server did nothing for it."""
        self.usage = Usage()


@asynccontextmanager
async def paying(
    purse: Purse | None, purpose: str, most: Usage, seconds: float
) -> AsyncGenerator[Bill]:
    """The bill to be corrected by a call that takes no longer than so many seconds."""
    bill = Bill(most)
    if purse is None:
        yield bill
        return
    reservation = await _reserved(purse, purpose, most, seconds)
    try:
        yield bill
    finally:
        await purse.settle(reservation, bill.usage)


async def _reserved(purse: Purse, purpose: str, most: Usage, seconds: float) -> int:
    """Who gives up while something is set aside for them has called nobody, and pays nothing."""
    reserving = asyncio.ensure_future(purse.reserve(purpose, most, seconds))
    try:
        return await asyncio.shield(reserving)
    except asyncio.CancelledError:
        await asyncio.wait([reserving])
        if not reserving.cancelled() and reserving.exception() is None:
            await purse.settle(reserving.result(), Usage())
        raise
