"""What the JSON formats share: lenient records at the edge, and sifting them.

It must not know any one format.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Annotated, Protocol, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from bot.core.errors import ImportFailed
from bot.core.inert import one_line
from bot.importers.saved_file import SavedFile

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def _storable(value: object) -> object:
    return _LONE_SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value


IMPOSSIBLE = datetime.min.replace(tzinfo=UTC)
"""What stands for a time outside of the years 1 to 9999 in UTC, or a day that no month has."""
_LIKE_A_TIME = re.compile(r"[+-]?\d{1,12}-\d{1,2}-\d{1,2}(?:[T ].{0,40})?", re.ASCII)


def _in_utc(value: object, parsed: ValidatorFunctionWrapHandler) -> datetime:
    """Parses a time. One that can't be is IMPOSSIBLE: its record is no reason to refuse a file."""
    try:
        moment: datetime = parsed(value)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:
        return IMPOSSIBLE
    except ValidationError:
        if isinstance(value, str) and _LIKE_A_TIME.fullmatch(value.strip()):
            return IMPOSSIBLE
        raise


Words = Annotated[str, BeforeValidator(_storable)]
"""Text letter for letter, but for half a surrogate pair: no database takes it, so U+FFFD stands
there instead. A number is taken for its digits: ids come as either."""

Moment = Annotated[datetime, WrapValidator(_in_utc)]
"""A point in time in UTC, which one without an offset is meant in; IMPOSSIBLE where it is none."""


def _or_none(value: object, parsed: ValidatorFunctionWrapHandler) -> object:
    try:
        return parsed(value)
    except ValidationError:
        return None


Aside = WrapValidator(_or_none)
"""For what is beside the words: where it has another shape it is missing, and the rest is read."""


class Record(BaseModel):
    """A JSON object of which only the named fields matter; any may be null or absent."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True, populate_by_name=True)


class Posted(Protocol):
    """A record that its source knows by an id."""

    @property
    def id(self) -> str | None: ...

    @property
    def moment(self) -> datetime | None:
        """When it was posted."""
        ...


R = TypeVar("R", bound=Record)
P = TypeVar("P", bound=Posted)


def validated(saved: SavedFile, shape: type[R], writer: str) -> R:
    """The file's document in that shape; ImportFailed names the first place where it differs."""
    if saved.damage:
        raise ImportFailed(saved.damage)
    if not saved.fields:
        raise ImportFailed(
            f"{saved.name} is not JSON of {writer}; leave out --format, or export it."
        )
    try:
        return shape.model_validate(saved.document)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or "the top"
        raise ImportFailed(
            f"{saved.name} is not as {writer} writes it, at {place} "
            f"({one_line(first['msg'])}); export it again."
        ) from error


def sift(records: Iterable[P], why_not: Callable[[P], str | None]) -> tuple[list[P], Counter[str]]:
    """The records to keep, each id once, and how many were left out by reason."""
    kept: dict[str, P] = {}
    skipped: Counter[str] = Counter()
    seen: set[str] = set()
    for record in records:
        if record.id is None:
            skipped["no_id"] += 1
        elif record.id in seen:
            skipped["duplicate"] += 1
        elif record.moment == IMPOSSIBLE:
            skipped["impossible_time"] += 1
        elif reason := why_not(record):
            skipped[reason] += 1
        else:
            kept[record.id] = record
        seen.add(record.id or "")
    return list(kept.values()), skipped


def possible(moment: datetime | None) -> datetime | None:
    """The time, or None where it can't be."""
    return None if moment == IMPOSSIBLE else moment
