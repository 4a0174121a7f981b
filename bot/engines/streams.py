"""An answer that is read as it is written, and left at a number of tokens.

For servers that take no cap: to stop reading ends the writing with most of them, and its cost.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from bot.engines.completions import Completion, Object, completion, event_in, streamed
from bot.engines.estimate import size_of

BYTES = 4
"""Of text in a token, where a piece of a stream holds several."""


async def told_in(lines: AsyncIterator[str]) -> AsyncIterator[Object]:
    """The events of a stream. Raises nothing: what is no event is passed over."""
    async for line in lines:
        if (event := event_in(line)) is not None:
            yield event


async def first_tokens(lines: AsyncIterator[str], most: int) -> Completion:
    """What comes before so many tokens are written, and whether it was all.

    A server that does not stream has answered whole. Raises NoCompletion, ErrorBody.
    """
    events: list[Object] = []
    others: list[str] = []
    pieces = size = 0
    async for line in lines:
        event = event_in(line)
        if event is None:
            others.append(line)
            continue
        events.append(event)
        written = _written(event)
        pieces, size = pieces + bool(written), size + written
        if max(pieces, size // BYTES) >= most:
            return streamed(events, cut=True)
    if events:
        return streamed(events)
    return replace(completion("\n".join(others).encode()), unstreamed=True)


def _written(event: Object) -> int:
    """Bytes of text in an event, wherever it has them."""
    choices: Any = event.get("choices")
    if not isinstance(choices, list) or not choices:
        return 0
    piece = streamed([event])
    return size_of(piece.text + piece.thoughts)
