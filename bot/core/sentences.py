"""Sentences: numbered pieces of a message, the unit of evidence.

A sentence is known by its position in the original text, so a quote is always a true slice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.core.asides import is_aside
from bot.core.blocks import blocks
from bot.core.boundaries import sentence_ends
from bot.core.languages import USUAL, language_of
from bot.core.lines import Block, is_furniture
from bot.core.model import Message, attachment_marker

_FULL_STOP = re.compile(r"\.[^\w\s]{0,8}\s+\S")
"""A full stop in mid-text: only behind one does it depend on the language where sentences end."""


class SentenceKind(StrEnum):
    """What a sentence is made of; only prose and code can be evidence."""

    PROSE = "prose"
    CODE = "code"
    QUOTED = "quoted"
    CONTESTED = "contested"
    ATTACHMENT = "attachment"
    ASIDE = "aside"


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
        """Whether a statement may cite it."""
        return self.kind in (SentenceKind.PROSE, SentenceKind.CODE)


def split(message: Message) -> tuple[Sentence, ...]:
    """The sentences of a message, in order; none where it has neither words nor attachments.

    Every letter and digit is in exactly one. Attachments are one together, an empty span at the
    end of the content. Never raises, whatever the text; takes time linear in its length.
    """
    language = _language(message)
    pieces = (
        _sentence(message, start, end, kind)
        for block in blocks(message.content)
        for start, end, kind in _pieces(message.content, block, language)
    )
    return (*pieces, *_attachments(message))


def _language(message: Message) -> str:
    """The language by which the message is cut; told only where it makes a difference."""
    if _FULL_STOP.search(message.content) is None:
        return message.topic_language or USUAL
    return language_of(message.content, message.topic_language)


def _sentence(message: Message, start: int, end: int, kind: SentenceKind) -> Sentence:
    if kind is not SentenceKind.QUOTED and _is_contested(message, start, end):
        kind = SentenceKind.CONTESTED
    elif kind is SentenceKind.PROSE and is_aside(message, start, end):
        kind = SentenceKind.ASIDE
    return Sentence(Span(message.source_id, start, end), message.content[start:end], kind)


def _is_contested(message: Message, start: int, end: int) -> bool:
    """Whether the sentence has contested words, wherever those were cut."""
    return any(first < end and start < last for first, last in message.contested)


def _attachments(message: Message) -> Iterator[Sentence]:
    if message.attachments:
        end = len(message.content)
        markers = " ".join(map(attachment_marker, message.attachments))
        yield Sentence(Span(message.source_id, end, end), markers, SentenceKind.ATTACHMENT)


def _pieces(content: str, block: Block, language: str) -> Iterator[tuple[int, int, SentenceKind]]:
    """Start, end and kind of the sentences of a block; code is one."""
    words = content[block.start : block.end]
    start = 0
    for end in (len(words),) if block.code else sentence_ends(words, language):
        piece = words[start:end]
        if not is_furniture(piece):
            first = block.start + start + len(piece) - len(piece.lstrip())
            yield first, block.start + start + len(piece.rstrip()), _kind(block)
        start = end


def _kind(block: Block) -> SentenceKind:
    if block.code:
        return SentenceKind.CODE
    return SentenceKind.QUOTED if block.quoted else SentenceKind.PROSE
