"""A topic as it is at one moment: its discussion, and what was worked out of it.

What is worked out of it is worked out once, however many ask; how it was come by, and for how long
it holds, it must not know.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

from bot.archive import KeptTopic, Known
from bot.core.brief import Brief
from bot.core.discussion import Discussion
from bot.core.receipt import readable
from bot.core.summary import TopicFacts


@dataclass(frozen=True)
class KeptBrief:
    """A brief, the messages that it was written in sight of, and what was thrown out of it.

    `whole` are the messages that there were when the topic was last read whole; `id` is that of
    the draft where it is kept.
    """

    brief: Brief
    seen: frozenset[str]
    rejected: Counter[str] = field(default_factory=Counter[str])
    whole: int = 0
    id: int | None = None


@dataclass(frozen=True)
class Snapshot:
    """A topic's discussion; `briefs` are those that are known of it by now, by engine."""

    topic: KeptTopic
    discussion: Discussion
    withheld: Counter[str]
    briefs: dict[str, KeptBrief] = field(default_factory=dict[str, KeptBrief])

    @cached_property
    def readable(self) -> tuple[str, ...]:
        """The messages to read, in order."""
        return readable(self.discussion, self.discussion.ids)

    def of(self, messages: Collection[str]) -> tuple[str, ...]:
        """Those of some messages, in order."""
        return tuple(id_ for id_ in self.readable if id_ in messages)

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


def snapshot(known: Known) -> Snapshot:
    """The topic as the archive knows it. Takes a second where it is very long."""
    taken = Snapshot(known.topic, Discussion(known.topic.topic, known.messages), known.withheld)
    _ = taken.readable  # cuts all sentences, in the thread that this runs in
    return taken
