"""A question before something is lost for good. No answer is no."""

import sys

import click

from bot.core.errors import MootError

NOTHING = "Nothing was erased."


class Declined(MootError):
    """Somebody said no, or nobody said anything."""


def confirm(what: str, yes: bool) -> None:
    """Goes on if `yes`, or if who is asked says so. Raises Declined, and lets Ctrl-C through.

    An answer may come from a pipe; where none comes, the flag that stands for it is told.
    """
    if not yes and not _agreed(f"Erase {what}?"):
        raise Declined(NOTHING)


def _agreed(question: str) -> bool:
    try:
        agreed = click.confirm(question, err=True)
        is_watched = sys.stdin.isatty()
    except (click.Abort, RuntimeError, ValueError) as error:  # closed, or no text
        if isinstance(error.__context__, KeyboardInterrupt):
            raise
        click.echo(err=True)
        raise Declined(f"{NOTHING} To erase without being asked, add --yes.") from None
    if not is_watched:
        click.echo(err=True)
    return agreed
