"""Points in time as the database holds them: ISO 8601 in UTC, as wide as it gets.

All have the same width, so that their order as text is their order in time.
"""

from datetime import UTC, datetime

from bot.archive.failures import Damaged
from bot.core.errors import ArchiveError


def to_text(moment: datetime | None) -> str | None:
    """`2026-03-01T10:31:00.000000+00:00`. Raises ValueError for a time without an offset."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no offset from UTC")
    try:
        return moment.astimezone(UTC).isoformat(timespec="microseconds")
    except OverflowError as error:
        raise ArchiveError(
            f"{moment.isoformat()} lies outside of the years 1 to 9999 in UTC: correct the time."
        ) from error


def from_text(text: str | None) -> datetime | None:
    """The point in time, aware and in UTC."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Damaged(f"{text!r} is no time") from error
