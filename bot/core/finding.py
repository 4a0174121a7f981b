"""What an examination finds: one line each, told so that who runs Moot knows what to do."""

from dataclasses import dataclass
from enum import StrEnum

from bot.core.errors import MootError


class Status(StrEnum):
    """How it stands: as it should, worth a look, or in the way of Moot's work."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it stands, and what to do, where there is something to do.

    The field names are those of the JSON that the command line prints.
    """

    name: str
    status: Status
    told: str
    todo: str | None = None


def ok(name: str, told: str, todo: str | None = None) -> Finding:
    """All is well; `todo` is a hint at what would be possible."""
    return Finding(name, Status.OK, told, todo)


def warning(name: str, told: str, todo: str) -> Finding:
    """Moot works, but not as well as it could, or not for long."""
    return Finding(name, Status.WARNING, told, todo)


def problem(name: str, told: str | MootError, todo: str) -> Finding:
    """Something that was configured does not work."""
    return Finding(name, Status.PROBLEM, str(told), todo)
