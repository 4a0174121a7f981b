"""Notes: what a reading leaves behind, and the checks that they pass before they are kept.

A note points at sentences and says what they do. It belongs to the one message that its
sentences are of, so that an edit or a delete of that message takes it along.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.sentences import Span
from bot.core.summary import Usage


class NoteKind(StrEnum):
    """What the sentences of a note do."""

    VIEW = "view"
    QUESTION = "question"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Note:
    """Sentences of one message, and what they do.

    `words` is the engine's own: a view's claim, a question's shorter wording; None means that
    the quote speaks for itself. `about` is the sentence that a view responds to, or the question
    that an answer answers.
    """

    kind: NoteKind
    spans: tuple[Span, ...]
    words: str | None = None
    about: Span | None = None

    @property
    def message(self) -> str:
        """The source id of the message that the note belongs to."""
        return self.spans[0].message


@dataclass(frozen=True, slots=True)
class KeptNote:
    """A note in the archive. Ids grow with time and are never used twice."""

    id: int
    note: Note


@dataclass(frozen=True, slots=True)
class Reading:
    """What an engine made of a window, and what it cost.

    `rejected` counts what the checks threw out, by reason.
    """

    notes: tuple[Note, ...]
    rejected: Counter[str] = field(default_factory=Counter[str])
    usage: Usage = field(default_factory=Usage)


def check(note: Note, allowed: Mapping[Span, bool]) -> str | None:
    """Why a note can't be kept, or None.

    `allowed` holds the sentences of the window and whether each may be evidence: context,
    quoted passages and attachments may be pointed at by `about` alone.
    """
    if not note.spans:
        return "no_sentence"
    if any(span not in allowed for span in note.spans):
        return "unknown_sentence"
    if not all(allowed[span] for span in note.spans):
        return "not_evidence"
    if len({span.message for span in note.spans}) > 1:
        return "several_messages"
    if note.about is not None and note.about not in allowed:
        return "unknown_sentence"
    if note.kind is NoteKind.ANSWER and note.about is None:
        return "no_question"
    if note.kind is NoteKind.ANSWER and note.about in note.spans:
        return "answers_itself"
    return None


def checked(reading: Reading, allowed: Mapping[Span, bool]) -> Reading:
    """The reading with only the notes that pass, and a count of those that did not."""
    rejected = Counter(reading.rejected)
    kept: list[Note] = []
    for note in unique(reading.notes):
        if reason := check(note, allowed):
            rejected[reason] += 1
        else:
            kept.append(note)
    return Reading(tuple(kept), rejected, reading.usage)


def unique(notes: Iterable[Note]) -> list[Note]:
    """The notes in their order, each once: a model that repeats itself says no more by it."""
    seen: dict[tuple[NoteKind, tuple[Span, ...]], Note] = {}
    for note in notes:
        seen.setdefault((note.kind, note.spans), note)
    return list(seen.values())
