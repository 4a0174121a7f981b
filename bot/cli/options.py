"""What all commands share: which configuration, which database, and how a use case is run."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from bot.assembly import build_partner
from bot.config import Config, load_config, look_over
from bot.core.errors import NotFound
from bot.partner import DiscussionPartner

T = TypeVar("T")
Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass
class Choices:
    """What the person chose before or after the command's name."""

    config: Path | None = None
    db: Path | None = None

    def load(self) -> Config:
        """The configuration, with the database that `--db` names."""
        return self._with_database(load_config(self.config))

    def look_over(self) -> tuple[Config, list[str]]:
        """As `load`, of what can be used, and a sentence for each thing that is wrong."""
        config, faults = look_over(self.config)
        return self._with_database(config), faults

    def _with_database(self, config: Config) -> Config:
        if self.db is None:
            return config
        database = config.database.model_copy(update={"path": self.db})
        return config.model_copy(update={"database": database})


def choices() -> Choices:
    """The choices of the command that is running."""
    return click.get_current_context().find_root().ensure_object(Choices)


def _remember(context: click.Context, parameter: click.Parameter, value: Path | None) -> None:
    if value is not None and parameter.name:
        setattr(context.find_root().ensure_object(Choices), parameter.name, value)


def common(command: Command) -> Command:
    """Adds `--config` and `--db`, which work before and after the command's name."""
    for name, metavar, text in (
        ("--db", "FILE", "The database (default: moot.db, or what the configuration says)."),
        ("--config", "FILE", "The configuration (default: config.toml, if there is one)."),
    ):
        option = click.option(
            name,
            type=click.Path(readable=False, path_type=Path),
            metavar=metavar,
            help=text,
            callback=_remember,
            expose_value=False,
        )
        command = option(command)
    return command


as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


def run(
    work: Callable[[DiscussionPartner], Awaitable[T]], partner: DiscussionPartner | None = None
) -> T:
    """Opens the partner, does the work, closes it; the configured one where none is given.

    That one needs a database that is there. Raises NotFound, and makes none.
    """

    async def opened() -> T:
        async with partner or _configured() as ready:
            return await work(ready)

    return asyncio.run(opened())


def _configured() -> DiscussionPartner:
    config = choices().load()
    partner = build_partner(config)
    if not _is_there(config.database.path):
        raise NotFound(
            f"There is no database {config.database.path}: `moot import FILE` makes one; "
            "if yours has another name or folder, give it with --db FILE."
        )
    return partner


def _is_there(path: Path) -> bool:
    """Whether there is something that can be a database; an empty file is none yet."""
    try:
        return path.stat().st_size > 0
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):  # the archive has a sentence for it
        return True
