"""What a person asks for and sees: summary, suggestions, answer, and the receipt beneath them.

The field names are those of the JSON that the command line prints.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

HEADINGS = ("Where it stands", "Still open")
"""Above the state, and above what is open, unless the discussion has another language."""
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
class Evidence:
    """A sentence that bears something out: a true slice of the message that it links to.

    `number` is the message's place in its topic, from 1.
    """

    message_id: str
    author: str
    quote: str
    url: str | None
    posted_at: datetime | None
    number: int | None = field(default=None, compare=False, metadata=UNPRINTED)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in a text, as they wrote it themselves."""

    name: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark behind words; `places` count the text's evidence from 1."""

    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Words with names and marks in their places; `**` in the words turns bold on and off.

    Printed as `{"text": ..., "evidence": [...]}`, where `[1]` in the text is the first evidence.
    """

    parts: tuple[str | Name | Mark, ...]
    evidence: tuple[Evidence, ...]

    @property
    def text(self) -> str:
        """The words with names and marks put in."""
        return "".join(map(_written, self.parts)).strip()

    @property
    def lines(self) -> "tuple[Text, ...]":
        """Its lines, each with all of the evidence."""
        lines: list[list[str | Name | Mark]] = [[]]
        for part in self.parts:
            if part == "\n":
                lines.append([])
            else:
                lines[-1].append(part)
        return tuple(Text(tuple(line), self.evidence) for line in lines if line)


def _written(part: str | Name | Mark) -> str:
    match part:
        case Name(name):
            return name
        case Mark(places):
            return f" [{', '.join(map(str, places))}]"
        case _:
            return part


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """A title and its lines, each on a line of the text.

    `wanted_by` is printed as `for`: who wants this plan now, by name.
    """

    title: str
    text: Text
    wanted_by: tuple[str, ...] = field(default=(), metadata={"name": "for"})


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """A person's line; `stand` is None where the evidence speaks for itself."""

    author: str
    stand: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How often something was left out or thrown out, and why."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was read, what was not and why, who is cited and who is not.

    `contested` counts sentences on which nothing rests, since their author was misstated by them.
    """

    messages: int
    read: int
    skipped: tuple[Count, ...]
    authors: int
    cited: int
    not_cited: tuple[str, ...]
    rejected: tuple[Count, ...]
    contested: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What a topic, or a stretch of it, comes to.

    `since` is the last message before the stretch, None for the whole topic. `to_you` are replies
    to the reader in it. `seen` are the source ids of the messages that it was written in sight of,
    and `news` how many of a stretch's messages others than the reader posted.
    """

    topic: TopicFacts
    engine: EngineFacts
    since: str | None
    to_you: tuple[Evidence, ...]
    lead: Text | None
    points: tuple[ShownPoint, ...]
    open: tuple[Text, ...]
    people: tuple[ShownPerson, ...]
    receipt: Receipt
    usage: Usage
    seen: frozenset[str] = field(default=frozenset(), metadata=UNPRINTED)
    news: int = field(default=0, metadata=UNPRINTED)
    reader: str | None = field(default=None, metadata=UNPRINTED)
    """The name of who reads a stretch, and is not among the people that its receipt counts."""
    headings: tuple[str, str] = field(default=HEADINGS, metadata=UNPRINTED)
    """What stands above the lines of the lead behind its first, and above what is open."""

    @property
    def front(self) -> tuple[Text, ...]:
        """The texts of the first page, in order."""
        lead = (self.lead,) if self.lead else ()
        return (*lead, *(point.text for point in self.points), *self.open)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A draft of a reply to the people `to`. `beyond` is a thought that is not from the thread.

    `engine` wrote it: the quotes engine stands in where a model leaves none. `why` is
    why a place to join was chosen, where no model did.
    """

    id: int
    intent: Intent
    text: str
    to: tuple[str, ...]
    beyond: str | None
    evidence: tuple[Evidence, ...]
    engine: str = "quotes"
    why: str | None = field(default=None, metadata=UNPRINTED)


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The drafts that one request gave; `why_fewer` than it asked for, where that is so."""

    topic: TopicFacts
    engine: EngineFacts
    suggestions: tuple[Suggestion, ...]
    receipt: Receipt
    usage: Usage
    why_fewer: str | None = field(default=None, metadata=UNPRINTED)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer from the thread; None where there is none to give, with the nearest passages."""

    topic: TopicFacts
    engine: EngineFacts
    answer: Text | None
    nearest: tuple[Evidence, ...]
    receipt: Receipt
    usage: Usage
    seen: frozenset[str] = field(default=frozenset(), metadata=UNPRINTED)


def counts(counter: Mapping[str, int]) -> tuple[Count, ...]:
    """A counter as the receipt shows it: by reason, without zeros."""
    return tuple(Count(reason, count) for reason, count in sorted(counter.items()) if count)
