"""Where a topic stands for one engine: its state, and what the receipt needs to know of it.

What is worked out of it is worked out once, however many ask; how it was come by, and for how long
it holds, it must not know.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from bot.archive import KeptTopic, Known
from bot.core.model import Message
from bot.core.presentation import summary
from bot.core.receipt import receipt
from bot.core.state import TopicState, assemble, fingerprint
from bot.core.summary import EngineFacts, Receipt, Summary, TopicFacts


@dataclass(frozen=True)
class Standing:
    """A topic's state, and what of it has been read.

    `up_to_date` says that nothing of it is left to be read or grouped.
    """

    topic: KeptTopic
    state: TopicState
    read: dict[str, str]
    rejected: Counter[str]
    withheld: Counter[str]
    up_to_date: bool = False

    @cached_property
    def messages(self) -> list[Message]:
        """The topic's messages in their order."""
        return list(self.state.messages.values())

    def has_read(self, message: Message) -> bool:
        """Whether the message was read to its end, and said then what it says now."""
        return self.read.get(message.source_id) == self.revisions[message.source_id]

    def says_what(self, other: "Standing") -> bool:
        """Whether both are of the same messages."""
        return self.state.messages == other.state.messages

    @cached_property
    def revisions(self) -> dict[str, str]:
        """What each message said when the state was put together."""
        return revisions(self.state.messages.values())

    @cached_property
    def fingerprint(self) -> str:
        """A hash of where the topic stands."""
        return fingerprint(self.state)

    @cached_property
    def receipt(self) -> Receipt:
        """The receipt of what was read, before anything is drafted."""
        return receipt(self.state, self.read, self.rejected, self.withheld)

    @cached_property
    def facts(self) -> TopicFacts:
        """The topic, as it is named to a reader."""
        kept = self.topic
        return TopicFacts(
            id=kept.id,
            title=kept.topic.title,
            url=kept.topic.url,
            messages=kept.messages,
            authors=kept.authors,
        )

    @cached_property
    def summary(self) -> Summary:
        """The summary without what is drafted for each request: headline, engine and usage."""
        return summary(self.state, self.facts, EngineFacts(name=""), self.receipt)


def standing(known: Known) -> Standing:
    """Where a topic stands, by what is known of it. Takes a second where it is very long."""
    return Standing(
        topic=known.topic,
        state=assemble(known.topic.topic, known.messages, known.notes, known.arrangement),
        read=known.read,
        rejected=known.rejected,
        withheld=known.withheld,
    )


def revisions(messages: Iterable[Message]) -> dict[str, str]:
    """What each message says, as a revision, by its id."""
    return {message.source_id: message.revision for message in messages}
