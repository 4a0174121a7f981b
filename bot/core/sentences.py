"""Sentences: numbered pieces of a message, the unit of evidence.

A sentence is known by its position in the original text, so a quote is always a true slice.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.core.model import Message


class SentenceKind(StrEnum):
    """What a sentence is made of; only prose and code can be evidence."""

    PROSE = "prose"
    CODE = "code"
    QUOTED = "quoted"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`content[start:end]` of the message with that source id."""

    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A piece of a message. `text` is the slice, or the marker where an attachment stands."""

    span: Span
    text: str
    kind: SentenceKind

    @property
    def evidence(self) -> bool:
        """Whether a note may stand on it."""
        return self.kind in (SentenceKind.PROSE, SentenceKind.CODE)


def split(message: Message) -> tuple[Sentence, ...]:
    """The sentences of a message, in order; none where it has neither words nor attachments."""
    raise NotImplementedError
