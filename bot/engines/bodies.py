"""A body without end must not fill the memory: what is too long to be an answer is cut off.

The HTTP client reads a body whole before anybody sees it, so it is counted as it comes in.
"""

from collections.abc import AsyncIterator

import httpx2

LONGEST = 8_000_000
"""Bytes; an answer of a hundred thousand tokens is a tenth of it."""


class TooLong(Exception):
    """A body that is longer than any answer."""


class _Counted(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._stream:
            size += len(chunk)
            if size > LONGEST:
                raise TooLong
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


async def bound(response: httpx2.Response) -> None:
    """Sees to it that no more of a response is read than an answer may be long."""
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = _Counted(response.stream)
