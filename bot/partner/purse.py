"""The purse of one request: every call of the model is paid from it, by who began the request."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import uuid4

from bot.archive import Archive, Charge
from bot.core.budget import Budget, Payer
from bot.core.errors import ArchiveUnavailable, OverBudget
from bot.core.summary import Usage
from bot.partner.threads import ArchiveThreads


class RequestPurse:
    """What one request about a topic may spend with one model, kept in the archive."""

    def __init__(
        self,
        threads: ArchiveThreads,
        budget: Budget,
        clock: Callable[[], datetime],
        payer: Payer,
        topic_id: int,
        model: str,
    ) -> None:
        self._threads = threads
        self._budget = budget
        self._clock = clock
        self._payer = payer
        self._topic_id = topic_id
        self._model = model
        self._request = uuid4().hex
        self._why_not: str | None = None

    async def reserve(self, purpose: str, most: Usage, seconds: float) -> int:
        """Sets aside what a call may cost. Raises OverBudget; after that, for all other calls.

        A long reading has thousands of them, and need not ask the archive for each.
        """
        if self._why_not is not None:
            raise OverBudget(self._why_not)
        at = self._clock()
        charge = Charge(self._payer, self._request, self._topic_id, self._model, purpose)
        until = at + timedelta(seconds=seconds)
        try:
            return await self._threads.write(Archive.reserve, charge, most, self._budget, at, until)
        except OverBudget as error:
            self._why_not = str(error)
            raise

    async def settle(self, reservation: int, usage: Usage) -> None:
        """Pays what the call did cost, and frees the rest.

        Where the archive can't be written to, the reservation lapses, and is a charge. Nobody loses
        an answer for it.
        """
        with suppress(ArchiveUnavailable):
            await self._threads.write(Archive.settle, reservation, usage, self._budget)
