"""Windows: consecutive sentences that fit one model call, with numbers local to the window.

A window holds all that its reading may see, so that equal windows may share a reading. What a
reading is, and which engine does it, it must not know.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.model import Author, Message
from bot.core.sentences import Sentence, Span, split

CONTEXT_SIZE = 600
"""Characters of a context message that a window shows at most: its first sentences."""
MESSAGE_BY_MESSAGE = 1
"""The budget that gives each message a window of its own."""
ALONE = 4_000
"""Characters of new sentences in a window then: the longest message that Discord lets through."""


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
        """Two windows with half of the new sentences each, and their context; None for one."""
        new = [(m.number, s) for m in self.messages if not m.context for s in m.sentences]
        if len(new) < 2:
            return None
        middle = len(new) // 2
        return self._only(new[:middle]), self._only(new[middle:])

    def _only(self, new: Sequence[tuple[int, Sentence]]) -> "Window":
        """The window with only these new sentences, and of the rest only what they need."""
        kept: dict[int, list[Sentence]] = {}
        for number, sentence in new:
            kept.setdefault(number, []).append(sentence)
        needed = {n for m in self.messages if m.number in kept for n in (m.number - 1, m.reply_to)}
        shown = [m for m in self.messages if m.number in kept or m.number in needed]
        numbers = {message.number: number for number, message in enumerate(shown, start=1)}
        return Window(
            self.title,
            tuple(
                replace(
                    message,
                    number=numbers[message.number],
                    sentences=tuple(kept.get(message.number) or beginning(message.sentences)),
                    context=message.number not in kept,
                    reply_to=numbers.get(message.reply_to or 0),
                )
                for message in shown
            ),
        )


def beginning(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """The first sentences of a message, up to CONTEXT_SIZE: enough to understand a reply to it.

    Of a first sentence that is longer, such as a code block, there is the beginning.
    """
    shown: list[Sentence] = []
    room = CONTEXT_SIZE
    for sentence in sentences:
        if len(sentence.text) > room:
            return tuple(shown) or (_shortened(sentence),)
        shown.append(sentence)
        room -= len(sentence.text)
    return tuple(shown)


def _shortened(sentence: Sentence) -> Sentence:
    """A true slice still: the span is shortened with the text. An attachment's stays empty."""
    span = sentence.span
    shorter = replace(span, end=min(span.end, span.start + CONTEXT_SIZE))
    return replace(sentence, span=shorter, text=sentence.text[:CONTEXT_SIZE])


def cut(
    title: str,
    messages: Sequence[Message],
    unread: Sequence[str],
    budget: int,
) -> Iterator[Window]:
    """Windows over the unread messages, each of at most `budget` characters of new sentences.

    `messages` is the whole topic in order; `unread` names those to be noted. Around a window
    stand, as context, the messages that its noted ones reply to and those just before them.
    A message that fits is never cut in two; a longer one spans windows, and of a sentence that
    is longer than the budget the window holds nothing else. A budget of MESSAGE_BY_MESSAGE
    gives each message its own window, where ALONE is the limit.
    """
    topic = _Topic(title, messages)
    wanted = set(unread)
    noted: list[_Part] = []
    size = 0
    for message in messages:
        for part in _parts(message, budget) if message.source_id in wanted else ():
            if noted and size + part.size > budget:
                yield topic.window(noted)
                noted, size = [], 0
            noted.append(part)
            size += part.size
    if noted:
        yield topic.window(noted)


@dataclass(frozen=True, slots=True)
class _Part:
    """Consecutive sentences of one message; `size` in characters."""

    message: str
    sentences: tuple[Sentence, ...]

    @property
    def size(self) -> int:
        return sum(len(sentence.text) for sentence in self.sentences)


def _parts(message: Message, budget: int) -> Iterator[_Part]:
    """A message in as few parts as the budget allows; none where it has no sentence."""
    limit = ALONE if budget <= MESSAGE_BY_MESSAGE else budget
    part: list[Sentence] = []
    size = 0
    for sentence in split(message):
        if part and size + len(sentence.text) > limit:
            yield _Part(message.source_id, tuple(part))
            part, size = [], 0
        part.append(sentence)
        size += len(sentence.text)
    if part:
        yield _Part(message.source_id, tuple(part))


class _Topic:
    """A topic's messages by id and by place, to look up what stands around a noted one."""

    def __init__(self, title: str, messages: Sequence[Message]) -> None:
        self._title = title
        self._messages = messages
        self._places = {message.source_id: place for place, message in enumerate(messages)}
        self._beginnings: dict[int, tuple[Sentence, ...]] = {}

    def window(self, parts: Sequence[_Part]) -> Window:
        """The window that notes these parts, at most one of each message."""
        noted = {self._places[part.message]: part.sentences for part in parts}
        context = {place for each in noted for place in self._around(each)}
        shown = sorted(noted.keys() | context)
        numbers = {self._messages[place].source_id: n for n, place in enumerate(shown, start=1)}
        return Window(
            self._title, tuple(self._shown(place, noted.get(place), numbers) for place in shown)
        )

    def _shown(
        self, place: int, new: tuple[Sentence, ...] | None, numbers: Mapping[str, int]
    ) -> WindowMessage:
        message = self._messages[place]
        return WindowMessage(
            number=numbers[message.source_id],
            message=message.source_id,
            author=message.author,
            sentences=new or self._beginning(place),
            context=new is None,
            reply_to=numbers.get(message.reply_to or ""),
        )

    def _around(self, place: int) -> Iterator[int]:
        """The last message before that has a sentence, and the one replied to if it has one."""
        before = next(filter(self._beginning, range(place - 1, -1, -1)), None)
        replied = self._places.get(self._messages[place].reply_to or "")
        return (each for each in (before, replied) if each is not None and self._beginning(each))

    def _beginning(self, place: int) -> tuple[Sentence, ...]:
        """Worked out once a topic, however many reply to one long opening post."""
        if place not in self._beginnings:
            self._beginnings[place] = beginning(split(self._messages[place]))
        return self._beginnings[place]
