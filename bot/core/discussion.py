"""A discussion: a topic's messages as a brief is written from them, with numbers, labels and names.

Message n is the n-th of the topic, sentence `12.3` the third of message 12. A person is called P1,
P2, ... in order of appearance. Both hold for as long as the messages are the same, so that what was
written before can be shown to a model together with what is new.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from bot.core.authors import told_apart
from bot.core.errors import Ambiguous, NotFound
from bot.core.model import Message, Topic, by_id
from bot.core.sentences import Sentence, SentenceKind, Span, split
from bot.core.summary import Evidence

HANDLE = re.compile(r"(?<![\w.<])@\w+")


class Discussion:
    """A topic and its messages in order. What follows from them is worked out when it is asked for.

    Messages and authors are known by their source's ids.
    """

    def __init__(self, topic: Topic, messages: Iterable[Message]) -> None:
        self.topic = topic
        self.messages: dict[str, Message] = by_id(messages)
        self._sentences: dict[str, tuple[Sentence, ...]] = {}

    @cached_property
    def language(self) -> str:
        """What it is mostly written in, as a code of ISO 639-1; "" where that is not known."""
        return next((each.topic_language for each in self.messages.values()), "")

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The messages' ids in order."""
        return tuple(self.messages)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Each message's number, from 1."""
        return {id_: number for number, id_ in enumerate(self.messages, start=1)}

    @cached_property
    def names(self) -> dict[str, str]:
        """Each author's name, told apart where two share one, in order of appearance."""
        return told_apart(each.author for each in self._all())

    @cached_property
    def labels(self) -> dict[str, str]:
        """Each author's label (P1, P2, ...); programs have none."""
        people = (each.author.source_id for each in self._all() if not each.author.bot)
        return {id_: f"P{n}" for n, id_ in enumerate(dict.fromkeys(people), start=1)}

    @cached_property
    def people(self) -> dict[str, str]:
        """The author behind each label."""
        return {label: id_ for id_, label in self.labels.items()}

    @cached_property
    def handles(self) -> frozenset[str]:
        """What people write with an @ though it names nobody (`@midnight`), without case."""
        handles: set[str] = set()
        for message in self._all():
            names = {each.start for each in message.mentions}
            found = HANDLE.finditer(message.content)
            handles.update(each.group().casefold() for each in found if each.start() not in names)
        return frozenset(handles)

    @cached_property
    def revisions(self) -> dict[str, str]:
        """What each message says, as a revision."""
        return {id_: each.revision for id_, each in self.messages.items()}

    @cached_property
    def asides(self) -> frozenset[str]:
        """The messages with a sentence that is no part of the discussion."""
        kinds = {id_: {part.kind for part in self.sentences(id_)} for id_ in self.messages}
        return frozenset(id_ for id_, found in kinds.items() if SentenceKind.ASIDE in found)

    def sentences(self, message: str) -> tuple[Sentence, ...]:
        """The sentences of a message, in order."""
        if message not in self._sentences:
            self._sentences[message] = split(self.messages[message])
        return self._sentences[message]

    def numbered(self, messages: Iterable[str]) -> Iterator[tuple[str, Sentence]]:
        """Every sentence of some messages that may be evidence, with its id (`12.3`)."""
        for message in messages:
            number = self.numbers[message]
            for place, sentence in enumerate(self.sentences(message), start=1):
                if sentence.evidence:
                    yield f"{number}.{place}", sentence

    def span(self, id_: str) -> Span | None:
        """The sentence with that id, if there is one that may be evidence.

        Of a line that is quoted it is the sentence that answers it: the line may be anybody's.
        """
        number, _, place = id_.partition(".")
        if not (number.isdecimal() and place.isdecimal()) or not 0 < int(number) <= len(self.ids):
            return None
        found = self.sentences(self.ids[int(number) - 1])
        if not 0 < int(place) <= len(found):
            return None
        behind = found[int(place) - 1 :]
        if behind[0].kind is SentenceKind.QUOTED:
            return next((each.span for each in behind if each.evidence), None)
        return behind[0].span if behind[0].evidence else None

    def id_of(self, span: Span) -> str | None:
        """The id of the sentence that stands there; None where none begins there by now."""
        if span.message not in self.messages:
            return None
        for place, sentence in enumerate(self.sentences(span.message), start=1):
            if sentence.span.start <= span.start < max(sentence.span.end, sentence.span.start + 1):
                return f"{self.numbers[span.message]}.{place}"
        return None

    def text(self, span: Span) -> str:
        """The words that a span points at."""
        return self.messages[span.message].content[span.start : span.end]

    def author_of(self, span: Span) -> str:
        """Whose words they are: the author's id."""
        return self.messages[span.message].author.source_id

    def evidence(self, span: Span) -> Evidence:
        """A sentence as it is shown: a true slice of its message, with its author and address."""
        message = self.messages[span.message]
        return Evidence(
            message_id=message.source_id,
            author=self.names[message.author.source_id],
            quote=self.text(span),
            url=message.url,
            posted_at=message.posted_at,
            number=self.numbers[message.source_id],
        )

    def after(self, message: str) -> tuple[str, ...]:
        """The messages after one. Raises NotFound where the topic has no such message."""
        if message not in self.messages:
            raise NotFound(f'This topic has no message "{message}": it may have been deleted.')
        return self.ids[self.numbers[message] :]

    def author(self, words: str) -> str:
        """The id of the author that a name, a part of one, or an id fits.

        Raises NotFound where nobody here is called so, Ambiguous where several are.
        """
        people = {each.author.source_id: each.author for each in self._all()}
        if words in people:
            return words
        wanted = words.casefold()
        exact = [id_ for id_, author in people.items() if author.name.casefold() == wanted]
        numbered = [id_ for id_, name in self.names.items() if name.casefold() == wanted]
        part = [id_ for id_, author in people.items() if wanted in author.name.casefold()]
        fitting = exact or numbered or part
        if not fitting:
            raise NotFound(f'Nobody called "{words}" has written in this topic.')
        if len(fitting) > 1:
            raise Ambiguous("author", words, [f"{self.names[id_]} (id {id_})" for id_ in fitting])
        return fitting[0]

    def words(self, messages: Iterable[str]) -> int:
        """How many words some messages have together."""
        return sum(len(self.messages[each].content.split()) for each in messages)

    def _all(self) -> Sequence[Message]:
        return list(self.messages.values())
