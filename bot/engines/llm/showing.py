"""How people's words reach the model: marked, one line each, so that no word can pose as a mark."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.core.inert import one_line, shorten
from bot.core.sentences import Sentence, SentenceKind
from bot.core.windows import Window

MOST_SHOWN = 800
"""Characters of one sentence that the model sees; the quote stays whole."""


@dataclass(slots=True)
class Labels:
    """People under labels (P1, P2, ...): their names are nobody's business but the reader's."""

    prefix: str = "P"
    _labels: dict[str, str] = field(default_factory=dict[str, str])

    def of(self, key: str) -> str:
        """The label of a key; a new one at its first use."""
        return self._labels.setdefault(key, f"{self.prefix}{len(self._labels) + 1}")

    def keys(self) -> Mapping[str, str]:
        """What each label stands for."""
        return {label: key for key, label in self._labels.items()}


def words(text: str, limit: int = MOST_SHOWN) -> str:
    """Somebody's words as one line of data."""
    return shorten(one_line(text), limit)


def marked(label: str, text: str) -> str:
    """A line of data: what it is, then the words."""
    return f"{label} | {words(text)}"


def messages(window: Window) -> str:
    """The messages of a window, with the ids of their sentences."""
    people = Labels()
    lines: list[str] = []
    for message in window.messages:
        head = f"[{message.number}] {people.of(message.author.source_id)}"
        if message.reply_to is not None:
            head += f", in reply to {message.reply_to}"
        lines.append(f"{head} (context)" if message.context else head)
        for place, sentence in enumerate(message.sentences, start=1):
            lines.append(marked(_mark(sentence, f"{message.number}.{place}"), sentence.text))
    return "\n".join((marked("Title", window.title), "", *lines))


def _mark(sentence: Sentence, id_: str) -> str:
    """A sentence's id, where it may be noted; what it is, where it may not."""
    if sentence.evidence:
        return id_
    return "(contested)" if sentence.kind is SentenceKind.CONTESTED else "(quoted)"


def listed(lines: Iterable[str]) -> str:
    """Lines, or a dash where there is none."""
    return "\n".join(lines) or "-"


def noted(window: Window) -> str:
    """Which messages are to be noted, in words."""
    numbers = [str(each.number) for each in window.messages if not each.context]
    return f"message {numbers[0]}" if len(numbers) == 1 else f"messages {', '.join(numbers)}"


def passages(found: Iterable[tuple[str, str]]) -> str:
    """Passages (words, author) as S1, S2, ..."""
    people = Labels()
    return listed(
        marked(f"S{place} ({people.of(author)})", text)
        for place, (text, author) in enumerate(found, start=1)
    )
