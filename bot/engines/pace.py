"""How fast an answer comes in, told from the times at which its pieces do.

It must not know whence the pieces come, nor what they say.
"""

import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletionChunk


@dataclass(frozen=True, slots=True)
class Speed:
    """Tokens a second that went in and came out, as seen from here; None where it can't be told."""

    read: float | None = None
    written: float | None = None


async def timed(
    begun: float,
    chunks: "AsyncIterator[ChatCompletionChunk]",
    clock: Callable[[], float] = time.monotonic,
) -> Speed:
    """The time to the first words is that of reading; the rest is written after them.

    `begun` is when the request was sent, by the clock, in seconds.
    """
    first, last, usage = 0.0, 0.0, None
    async for chunk in chunks:
        usage = chunk.usage or usage
        if chunk.choices and chunk.choices[0].delta.content:
            last = clock()
            first = first or last
    if usage is None or last == first:
        return Speed()
    return Speed(
        read=usage.prompt_tokens / (first - begun),
        written=(usage.completion_tokens - 1) / (last - first),
    )
