"""Sentences: numbered pieces of a message, the unit of evidence.

A sentence is known by its position in the original text, so a quote is always a true slice. Where
prose ends a sentence, the sentencex library says; the markup around prose is read here.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import sentencex

from bot.core.model import Message, attachment_marker

LONGEST = 400
"""Characters of a sentence; a wall of text without punctuation is cut at white space before it."""
_WRAPPED = range(50, 101)
"""Lengths of a line that a program, not its author, may have broken."""

_FENCE = re.compile(r"```|^~~~", re.MULTILINE)
_QUOTE = re.compile(r"[ \t]{0,3}>(?!>)")
_QUOTE_REST = re.compile(r"[ \t]{0,3}>>>[ \t]")
_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)]|#{1,3}|-#)\s")
_ITEM_MARK = re.compile(r"(?:[-*+•]|#{1,3}|-#)\s+")
_WHOLE = re.compile(
    r"https?://[^\s<>]{1,2000}"
    r"|<[@#:a-z/][^\s<>]{1,100}>"
    r"|`[^`]{1,300}`"
    r"|\|\|[^|]{1,600}\|\|"
    r"|\*\*[^*]{1,300}\*\*"
    r"|\[[^\[\]]{1,200}\]\([^()\s]{1,500}\)"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


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
    content, source_id = message.content, message.source_id
    sentences = [
        Sentence(Span(source_id, start, end), content[start:end], kind)
        for start, end, kind in _pieces(content)
    ]
    if message.attachments:
        marker = " ".join(map(attachment_marker, message.attachments))
        end = Span(source_id, len(content), len(content))
        sentences.append(Sentence(end, marker, SentenceKind.ATTACHMENT))
    return tuple(sentences)


Piece = tuple[int, int, SentenceKind]


def _pieces(content: str) -> Iterator[Piece]:
    """Code blocks whole, the text between them in sentences."""
    position = 0
    while fence := _FENCE.search(content, position):
        yield from _text(content, position, fence.start())
        closing = content.find(fence.group(), fence.end())
        position = len(content) if closing < 0 else closing + 3
        yield from _trimmed(content, fence.start(), position, SentenceKind.CODE)
    yield from _text(content, position, len(content))


def _text(content: str, start: int, end: int) -> Iterator[Piece]:
    """Quoted passages and prose, told apart line by line."""
    run: tuple[int, int] | None = None
    quoted = False
    rest_is_quoted = False
    for line_start, line_end in _lines(content, start, end):
        rest_is_quoted = rest_is_quoted or bool(_QUOTE_REST.match(content, line_start, line_end))
        line_quoted = rest_is_quoted or bool(_QUOTE.match(content, line_start, line_end))
        if run and line_quoted != quoted:
            yield from _run(content, *run, quoted=quoted)
            run = None
        run = (run[0] if run else line_start, line_end)
        quoted = line_quoted
    if run:
        yield from _run(content, *run, quoted=quoted)


def _run(content: str, start: int, end: int, *, quoted: bool) -> Iterator[Piece]:
    if quoted:
        for line_start, line_end in _lines(content, start, end):
            yield from _cut(content, line_start, line_end, SentenceKind.QUOTED)
        return
    for paragraph_start, paragraph_end in _paragraphs(content, start, end):
        for piece_start, piece_end in _sentences(content, paragraph_start, paragraph_end):
            yield from _cut(content, piece_start, piece_end, SentenceKind.PROSE)


def _lines(content: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = content.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def _paragraphs(content: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Lines that belong together: a line break counts unless a program wrapped the text there."""
    block: list[tuple[int, int]] = []
    for line in _lines(content, start, end):
        if content[line[0] : line[1]].strip():
            block.append(line)
        else:
            yield from _joined(content, block)
            block = []
    yield from _joined(content, block)


def _joined(content: str, block: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    wrapped = len(block) > 2 and all(end - start in _WRAPPED for start, end in block[:-1])
    run: tuple[int, int] | None = None
    for start, end in block:
        if run and _goes_on(content, run, start, wrapped):
            run = run[0], end
        else:
            if run:
                yield run
            run = start, end
    if run:
        yield run


def _goes_on(content: str, run: tuple[int, int], start: int, wrapped: bool) -> bool:
    """Whether the next line goes on with the sentence that the run before it ends in."""
    if _ITEM.match(content, start):
        return False
    last_line = run[1] - max(run[0], content.rfind("\n", run[0], run[1]) + 1)
    begins_small = content[start : start + 40].lstrip()[:1].islower()
    return wrapped or (begins_small and last_line >= _WRAPPED.start)


def _sentences(content: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences of a paragraph; no cut falls inside a link, a spoiler or other markup."""
    text = _SURROGATE.sub("\ufffd", content[start:end]).replace("\n", " ").replace("\0", " ")
    ends = [each["end_index"] for each in sentencex.get_sentence_boundaries("en", text)]
    whole = iter(_WHOLE.finditer(text))
    inside = next(whole, None)
    begin = 0
    for stop in ends:
        while inside and inside.end() <= stop:
            inside = next(whole, None)
        if stop >= len(text) or (inside and inside.start() < stop):
            continue
        yield start + begin, start + stop
        begin = stop
    yield start + begin, end


def _cut(content: str, start: int, end: int, kind: SentenceKind) -> Iterator[Piece]:
    """Pieces of at most LONGEST characters, cut at white space where there is some."""
    while end - start > LONGEST:
        stop = _stop(content, start)
        yield from _trimmed(content, start, stop, kind)
        start = stop
    yield from _trimmed(content, start, end, kind)


def _stop(content: str, start: int) -> int:
    latest = start + LONGEST
    for stop in range(latest, start + LONGEST // 2, -1):
        if content[stop].isspace():
            return stop
    while latest > start + LONGEST // 2 and _belongs_to_the_one_before(content, latest):
        latest -= 1
    return latest


def _belongs_to_the_one_before(content: str, place: int) -> bool:
    joins = unicodedata.category(content[place]).startswith("M") or content[place] == "\u200d"
    return joins or content[place - 1] == "\u200d"


def _trimmed(content: str, start: int, end: int, kind: SentenceKind) -> Iterator[Piece]:
    """The piece without white space and list marks around it, if anything is left."""
    piece = content[start:end]
    start += len(piece) - len(piece.lstrip())
    if kind is SentenceKind.PROSE and (mark := _ITEM_MARK.match(content, start, end)):
        start = mark.end()
    end = start + len(content[start:end].rstrip())
    if end > start:
        yield start, end, kind
