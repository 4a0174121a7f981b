"""Topics, authors and messages as a source gives them.

Within a topic a message is known by its source's id, and an author by the source's user id: no
database key appears here, so that briefs can be computed from plain values.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

FILE_ENDINGS = {
    "image": frozenset({"png", "jpg", "jpeg", "gif", "webp", "avif", "bmp", "heic", "svg"}),
    "video": frozenset({"mp4", "mov", "webm", "mkv", "avi"}),
    "sticker": frozenset({"sticker"}),
    "audio": frozenset({"mp3", "ogg", "wav", "flac", "m4a", "opus"}),
}


Place = tuple[int, int]
"""Where words stand in a message: `content[start:end]`."""


UNTITLED = "(untitled)"
"""What stands for a title that may not be kept."""


@dataclass(frozen=True, slots=True)
class Author:
    """A source's user. One whom the source does not name has an id of its own a message."""

    source_id: str
    name: str
    bot: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """What one author posted. `content` is kept letter for letter; quotes are slices of it.

    `posted_at` is None where the source does not say. `drafted` marks a message that Moot posted
    for `author`, at their press of a button: it is theirs like any other. `contested` is where the
    words stand by which the author says that they were misstated: nothing may rest on them.
    """

    source_id: str
    author: Author
    content: str
    posted_at: datetime | None = None
    reply_to: str | None = None
    edited_at: datetime | None = None
    attachments: tuple[str, ...] = ()
    url: str | None = None
    drafted: bool = False
    contested: tuple[Place, ...] = ()

    @property
    def revision(self) -> str:
        """A hash of the words and of what of them is contested: with one revision, one reading."""
        return revision_of(self.content, self.contested)


@dataclass(frozen=True, slots=True)
class Topic:
    """What is under discussion, as its source knows it. (source, source_id) names it for good.

    `opened_by` is who opened it and gave it its title, and `channel` where it stands, by their
    source's ids, where the source says so. The archive goes by them and gives neither back.
    """

    source: str
    source_id: str
    title: str
    url: str | None = None
    closed: bool = False
    opened_by: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """A topic with all of its messages, in their order: what an importer makes of a file."""

    topic: Topic
    messages: tuple[Message, ...]
    skipped: Mapping[str, int]


def revision_of(words: str, contested: Collection[Place] = ()) -> str:
    """The first 64 bits of BLAKE2b over the words, and the places of contested ones, in hex."""
    told = f"{words}\0{sorted(contested)}" if contested else words
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def attachment_marker(file_name: str) -> str:
    """What stands for an attachment where words would: `[image: cat.png]`."""
    ending = file_name.rpartition(".")[2].lower()
    kind = next((kind for kind, endings in FILE_ENDINGS.items() if ending in endings), "file")
    return f"[{kind}: {file_name}]"


def by_id(messages: Iterable[Message]) -> dict[str, Message]:
    """Messages by their source's id."""
    return {message.source_id: message for message in messages}
