"""A circuit breaker: a server that is not there is left alone for a while, and then tried once.

The pattern is Michael Nygard's (Release It!, 2007). It must not know what a call is, nor wait for
anything; the clock is passed in.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime, timedelta

from bot.core.errors import EngineFailed

FAILURES = 3
"""In a row, after which the server is taken to be away."""
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=10)


class Away(EngineFailed):
    """The server is not there: it can't be reached, says nothing, or nothing of use."""


class Breaker:
    """Lets calls through to one server, or says at once that it is away. `name` is what is away."""

    def __init__(self, name: str, clock: Callable[[], datetime]) -> None:
        self._name = name
        self._clock = clock
        self._failures = 0
        self._since: datetime | None = None
        self._until: datetime | None = None
        self._pause = FIRST_PAUSE
        self._trying = False

    def check(self) -> None:
        """Raises Away where no call would be let through now."""
        if self._until is not None and (self._trying or self._clock() < self._until):
            raise Away(self._sentence(self._until))

    @contextmanager
    def passing(self) -> Generator[None]:
        """Lets one call through, or raises Away at once.

        A call that leaves the block with Away has failed; one that is broken off from outside
        says nothing about the server; with any other end the server has answered.
        """
        self.check()
        is_trial = self._trying = self._until is not None
        try:
            yield
        except Away:
            self._fail(is_trial)
            raise
        except Exception:
            self._close()
            raise
        else:
            self._close()
        finally:
            self._trying = self._trying and not is_trial

    def _fail(self, is_trial: bool) -> None:
        """Calls that were under way when the pause began make it no longer."""
        self._since = self._since or self._clock()
        self._failures += 1
        if self._until is None and self._failures >= FAILURES:
            self._until = self._clock() + self._pause
        elif self._until is not None and is_trial:
            self._pause = min(2 * self._pause, LONGEST_PAUSE)
            self._until = self._clock() + self._pause

    def _close(self) -> None:
        self._failures, self._since, self._until = 0, None, None
        self._pause = FIRST_PAUSE

    def _sentence(self, until: datetime) -> str:
        again = (
            "is being tried again now" if self._trying else f"is tried again at {until:%H:%M:%S}"
        )
        return (
            f"{self._name} has been away since {self._since:%Y-%m-%d %H:%M:%S} and {again} (UTC)."
        )
