"""`moot` and `python -m bot`: runs a command, and says in one sentence what could not be done."""

import sys
import traceback
from collections.abc import Callable, Sequence
from io import StringIO
from typing import Any

INTERRUPTED = 130
"""What shells say of a program that Ctrl-C ended."""

try:
    import click

    from bot.cli import moot, streams
    from bot.core.errors import MootError
    from bot.core.inert import visible
except KeyboardInterrupt:  # while it loads, which may take a second
    sys.exit(INTERRUPTED)


def main(arguments: Sequence[str] | None = None) -> None:
    """Exit status 0 done, 1 could not do it, 2 wrong usage, 130 interrupted."""
    streams.in_utf8()
    status = _status(lambda: moot.main(arguments, prog_name="moot", standalone_mode=False))
    sys.exit(status or _status(streams.flushed))


def _status(work: Callable[[], Any]) -> int:
    try:
        status = work()
    except MootError as error:
        return _failed(error)
    except OSError as error:
        return _failed(_in_words(error))
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.ClickException as error:
        return _misused(error)
    except SystemExit:  # click's, where whoever reads has seen enough
        return 0
    except (click.Abort, KeyboardInterrupt):
        streams.tell("Stopped.")
        return INTERRUPTED
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        return _failed(_mistake(error))
    return status if isinstance(status, int) else 0


def _failed(why: object) -> int:
    streams.tell(why)
    return 1


def _misused(error: click.ClickException) -> int:
    """Shows how the command is used; what was typed may be anything."""
    said = StringIO()
    error.show(said)
    click.echo(visible(said.getvalue()), nl=False, err=True)
    return error.exit_code


def _in_words(error: OSError) -> str:
    """What the system says of a file, a folder or a stream that it does not let Moot use."""
    what = error.filename or "Standard output"
    return f"{what} can't be used ({error.strerror or error}): see to that, then try again."


def _mistake(error: Exception) -> str:
    """Of an error that nobody thought of. What it says is left out: it may be people's words."""
    places = traceback.extract_tb(error.__traceback__)
    own = [place for place in places if "site-packages" not in place.filename] or places
    return (
        f"Moot itself has failed ({type(error).__name__} in {own[-1].filename}, line "
        f"{own[-1].lineno}): if `moot db check` finds nothing wrong, please report this sentence; "
        "`python -X dev -m bot` in the place of `moot` shows more."
    )


if __name__ == "__main__":
    main()
