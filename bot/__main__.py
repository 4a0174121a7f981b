"""`moot` and `python -m bot`: runs a command, and says in one sentence what could not be done."""

import sys
from collections.abc import Sequence

import click

from bot.cli import moot
from bot.core.errors import MootError
from bot.core.inert import visible


def main(arguments: Sequence[str] | None = None) -> None:
    """Exit status 0 done, 1 could not do it, 2 wrong usage, 130 interrupted."""
    try:
        status = moot.main(arguments, prog_name="moot", standalone_mode=False)
    except MootError as error:
        click.echo(f"moot: {visible(str(error))}", err=True)
        status = 1
    except click.exceptions.Exit as exit_:
        status = exit_.exit_code
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        status = 130
    sys.exit(status if isinstance(status, int) else 0)


if __name__ == "__main__":
    main()
