"""The log of `moot run`: what happened and where, and no words of a message, key or token.

An error of a library may quote what it choked on. Its kind and the lines that it came from say
enough to find the fault.
"""

import copy
import logging
import traceback
from collections.abc import Generator
from contextlib import contextmanager
from types import TracebackType
from typing import TextIO

LAYOUT = "%(asctime)s %(levelname)s %(message)s"
WORDY = ("discord", "openai", "httpx2")
"""Libraries that say more than a host needs: addresses, with what may stand in them."""
ErrorInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class WithoutWords(logging.Formatter):
    """Writes errors without what they say."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; what another handler has made of the error before is not taken over."""
        own = copy.copy(record)
        own.exc_text = None
        return super().format(own)

    def formatException(self, ei: ErrorInfo) -> str:  # noqa: N802 - logging's name
        """The places that the error went through, and its kind."""
        kind = ei[0].__qualname__ if ei[0] else "no error"
        return f"{''.join(traceback.format_tb(ei[2]))}{kind}"


@contextmanager
def written_to(stream: TextIO) -> Generator[None]:
    """Has what the program and its libraries log written to a stream, for the length of a block."""
    handler, root = logging.StreamHandler(stream), logging.getLogger()
    handler.setFormatter(WithoutWords(LAYOUT))
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for name in WORDY:
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
