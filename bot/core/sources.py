"""Sources: what a model was shown, and so may write from; worked out once for all statements."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.core.copies import runs
from bot.core.discussion import Discussion
from bot.core.lookalikes import alike
from bot.core.model import Message
from bot.core.name_forms import forms, heard
from bot.core.roster import Roster
from bot.core.sentences import Span
from bot.core.surroundings import Surroundings

NEAR = 8
"""Messages before one within which it may answer somebody without saying so."""
COPIED = 8
"""Words in a row that are somebody's, and no chance."""
SHORTENED = 4
"""Letters of a piece of a name that people may call somebody by: `Hardwick` of chrishardwick."""
_NAME = r"([^\W\d_]{3,20})"
_GREETED = re.compile(
    r"(?:(?:hi|hey|hello|dear|thanks|thank you|hallo|danke|liebe|lieber|bonjour|salut|merci|hola"
    rf"|gracias|ciao|grazie|olá|obrigado|obrigada|hoi|bedankt),? |@){_NAME}(?=[,:!.])",
    re.IGNORECASE,
)
_SIGNED = re.compile(rf"[-–—~/ ]{{0,4}}{_NAME}")


@dataclass(frozen=True)
class Sources:
    """What statements may cite: the sentences of these messages.

    `words` are all words that the model was shown, of people and of the topic; `question` is what
    it was asked besides. `called` has the names that others use for some of the people.
    """

    discussion: Discussion
    messages: Collection[str]
    words: str
    instructions: str = ""
    question: str = ""
    called: Mapping[str, str] = field(default_factory=dict[str, str])

    @cached_property
    def around(self) -> Surroundings:
        """All words, as they bear out the names of things; people's names among them."""
        names = "\n".join(self.discussion.names.values())
        return Surroundings(f"{self.words}\n{self.question}\n{names}")

    @cached_property
    def said(self) -> dict[str, str]:
        """The words of the messages by their authors."""
        said: dict[str, list[str]] = {}
        for message in map(self.discussion.messages.__getitem__, self.messages):
            said.setdefault(message.author.source_id, []).append(message.content)
        return {author: "\n".join(words) for author, words in said.items()}

    @cached_property
    def runs(self) -> frozenset[str]:
        """What is recognised as somebody's words, names among them."""
        return runs("\n".join((self.words, *self.discussion.names.values())), COPIED)

    @cached_property
    def roster(self) -> Roster:
        """The names of all people."""
        return Roster(self.discussion.names.values(), alike(self.words))

    def is_named(self, author: str, message: str) -> bool:
        """Whether a message says the name of somebody, a part of it, or what others call them."""
        if message not in self._heard:
            self._heard[message] = heard(alike(self.discussion.messages[message].content))
        words = self._heard[message]
        if not self._called[author].isdisjoint(words):
            return True
        name = alike(self.discussion.names[author]).casefold()
        return any(
            len(each) >= SHORTENED and each.casefold() in name
            for each in words
            if each[0].isupper()
        )

    def nameable(self, text: str, spans: Collection[Span]) -> frozenset[str]:
        """The names in a text of those who wrote, are named in or are answered by sentences.

        A name that a model writes itself has to stand there: that others wrote just before is not
        enough, as it is for a label.
        """
        return frozenset(
            name
            for name in self.roster.owners(alike(text))
            if self.takes_part(self._authors[name], spans, near=0)
        )

    def spoken_of(self, text: str) -> frozenset[str]:
        """The names in a text of those whom somebody else speaks of."""
        return frozenset(filter(self._is_spoken_of, self.roster.owners(alike(text))))

    def _is_spoken_of(self, name: str) -> bool:
        if name not in self._spoken_of:
            named = (self.is_named(self._authors[name], message) for message in self.messages)
            self._spoken_of[name] = any(named)
        return self._spoken_of[name]

    @cached_property
    def _spoken_of(self) -> dict[str, bool]:
        return {}

    def takes_part(self, author: str, spans: Iterable[Span], near: int = NEAR) -> bool:
        """Whether somebody wrote one of the sentences, or is named in it or answered by it.

        Whoever wrote one of the `near` messages before may be answered.
        """
        messages = dict.fromkeys(span.message for span in spans)
        return any(
            author in self._answered(id_, near) or self.is_named(author, id_) for id_ in messages
        )

    def _answered(self, id_: str, near: int) -> Iterator[str]:
        """Who wrote a message, whom it replies to, and who wrote just before."""
        discussion = self.discussion
        message = discussion.messages[id_]
        replied = discussion.messages.get(message.reply_to or "")
        place = discussion.numbers[id_] - 1
        before = discussion.ids[max(0, place - near) : place]
        for each in (message, replied, *map(discussion.messages.__getitem__, before)):
            if each is not None:
                yield each.author.source_id

    @cached_property
    def _authors(self) -> dict[str, str]:
        return {name: author for author, name in self.discussion.names.items()}

    @cached_property
    def _heard(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _called(self) -> dict[str, frozenset[str]]:
        """What each person may be called in a message."""
        called = {author: set(forms(name)) for author, name in self.discussion.names.items()}
        for author, name in (*self.called.items(), *self._greetings()):
            called[author].update(forms(name))
        return {author: frozenset(of) for author, of in called.items()}

    def _greetings(self) -> Iterator[tuple[str, str]]:
        """By what other names people sign, and are greeted where somebody replies to them."""
        for message in self.discussion.messages.values():
            replied = self.discussion.messages.get(message.reply_to or "")
            greeted = _GREETED.match(message.content) if replied else None
            if replied and greeted and self._is_new_name(greeted[1]):
                yield replied.author.source_id, greeted[1]
            if (signed := _signature(message)) and self._is_new_name(signed):
                yield message.author.source_id, signed

    def _is_new_name(self, word: str) -> bool:
        return word[0].isupper() and not self.roster.knows(alike(word))


def _signature(message: Message) -> str | None:
    """The name on a last line of its own."""
    above, _, last = message.content.rstrip()[-200:].rpartition("\n")
    signed = _SIGNED.fullmatch(last.strip()) if above.strip() else None
    return signed[1] if signed else None
