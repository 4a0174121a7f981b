"""Windows: consecutive sentences that fit one model call, with numbers local to the window."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.core.model import Author, Message
from bot.core.sentences import Sentence, Span


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


def cut(
    title: str,
    messages: Sequence[Message],
    unread: Sequence[str],
    budget: int,
) -> Iterator[Window]:
    """Windows over the unread messages, each of at most `budget` characters of new sentences.

    `messages` is the whole topic in order; `unread` names those to be noted. Around a window
    stand, as context, the message that a noted one replies to and the one before it.
    A message longer than the budget spans windows.
    """
    raise NotImplementedError
