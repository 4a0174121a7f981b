"""Standard output and standard error: UTF-8 whatever the code page, and readers who leave early."""

import io
import os
import sys

import click

from bot.core.inert import one_line

MOST, END = 1_500, 300
"""Characters of a sentence that repeats something huge, and of its end, which says what to do."""


def in_utf8() -> None:
    """Has both written as UTF-8; a character that is none in it becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def tell(sentence: object) -> None:
    """A sentence for the person at the terminal, on standard error."""
    told = one_line(str(sentence))
    if len(told) > MOST:
        told = f"{told[: MOST - END]}…{told[-END:]}"
    click.echo(f"moot: {told}", err=True)


def written(text: str) -> None:
    """Writes to standard output. That whoever reads it has seen enough (`| head`) is no error."""
    try:
        click.echo(text)
    except BrokenPipeError:
        close_output()


def flushed() -> None:
    """Writes what is left to write. Raises OSError where standard output takes no more."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        close_output()
    except OSError:
        close_output()
        raise


def close_output() -> None:
    """Lets all that is still written go nowhere, so that Python's own end finds nothing to do."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
