"""How fast an answer comes in, told from the times at which its pieces do.

It must not know whence the pieces come, nor what they say.
"""

import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from bot.core.summary import Usage
from bot.engines.completions import Object, streamed


@dataclass(frozen=True, slots=True)
class Speed:
    """Tokens a second that went in and came out, as seen from here; None where it can't be told."""

    read: float | None = None
    written: float | None = None


async def timed(
    begun: float,
    events: AsyncIterator[Object],
    clock: Callable[[], float] = time.monotonic,
) -> Speed:
    """The time to the first words is that of reading; the rest is written after them.

    `begun` is when the request was sent, by the clock, in seconds. Raises ErrorBody.
    """
    first, last, usage = 0.0, 0.0, None
    async for event in events:
        piece = streamed([event])
        usage = piece.told or usage
        if piece.text or piece.thoughts:
            last = clock()
            first = first or last
    return _speed(usage, first - begun, last - first)


def _speed(usage: Usage | None, reading: float, writing: float) -> Speed:
    if usage is None or reading <= 0 or writing <= 0:
        return Speed()
    return Speed(usage.prompt_tokens / reading, max(0, usage.completion_tokens - 1) / writing)
