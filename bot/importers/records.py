"""What the JSON formats share: lenient records at the edge, and sifting them.

It must not know any one format.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Annotated, Protocol, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from bot.core.errors import ImportFailed
from bot.core.inert import one_line
from bot.core.model import Author
from bot.importers.saved_file import SavedFile

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def _storable(value: object) -> object:
    return _LONE_SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


Words = Annotated[str, BeforeValidator(_storable)]
"""Text letter for letter, but for half a surrogate pair: no database takes it, so U+FFFD stands
there instead. A number is taken for its digits: ids come as either."""

Moment = Annotated[datetime, AfterValidator(_in_utc)]
"""A point in time; without an offset it is UTC, which the exporting programs mean."""


class Record(BaseModel):
    """A JSON object of which only the named fields matter; any may be null or absent."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True, populate_by_name=True)


class Posted(Protocol):
    """A record that its source knows by an id."""

    @property
    def id(self) -> str | None: ...


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
        elif reason := why_not(record):
            skipped[reason] += 1
        else:
            kept[record.id] = record
        seen.add(record.id or "")
    return list(kept.values()), skipped


def unnamed(topic: str, message: str, place: int) -> Author:
    """The author of a message whom the source does not name: another one for each message.

    The id holds the topic's, since message ids are a topic's own; `place` counts from 1.
    """
    return Author(f"unnamed:{topic}:{message}", f"author of post {place}")
