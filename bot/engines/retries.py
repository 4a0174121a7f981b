"""When a call that failed is made again: after a while of chance, and not before the server says.

A wait between nothing and a bound that doubles ("full jitter") keeps those who failed together
from coming back together: Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog,
2015. It knows no clock and sends nothing.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FIRST_WAIT = 0.5
"""Seconds that the first wait may take."""
LONGEST_WAIT = 8.0


@dataclass(frozen=True, slots=True)
class Retries:
    """So many times more, and never later than `longest` seconds where a server asks to wait.

    `random` gives a number from 0 to 1.
    """

    times: int
    longest: float
    random: Callable[[], float]

    def wait(self, made: int, asked: float | None) -> float | None:
        """Seconds to wait after so many retries; None where there is to be no other.

        `asked` are the seconds that the server wants.
        """
        if made >= self.times or (asked or 0) > self.longest:
            return None
        return (asked or 0) + self.random() * min(LONGEST_WAIT, FIRST_WAIT * 2**made)


def seconds_asked(headers: Mapping[str, str], now: datetime) -> float | None:
    """The seconds that a Retry-After names (RFC 9110, 10.2.3: a number or a date), or None.

    `retry-after-ms`, which some servers send, is finer and goes first.
    """
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        told = headers.get(name)
        if told is None:
            continue
        seconds = _number(told, unit)
        if seconds is None:
            seconds = _until(told, now)
        if seconds is not None:
            return max(0.0, seconds)
    return None


def _number(told: str, unit: float) -> float | None:
    try:
        number = float(told) * unit
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _until(told: str, now: datetime) -> float | None:
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        return None
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()
