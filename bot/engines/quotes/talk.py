"""A stretch of a discussion as talk: what people say and ask in it, message by message."""

from collections import defaultdict

from bot.core.likeness import content_words, features
from bot.core.model import Message
from bot.engines import Material
from bot.engines.quotes.salience import Salience, Saying
from bot.engines.quotes.speech import asks, says_something

OPENING = 1_500
"""Characters of the first message that say what it is about."""


class Talk:
    """What people say in a stretch, by message. What programs post is left out."""

    def __init__(self, material: Material) -> None:
        self.discussion = material.discussion
        found = (self.discussion.messages[id_] for id_ in material.messages)
        self.messages = [message for message in found if not message.author.bot]
        self.said = {message.source_id: self._said(message) for message in self.messages}
        self.sayings = [saying for said in self.said.values() for saying in said]
        self.salience = Salience(self.sayings, self._first_words())
        self.replies: defaultdict[str | None, list[Message]] = defaultdict(list)
        for message in self.messages:
            self.replies[message.reply_to].append(message)
        self._title = features(self.discussion.topic.title).keys()
        self._places = {id_: place for place, id_ in enumerate(self.said)}

    def about(self, text: str) -> frozenset[str]:
        """What a text is about; a word of the title counts only where it has no other."""
        own = content_words(text)
        return own - self._title or own

    def opens(self, message: Message) -> bool:
        """Whether the whole discussion was opened with a message."""
        return message.source_id == next(iter(self.discussion.messages))

    def states(self, message: Message) -> bool:
        """Whether a message says anything but questions."""
        return any(not saying.asks for saying in self.said[message.source_id])

    def statement(self, message: Message) -> Saying | None:
        """What matters most of what a message states."""
        stated = (saying for saying in self.said[message.source_id] if not saying.asks)
        return max(stated, key=self.salience.score, default=None)

    def before(self, message: Message, most: int) -> list[Message]:
        """The messages right before one, in order."""
        place = self._places[message.source_id]
        return self.messages[max(0, place - most) : place]

    def after(self, message: Message, most: int) -> list[Message]:
        """The messages right after one, in order."""
        place = self._places[message.source_id] + 1
        return self.messages[place : place + most]

    def _first_words(self) -> str:
        """The title, and the opening where it is in the stretch."""
        opening = (each.content[:OPENING] for each in self.messages[:1] if self.opens(each))
        return "\n".join((self.discussion.topic.title, *opening))

    def _said(self, message: Message) -> list[Saying]:
        said: list[Saying] = []
        for sentence in self.discussion.sentences(message.source_id):
            question = asks(sentence)
            if question or says_something(sentence):
                author = message.author.source_id
                said.append(Saying(sentence.span, author, sentence.text, question, len(said)))
        return said
