"""What a person asks for and sees: summary, suggestions, answer, and the receipt beneath them.

The field names are those of the JSON that the command line prints.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.core.arrangement import Stance

UNPRINTED = {"printed": False}
"""Marks a field that front ends need and the JSON of the command line does not have."""


class Intent(StrEnum):
    """What a suggested reply sets out to do."""

    BUILD = "build"
    BRIDGE = "bridge"
    STEELMAN = "steelman"
    ASK = "ask"
    COUNTER = "counter"


@dataclass(frozen=True, slots=True)
class TopicFacts:
    """The topic that it is about."""

    id: int
    title: str
    url: str | None
    messages: int
    authors: int


@dataclass(frozen=True, slots=True)
class EngineFacts:
    """What wrote it. `prompts` are hashes by prompt name; `fallback` says why not the model."""

    name: str
    model: str | None = None
    prompts: Mapping[str, str] = field(default_factory=dict[str, str])
    fallback: str | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What the model was asked for it."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached: bool = False

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.calls + other.calls,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.cached and other.cached,
        )


@dataclass(frozen=True, slots=True)
class Quote:
    """Evidence with its words: a true slice of the message that it links to."""

    message_id: str
    author: str
    quote: str
    stance: Stance
    url: str | None
    posted_at: datetime | None


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question; its evidence is where it was asked, then the answers."""

    id: int
    text: str
    open: bool
    evidence: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class ShownViewpoint:
    """A viewpoint, and who holds it now."""

    id: int
    claim: str
    question: int | None
    opposes: tuple[int, ...]
    authors: tuple[str, ...]
    evidence: tuple[Quote, ...]

    @property
    def speaks_for_itself(self) -> bool:
        """Whether its claim is one of its quotes, so that only its people need a line."""
        return any(self.claim == each.quote for each in self.evidence)


@dataclass(frozen=True, slots=True)
class Count:
    """How often something was left out or thrown out, and why."""

    reason: str
    count: int


OVER_BUDGET = "over_budget"
"""The reason of drafts that no model was asked for, since a budget had no room."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was read, what was not and why, who is quoted and who is not.

    `contested` counts sentences on which nothing rests, since their author was misstated by them.
    """

    messages: int
    read: int
    skipped: tuple[Count, ...]
    authors: int
    quoted: int
    not_quoted: tuple[str, ...]
    rejected: tuple[Count, ...]
    contested: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """Where a topic stands."""

    topic: TopicFacts
    engine: EngineFacts
    headline: str | None
    questions: tuple[ShownQuestion, ...]
    viewpoints: tuple[ShownViewpoint, ...]
    agreements: tuple[int, ...]
    receipt: Receipt
    usage: Usage


class ChangeKind(StrEnum):
    """What changed since a message."""

    REPLY_TO_YOU = "reply_to_you"
    ANSWERED = "answered"
    NEW_VIEWPOINT = "new_viewpoint"
    GAINED = "gained"
    LOST = "lost"
    NEW_QUESTION = "new_question"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed, in a line of code's wording, and the new sentences that show it.

    `rests_on` are the messages, by their source's ids, that the line is worded from besides.
    """

    kind: ChangeKind
    text: str
    evidence: tuple[Quote, ...]
    rests_on: frozenset[str] = field(default=frozenset(), metadata=UNPRINTED)


@dataclass(frozen=True, slots=True)
class CatchUp:
    """What changed since a message, by its source's id; no change where nothing was added.

    `new_messages` are those that others posted since, and `new_from` who they are. The headline
    is the one over the topic as it now is, where it was written before.
    """

    topic: TopicFacts
    engine: EngineFacts
    headline: str | None
    since: str
    new_messages: int
    new_from: tuple[str, ...]
    changes: tuple[Change, ...]
    agreements: tuple[int, ...]
    receipt: Receipt
    usage: Usage


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A draft of a reply. `beyond` is a thought that is not from the thread.

    `engine` says which one wrote it: the quotes engine tops up what a model leaves short.
    """

    id: int
    intent: Intent
    text: str
    addresses: tuple[int, ...]
    beyond: str | None
    evidence: tuple[Quote, ...]
    engine: str = "quotes"


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The drafts that one request gave."""

    topic: TopicFacts
    engine: EngineFacts
    suggestions: tuple[Suggestion, ...]
    receipt: Receipt
    usage: Usage


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer from the thread; None when the thread does not say, with the nearest passages."""

    topic: TopicFacts
    engine: EngineFacts
    answer: str | None
    evidence: tuple[Quote, ...]
    receipt: Receipt
    usage: Usage


def counts(counter: Mapping[str, int]) -> tuple[Count, ...]:
    """A counter as the receipt shows it: by reason, without zeros."""
    return tuple(Count(reason, count) for reason, count in sorted(counter.items()) if count)
