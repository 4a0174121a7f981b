"""Topics, authors and messages as a source gives them.

Within a topic a message is known by its source's id, and an author by the source's user id: no
database key appears here, so that briefs can be computed from plain values.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b

FILE_ENDINGS = {
    "image": frozenset({"png", "jpg", "jpeg", "gif", "webp", "avif", "bmp", "heic", "svg"}),
    "video": frozenset({"mp4", "mov", "webm", "mkv", "avi"}),
    "sticker": frozenset({"sticker"}),
    "audio": frozenset({"mp3", "ogg", "wav", "flac", "m4a", "opus"}),
}


VOICE_MESSAGE = "voice-message.ogg"
"""The file that Discord makes of a voice message."""


Place = tuple[int, int]
"""Where words stand in a message: `content[start:end]`."""


@dataclass(frozen=True, slots=True)
class Mention:
    """`content[start:end]` names a person, by their source's id; None where it does no more."""

    start: int
    end: int
    person: str | None


@dataclass(frozen=True, slots=True)
class Forward:
    """The message that was forwarded, by its source's id, and its author's id where it is known."""

    message: str
    author: str | None = None


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

    Marks of the source's (`<@7>`) are words in it already; `mentions` are where these name people,
    in order. A forward's content is the forwarded words, in quotation (`> `).

    `posted_at` is None where the source does not say. `drafted` marks a message that Moot posted
    for `author`, at their press of a button: it is theirs like any other. `contested` is where the
    words stand by which the author says that they were misstated: nothing may rest on them.
    `to_bot` marks one that is put to Moot, or to another bot (see asides.py).
    `topic_language` is what its topic is mostly written in (ISO 639-1), "" where that is not known:
    by it sentences are told apart in a message that is too short to tell.
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
    to_bot: bool = False
    mentions: tuple[Mention, ...] = ()
    forward: Forward | None = None
    topic_language: str = field(default="", compare=False)

    @property
    def revision(self) -> str:
        """A hash of the words and of what of them is contested: with one revision, one reading."""
        return revision_of(self.content, self.contested)


@dataclass(frozen=True, slots=True)
class Topic:
    """What is under discussion, as its source knows it. (source, source_id) names it for good.

    `channel` is the source's id of the channel that it stands in, `private` whether it is for some
    of those who read that channel, `tags` what it is filed under: None where the source says
    nothing of it.
    `beheaded` says that only a later page of it is at hand, so that its title is a guess: it takes
    the place of no other. `number` is what stays of `source_id` when the source renames the topic.
    """

    source: str
    source_id: str
    title: str
    url: str | None = None
    closed: bool = False
    channel: str | None = None
    private: bool | None = None
    tags: tuple[str, ...] | None = None
    beheaded: bool = False
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """A topic with all of its messages, in their order: what an importer makes of a file.

    `notices` are the source's own ("mira pinned a message"): their ids, and when they came.
    """

    topic: Topic
    messages: tuple[Message, ...]
    skipped: Mapping[str, int]
    notices: Mapping[str, datetime | None] = field(default_factory=dict[str, datetime | None])


def revision_of(words: str, contested: Collection[Place] = ()) -> str:
    """The first 64 bits of BLAKE2b over the words, and the places of contested ones, in hex."""
    told = f"{words}\0{sorted(contested)}" if contested else words
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def described(file_name: str, description: str | None) -> str:
    """An attachment's name with what its author says that it shows: `cat.png: my cat, asleep`."""
    return f"{file_name}: {description}" if description and description.strip() else file_name


def is_described(attachment: str) -> bool:
    """Whether its author says what it shows."""
    return ": " in attachment


def attachment_marker(attachment: str) -> str:
    """What stands for an attachment where words would: `[image: cat.png]`."""
    if attachment == VOICE_MESSAGE:
        return "[voice message]"
    name = attachment.partition(": ")[0]
    kind = _kind(attachment) or _kind(name) or "file"
    if kind == "sticker":
        return f"[sticker: {attachment.removesuffix('.sticker')}]"
    return f"[{kind}: {attachment}]"


def _kind(file_name: str) -> str | None:
    ending = file_name.rpartition(".")[2].lower()
    return next((kind for kind, endings in FILE_ENDINGS.items() if ending in endings), None)


def by_id(messages: Iterable[Message]) -> dict[str, Message]:
    """Messages by their source's id."""
    return {message.source_id: message for message in messages}
