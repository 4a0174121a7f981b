"""Windows: consecutive sentences that fit one model call, with numbers local to the window."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.model import Author, Message
from bot.core.sentences import Sentence, Span, split

CONTEXT_SIZE = 600
"""Characters of a context message that a window shows."""


@dataclass(frozen=True, slots=True)
class WindowMessage:
    """A message, or the part of it that the window holds.

    `number` counts from 1 in the window; its sentences are numbered from 1, so that `12.3` is
    the third sentence of message 12. `context` marks what is shown but not to be noted.
    `reply_to` is the number of the message replied to, where the window shows it.
    """

    number: int
    message: str
    author: Author
    sentences: tuple[Sentence, ...]
    context: bool = False
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """What one reading sees. `title` is the topic's."""

    title: str
    messages: tuple[WindowMessage, ...]

    def numbered(self) -> Iterator[tuple[str, Sentence, WindowMessage]]:
        """Every sentence with its id (`12.3`) and its message."""
        for message in self.messages:
            for place, sentence in enumerate(message.sentences, start=1):
                yield f"{message.number}.{place}", sentence, message

    def allowed(self) -> Mapping[Span, bool]:
        """The window's sentences, and whether each may be evidence."""
        return {
            sentence.span: sentence.evidence and not message.context
            for _, sentence, message in self.numbered()
        }

    def halves(self) -> "tuple[Window, Window] | None":
        """Two windows with half of the new sentences each and all the context; None for one."""
        new = [(m, s) for m in self.messages if not m.context for s in m.sentences]
        if len(new) < 2:
            return None
        middle = len(new) // 2
        return self._with(new[:middle]), self._with(new[middle:])

    def _with(self, new: "Sequence[tuple[WindowMessage, Sentence]]") -> "Window":
        kept: dict[int, list[Sentence]] = {}
        for message, sentence in new:
            kept.setdefault(message.number, []).append(sentence)
        return Window(
            self.title,
            tuple(
                replace(message, sentences=tuple(kept.get(message.number, message.sentences)))
                for message in self.messages
                if message.context or message.number in kept
            ),
        )


def cut(
    title: str,
    messages: Sequence[Message],
    unread: Sequence[str],
    budget: int,
) -> Iterator[Window]:
    """Windows over the unread messages, each of at most `budget` characters of new sentences.

    `messages` is the whole topic in order; `unread` names those to be noted. Around a window
    stand, as context, the messages that its noted ones reply to and those just before them.
    A message longer than the budget spans windows; a sentence longer than it stands alone.
    """
    topic = _Topic(title, messages)
    wanted = set(unread)
    parts: list[_Part] = []
    size = 0
    for message in messages:
        if message.source_id not in wanted:
            continue
        for part in _parts(message, budget):
            if parts and size + part.size > budget:
                yield topic.window(parts)
                parts, size = [], 0
            parts.append(part)
            size += part.size
    if parts:
        yield topic.window(parts)


@dataclass(frozen=True, slots=True)
class _Part:
    """Consecutive sentences of one message."""

    message: Message
    sentences: tuple[Sentence, ...]

    @property
    def size(self) -> int:
        return sum(len(sentence.text) for sentence in self.sentences)


def _parts(message: Message, budget: int) -> Iterator[_Part]:
    """A message in pieces that fit the budget; whole where it fits."""
    piece: list[Sentence] = []
    size = 0
    for sentence in split(message):
        if piece and size + len(sentence.text) > budget and budget > 1:
            yield _Part(message, tuple(piece))
            piece, size = [], 0
        piece.append(sentence)
        size += len(sentence.text)
    if piece:
        yield _Part(message, tuple(piece))


class _Topic:
    """A topic's messages by id and by place, to look up what stands around a noted one."""

    def __init__(self, title: str, messages: Sequence[Message]) -> None:
        self._title = title
        self._messages = messages
        self._place = {message.source_id: place for place, message in enumerate(messages)}

    def window(self, parts: Sequence[_Part]) -> Window:
        noted = {part.message.source_id: part for part in parts}
        places = {self._place[id_] for id_ in noted}
        shown = sorted(places | set(self._around(places)))
        numbers = {
            self._messages[place].source_id: number for number, place in enumerate(shown, start=1)
        }
        return Window(
            self._title,
            tuple(self._shown(self._messages[place], noted, numbers) for place in shown),
        )

    def _around(self, noted: set[int]) -> Iterator[int]:
        for place in noted:
            if place > 0:
                yield place - 1
            replied = self._messages[place].reply_to
            if replied in self._place:
                yield self._place[replied]

    def _shown(
        self, message: Message, noted: Mapping[str, _Part], numbers: Mapping[str, int]
    ) -> WindowMessage:
        part = noted.get(message.source_id)
        return WindowMessage(
            number=numbers[message.source_id],
            message=message.source_id,
            author=message.author,
            sentences=part.sentences if part else tuple(_beginning(message)),
            context=part is None,
            reply_to=numbers.get(message.reply_to) if message.reply_to else None,
        )


def _beginning(message: Message) -> Iterator[Sentence]:
    """The first sentences of a message: enough to understand what is said to it."""
    size = 0
    for sentence in split(message):
        if size and size + len(sentence.text) > CONTEXT_SIZE:
            return
        size += len(sentence.text)
        yield sentence
