"""Standard output and standard error: UTF-8 whatever the code page, and readers who leave early."""

import io
import os
import sys

import click

from bot.core.inert import one_line


def in_utf8() -> None:
    """Has both written as UTF-8; a character that is none in it becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def tell(sentence: object) -> None:
    """A sentence for the person at the terminal, on standard error."""
    click.echo(f"moot: {one_line(str(sentence))}", err=True)


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
