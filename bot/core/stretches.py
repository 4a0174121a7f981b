"""Stretches: consecutive messages of a discussion, and how a long one is cut into chapters.

A chapter that was written stays where it is for as long as its messages do: what comes, goes or
changes elsewhere moves none of its boundaries.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.brief import Brief
from bot.core.discussion import Discussion
from bot.core.sentences import Span

HEAD = 40
"""Bytes around a message where a model sees it: number, person, name."""
MARK = 9
"""Bytes around a sentence: its id and the mark."""
CITED = 240
"""Bytes of a sentence that is shown only because a brief cites it."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Consecutive messages; `key` is that of the brief that was written of them, if one was."""

    messages: tuple[str, ...]
    key: int | None = None


def size(discussion: Discussion, messages: Iterable[str]) -> int:
    """The bytes that messages take where a model sees them, within a few percent."""
    return sum(_size(discussion, id_) for id_ in messages)


def _size(discussion: Discussion, id_: str) -> int:
    sentences = len(discussion.sentences(id_))
    return HEAD + MARK * sentences + len(discussion.messages[id_].content.encode(errors="replace"))


def brief_size(discussion: Discussion, brief: Brief) -> int:
    """The bytes that a brief's first page takes with the sentences that it cites."""
    cited = {span for shown in brief.front for span in shown.cites}
    words = sum(len(shown.words.encode()) + MARK * len(shown.cites) for shown in brief.front)
    return words + sum(
        MARK + min(CITED, len(discussion.text(span).encode(errors="replace"))) for span in cited
    )


def fitting(discussion: Discussion, spans: Iterable[Span], room: int) -> tuple[Span, ...]:
    """The first spans whose messages have room together; the first of all in any case."""
    found: list[Span] = []
    messages: set[str] = set()
    for span in spans:
        needed = 0 if span.message in messages else _size(discussion, span.message)
        if found and needed > room:
            break
        room -= needed
        messages.add(span.message)
        found.append(span)
    return tuple(found)


def last_hours(discussion: Discussion, hours: float, now: datetime) -> tuple[str, ...]:
    """The messages that were posted in the last hours, with all that stand behind the first."""
    start = now - timedelta(hours=hours)
    for place, message in enumerate(discussion.messages.values()):
        if message.posted_at is not None and message.posted_at >= start:
            return discussion.ids[place:]
    return ()


def before(discussion: Discussion, messages: Sequence[str]) -> str | None:
    """The last message before a stretch; None where it begins with the topic."""
    if not messages:
        return discussion.ids[-1] if discussion.ids else None
    number = discussion.numbers[messages[0]]
    return discussion.ids[number - 2] if number > 1 else None


def chapters(
    discussion: Discussion,
    messages: Sequence[str],
    written: Mapping[int, Collection[str]],
    most: int,
) -> tuple[tuple[Chapter, ...], tuple[str, ...]]:
    """The closed chapters, and the messages of the open one, which is shorter than a whole one.

    `written` are the messages of briefs that were written of chapters, by a key; those count
    whose messages stand together as they did. Each new one takes `most` bytes at most, where no
    message is longer.
    """
    kept = dict(_together(messages, written))
    found: list[Chapter] = []
    loose: list[str] = []
    place = 0
    while place < len(messages):
        if chapter := kept.get(place):
            found += [*_cut(discussion, loose, most), chapter]
            loose = []
            place += len(chapter.messages)
        else:
            loose.append(messages[place])
            place += 1
    tail = list(_cut(discussion, loose, most))
    is_open = tail and size(discussion, tail[-1].messages) < most
    last = tail.pop().messages if is_open else ()
    return (*found, *tail), last


def _together(
    messages: Sequence[str], written: Mapping[int, Collection[str]]
) -> Iterator[tuple[int, Chapter]]:
    """Chapters whose messages stand in a row, by their first place; none overlaps another."""
    places = {id_: place for place, id_ in enumerate(messages)}
    done = 0
    spans: list[tuple[int, int, int]] = []
    for key, own in written.items():
        at = sorted(places[id_] for id_ in own if id_ in places)
        if at and len(at) == len(own) == at[-1] - at[0] + 1:
            spans.append((at[0], at[-1] + 1, key))
    for first, end, key in sorted(spans):
        if first >= done:
            yield first, Chapter(tuple(messages[first:end]), key)
            done = end


def _cut(discussion: Discussion, messages: Sequence[str], most: int) -> Iterator[Chapter]:
    part: list[str] = []
    room = most
    for id_ in messages:
        needed = _size(discussion, id_)
        if part and needed > room:
            yield Chapter(tuple(part))
            part, room = [], most
        part.append(id_)
        room -= needed
    if part:
        yield Chapter(tuple(part))
