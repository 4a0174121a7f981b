"""People and topics that the archive's tests are about."""

from datetime import UTC, datetime, timedelta

from bot.core.model import Author, Message, Topic
from bot.core.notes import Note, NoteKind
from bot.core.sentences import Span

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ROOM = Topic("forum", "room", "The small room", "https://forum.example/room")
MIRA, JUN, OLE = Author("1", "mira"), Author("2", "jun"), Author("3", "ole")


def said(place: int, author: Author, words: str, **more: object) -> Message:
    """The message in that place: its id and its minute after noon."""
    fields = {"posted_at": NOON + timedelta(minutes=place), **more}
    return Message(str(place), author, words, **fields)  # type: ignore[arg-type]


def span(message: Message) -> Span:
    return Span(message.source_id, 0, len(message.content))


def view(message: Message, claim: str | None = None, about: Message | None = None) -> Note:
    return Note(NoteKind.VIEW, (span(message),), claim, span(about) if about else None)


def question(message: Message) -> Note:
    return Note(NoteKind.QUESTION, (span(message),))


def answer(message: Message, asked: Message) -> Note:
    return Note(NoteKind.ANSWER, (span(message),), about=span(asked))
