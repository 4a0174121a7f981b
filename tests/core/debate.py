"""A made-up debate whose views are known, and an oracle that reads and groups it without error."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core import ledger as ledgers
from bot.core.arrangement import (
    Arrangement,
    Frame,
    Grouping,
    Placement,
    Stance,
    apply,
    checked_grouping,
)
from bot.core.ledger import Evidence, Ledger
from bot.core.model import Author, Message
from bot.core.notes import KeptNote, Note, NoteKind
from bot.core.sentences import Span


@dataclass(frozen=True)
class Turn:
    """What somebody says: a stance on one of two opposite views (0, 1) of a subject."""

    author: str
    subject: int
    side: int
    stance: Stance = Stance.SUPPORTS

    @property
    def label(self) -> tuple[int, int]:
        return self.subject, self.side


def message(number: int, turn: Turn) -> Message:
    words = f"{turn.author} {turn.stance} view {turn.label} in message {number}."
    return Message(f"m{number:03}", Author(turn.author, turn.author.title()), words)


def note(of: Message) -> Note:
    return Note(NoteKind.VIEW, (Span(of.source_id, 0, len(of.content)),), f"Claim: {of.content}")


class Debate:
    """The turns, what has been read of them, and the arrangement so far."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        self.turns = {f"m{number:03}": turn for number, turn in enumerate(turns)}
        self.messages = [message(number, turn) for number, turn in enumerate(turns)]
        self.notes: list[KeptNote] = []
        self.arrangement = Arrangement()
        self.last_id = 0

    def read(self, source_ids: Iterable[str]) -> None:
        wanted = set(source_ids)
        for each in self.messages:
            if each.source_id in wanted:
                self.last_id += 1
                self.notes.append(KeptNote(self.last_id, note(each)))

    def remove(self, source_ids: Iterable[str]) -> None:
        gone = set(source_ids)
        self.messages = [each for each in self.messages if each.source_id not in gone]
        self.notes = [each for each in self.notes if each.note.message not in gone]
        there = {each.id for each in self.notes}
        placements = {id_: p for id_, p in self.arrangement.placements.items() if id_ in there}
        orphans = ledgers.build(
            self.messages, self.notes, Arrangement(placements, self.arrangement.frames)
        ).orphans
        for orphan in orphans:
            del placements[orphan]
        self.arrangement = Arrangement(placements, self.arrangement.frames)

    def group(self) -> None:
        """Places what is not placed: those who hold a view first, then who speaks of it."""
        pending = [each for each in self.notes if each.id not in self.arrangement.placements]
        turn_of = {each.id: self.turns[each.note.message] for each in self.notes}
        at = {
            turn_of[id_].label: placement.viewpoint
            for id_, placement in self.arrangement.placements.items()
            if placement.stance.holds
        }
        placements: list[Placement] = []
        frames: list[Frame] = []
        for each in sorted(pending, key=lambda n: (not turn_of[n.id].stance.holds, n.note.message)):
            turn = turn_of[each.id]
            if turn.label not in at and turn.stance.holds:
                at[turn.label] = each.id
                other = at.get((turn.subject, 1 - turn.side))
                frames.append(Frame(each.id, None, frozenset({other} if other else ())))
            target = at.get(turn.label, each.id)
            placements.append(Placement(each.id, target, turn.stance))
        grouping, _ = checked_grouping(
            Grouping(tuple(placements), tuple(frames)),
            [each.id for each in pending],
            set(at.values()),
        )
        self.arrangement = apply(self.arrangement, grouping)

    @property
    def ledger(self) -> Ledger:
        return ledgers.build(self.messages, self.notes, self.arrangement)


def without_ids(ledger: Ledger) -> object:
    """The ledger with each viewpoint known by what stands in it."""

    def shown(evidence: Evidence) -> tuple[Span, str, Stance]:
        return evidence.span, evidence.author, evidence.stance

    name = {v.id: (v.claim, v.authors, tuple(map(shown, v.evidence))) for v in ledger.viewpoints}
    return (
        [(name[v.id], {name[other] for other in v.opposes}) for v in ledger.viewpoints],
        [name[id_] for id_ in ledger.agreements],
        [(c.author, name[c.viewpoint], shown(c.before), shown(c.after)) for c in ledger.changes],
    )
