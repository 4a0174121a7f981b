"""People and topics that the archive's tests are about."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.archive import Archive
from bot.core.model import Author, Message, Topic

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ROOM = Topic("forum", "room", "The small room", "https://forum.example/room")
MIRA, JUN, OLE = Author("1", "mira"), Author("2", "jun"), Author("3", "ole")


def said(place: int, author: Author, words: str, **more: object) -> Message:
    """The message in that place: its id and its minute after noon."""
    fields = {"posted_at": NOON + timedelta(minutes=place), **more}
    return Message(str(place), author, words, **fields)  # type: ignore[arg-type]


def draft(archive: Archive, topic: int, *rests_on: str, kind: str = "brief", **more: Any) -> int:
    """The id of a draft that was written in sight of messages, by the model where nobody else is
    named."""
    given = {"engine": "llm", "body": {}, "made_with": {}, "at": NOON, **more}
    return archive.keep_draft(topic, kind, rests_on=rests_on, **given)


def drafts(archive: Archive, topic: int, kind: str = "brief", engine: str = "llm") -> list[int]:
    """The ids of the drafts that are there, the newest first."""
    return [each.id for each in archive.drafts(topic, kind, engine)]
