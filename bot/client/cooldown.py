"""A pause between two requests of one person that ask a model anew, or break off those of others.

Kept in memory alone: a restart forgets it, which costs no more than one request each.
"""

import time
from collections.abc import Callable

from bot.core.errors import MootError
from bot.core.summary import EngineFacts

ASKED = "You asked just now: wait {left} s, then ask again."
TOOK_BACK = "You did that just now: wait {left} s, then do it again."


class TooSoon(MootError):
    """Somebody who asks again before their pause is over."""


class Cooldown:
    """Lets each person through once in so many seconds. The clock gives seconds.

    `told` is what who comes too soon is told, with `{left}` where the seconds stand.
    """

    def __init__(
        self, seconds: float, clock: Callable[[], float] = time.monotonic, told: str = ASKED
    ) -> None:
        self._seconds = seconds
        self._told = told
        self._clock = clock
        self._free_at: dict[int, float] = {}

    def start(self, person: int) -> None:
        """Begins a person's pause. Raises TooSoon while the last one lasts, and adds nothing."""
        now = self._clock()
        self._free_at = {who: at for who, at in self._free_at.items() if at > now}
        if person in self._free_at:
            left = max(1, round(self._free_at[person] - now))
            raise TooSoon(self._told.format(left=left))
        self._free_at[person] = now + self._seconds

    def judge(self, person: int, engine: EngineFacts) -> None:
        """Ends the pause of somebody whom quotes answered in a model's place."""
        if engine.fallback:
            self._free_at.pop(person, None)
