"""The state of a topic: what engines group and draft from, put together from the archive."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core import ledger as ledgers
from bot.core.arrangement import Arrangement
from bot.core.errors import Ambiguous, NotFound
from bot.core.ledger import Evidence, Ledger
from bot.core.model import Message, Topic, by_id, revision_of
from bot.core.notes import KeptNote, NoteKind
from bot.core.sentences import Span
from bot.core.summary import Quote


@dataclass(frozen=True, slots=True)
class TopicState:
    """A topic's messages in order, its notes by one engine, and the ledger that follows.

    `names` are the authors' names by their source id, told apart where two share one.
    """

    topic: Topic
    messages: dict[str, Message]
    notes: dict[int, KeptNote]
    arrangement: Arrangement
    ledger: Ledger
    names: dict[str, str]

    def text(self, span: Span) -> str:
        """The words that a span points at."""
        return self.messages[span.message].content[span.start : span.end]

    def quote(self, evidence: Evidence) -> Quote:
        """Evidence with its words."""
        message = self.messages[evidence.span.message]
        return Quote(
            message_id=message.source_id,
            author=self.names[evidence.author],
            quote=self.text(evidence.span),
            stance=evidence.stance,
            url=message.url,
            posted_at=message.posted_at,
        )

    @property
    def pending(self) -> tuple[KeptNote, ...]:
        """View notes that stand nowhere in the ledger yet, by when their message was posted."""
        placed = self.arrangement.placements.keys() - set(self.ledger.orphans)
        place = {source_id: index for index, source_id in enumerate(self.messages)}
        pending = (
            kept
            for kept in self.notes.values()
            if kept.note.kind is NoteKind.VIEW and kept.id not in placed
        )
        return tuple(sorted(pending, key=lambda kept: (place[kept.note.message], kept.note.spans)))

    def author(self, words: str) -> str:
        """The source id of the author that a name, a part of one, or an id fits.

        Raises NotFound where nobody here is called so, Ambiguous where several are.
        """
        people = {message.author.source_id: message.author for message in self.messages.values()}
        if words in people:
            return words
        wanted = words.casefold()
        exact = [id_ for id_, author in people.items() if author.name.casefold() == wanted]
        part = [id_ for id_, author in people.items() if wanted in author.name.casefold()]
        fitting = exact or part
        if not fitting:
            raise NotFound(f'Nobody called "{words}" has written in this topic.')
        if len(fitting) > 1:
            raise Ambiguous("author", words, [f"{people[id_].name} (id {id_})" for id_ in fitting])
        return fitting[0]


def assemble(
    topic: Topic,
    messages: Sequence[Message],
    notes: Sequence[KeptNote],
    arrangement: Arrangement,
) -> TopicState:
    """The state of a topic as its messages, notes and arrangement make it."""
    return TopicState(
        topic=topic,
        messages=by_id(messages),
        notes={kept.id: kept for kept in notes},
        arrangement=arrangement,
        ledger=ledgers.build(messages, notes, arrangement),
        names=_names(messages),
    )


def rearranged(state: TopicState, arrangement: Arrangement) -> TopicState:
    """The state of the same messages and notes, as another arrangement makes it."""
    ledger = ledgers.build(list(state.messages.values()), state.notes.values(), arrangement)
    return replace(state, arrangement=arrangement, ledger=ledger)


def _names(messages: Sequence[Message]) -> dict[str, str]:
    names: dict[str, str] = {}
    taken: dict[str, int] = {}
    for author in {message.author.source_id: message.author for message in messages}.values():
        taken[author.name] = taken.get(author.name, 0) + 1
        again = taken[author.name]
        names[author.source_id] = author.name if again == 1 else f"{author.name} ({again})"
    return names


def fingerprint(state: TopicState) -> str:
    """A hash of where the topic stands: a draft made over the same ledger still fits."""
    told = [
        (each.id, each.claim, each.question, each.opposes, each.authors, each.evidence)
        for each in state.ledger.viewpoints
    ]
    asked = [(each.id, each.wording, each.open) for each in state.ledger.questions]
    return revision_of(repr((state.topic.title, told, asked)))
