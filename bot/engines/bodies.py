"""A body must not fill the memory: what is too long to be an answer is cut off, packed or not.

The HTTP client reads a body whole, and unpacks it, before anybody sees it. So it is unpacked and
counted here, piece by piece as it comes in. Nobody asks for packing; some servers pack all the
same.
"""

import zlib
from collections.abc import AsyncIterator

import httpx2

LONGEST = 8_000_000
"""Bytes; an answer of a hundred thousand tokens is a tenth of it."""
_ANY_HEAD = zlib.MAX_WBITS | 32
"""Has zlib tell gzip and deflate apart by their first bytes."""


class TooLong(Exception):
    """A body that is longer than any answer."""


class Unreadable(Exception):
    """A body that is packed in a way unknown here, or badly."""


class _Unpacked:
    """What packed pieces come to, never more than `LONGEST` bytes in all."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(_ANY_HEAD)
        self._began = False

    def __call__(self, piece: bytes, room: int) -> bytes:
        try:
            return self._zlib.decompress(piece, room)
        except zlib.error:
            if self._began:
                raise Unreadable from None
            self._zlib = zlib.decompressobj(-zlib.MAX_WBITS)  # deflate without its head
            return self._again(piece, room)
        finally:
            self._began = True

    def _again(self, piece: bytes, room: int) -> bytes:
        try:
            return self._zlib.decompress(piece, room)
        except zlib.error:
            raise Unreadable from None


class _Bounded(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream, *, packed: bool) -> None:
        self._stream = stream
        self._unpack = _Unpacked() if packed else None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for piece in self._stream:
            room = LONGEST - size + 1
            plain = self._unpack(piece, room) if self._unpack else piece
            size += len(plain)
            if size > LONGEST:
                raise TooLong
            yield plain

    async def aclose(self) -> None:
        await self._stream.aclose()


async def bound(response: httpx2.Response) -> None:
    """Sees to it that no more of a response is read than an answer may be long."""
    if not isinstance(response.stream, httpx2.AsyncByteStream):
        return
    packing = response.headers.pop("content-encoding", "identity").strip().lower()
    if packing not in {"", "identity", "gzip", "x-gzip", "deflate"}:
        raise Unreadable
    response.stream = _Bounded(response.stream, packed=packing not in {"", "identity"})
