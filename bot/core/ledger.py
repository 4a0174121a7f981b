"""The ledger: questions and viewpoints of a topic with their evidence, derived from the notes.

Kept are notes and where each was placed; everything else here follows from them, so an edit or
a delete takes a message's notes away and the rest comes out as if it had never been posted.

A viewpoint's id is the id of the note that founded it, and stays when that note goes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.core.arrangement import Arrangement, Frame, Stance, merged
from bot.core.model import Message
from bot.core.notes import KeptNote, NoteKind
from bot.core.sentences import Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence, who said it, and what it does."""

    span: Span
    author: str
    stance: Stance
    note: int


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """A view on a question. `claim` is None where the first quote speaks for itself.

    `authors` are the source ids of those whose latest stance holds it, in order of appearance.
    """

    id: int
    claim: str | None
    question: int | None
    opposes: tuple[int, ...]
    authors: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Asked in the thread; open until a message answers it.

    `taken_up` says that somebody else than the asker holds a viewpoint on it.
    """

    id: int
    wording: str | None
    asked: Evidence
    answers: tuple[Evidence, ...]
    taken_up: bool = False

    @property
    def open(self) -> bool:
        """Whether no message answers it, be it with a viewpoint."""
        return not self.answers and not self.taken_up


@dataclass(frozen=True, slots=True)
class ChangeOfMind:
    """An author who held a viewpoint, and now doesn't; or the other way round."""

    author: str
    viewpoint: int
    before: Evidence
    after: Evidence


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where a topic stands. Viewpoints and questions are in order of appearance."""

    questions: tuple[Question, ...] = ()
    viewpoints: tuple[Viewpoint, ...] = ()
    agreements: tuple[int, ...] = ()
    changes: tuple[ChangeOfMind, ...] = ()
    orphans: tuple[int, ...] = ()
    """Notes placed at a viewpoint that nobody supports any more: to be placed anew."""

    @property
    def quoted(self) -> frozenset[str]:
        """The source ids of all authors with evidence anywhere in the ledger."""
        return frozenset(evidence.author for evidence in self.evidence)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All evidence: of viewpoints, questions and answers."""
        views = (evidence for viewpoint in self.viewpoints for evidence in viewpoint.evidence)
        asked = (
            evidence
            for question in self.questions
            for evidence in (question.asked, *question.answers)
        )
        return (*views, *asked)


def build(
    messages: Sequence[Message],
    notes: Iterable[KeptNote],
    arrangement: Arrangement,
) -> Ledger:
    """The ledger of a topic.

    `messages` are the topic's in order; notes of messages that are not among them don't count.
    """
    kept = _InOrder(messages, notes)
    questions = tuple(_questions(kept))
    viewpoints, orphans = _viewpoints(kept, merged(arrangement), questions)
    return Ledger(
        questions=tuple(_with_views(questions, viewpoints)),
        viewpoints=viewpoints,
        agreements=tuple(_agreements(viewpoints)),
        changes=tuple(change for viewpoint in viewpoints for change in changes_of_mind(viewpoint)),
        orphans=orphans,
    )


def latest(viewpoint: Viewpoint) -> dict[str, Evidence]:
    """Each author's latest evidence on a viewpoint, by author, in order of appearance."""
    return {evidence.author: evidence for evidence in viewpoint.evidence}


def changes_of_mind(viewpoint: Viewpoint) -> Iterator[ChangeOfMind]:
    """Where an author's latest stance differs from the one that they took first."""
    last = latest(viewpoint)
    first = {evidence.author: evidence for evidence in reversed(viewpoint.evidence)}
    for author, now in last.items():
        if now.stance.holds != first[author].stance.holds:
            yield ChangeOfMind(author, viewpoint.id, first[author], now)


class _InOrder:
    """Notes of the messages that are still there, by when their message was posted."""

    def __init__(self, messages: Sequence[Message], notes: Iterable[KeptNote]) -> None:
        self.messages = {message.source_id: message for message in messages}
        place = {source_id: index for index, source_id in enumerate(self.messages)}
        present = [kept for kept in notes if kept.note.message in place]
        present.sort(key=lambda kept: (place[kept.note.message], kept.note.spans, kept.id))
        self.notes = present

    def of_kind(self, kind: NoteKind) -> Iterator[KeptNote]:
        return (kept for kept in self.notes if kept.note.kind is kind)

    def evidence(self, kept: KeptNote, stance: Stance) -> tuple[Evidence, ...]:
        author = self.messages[kept.note.message].author.source_id
        return tuple(Evidence(span, author, stance, kept.id) for span in kept.note.spans)

    def text(self, span: Span) -> str:
        message = self.messages.get(span.message)
        return message.content[span.start : span.end] if message else ""


def _questions(kept: _InOrder) -> Iterator[Question]:
    """The questions; who asks in the same words asks the same question."""
    answers: defaultdict[Span, list[Evidence]] = defaultdict(list)
    for note in kept.of_kind(NoteKind.ANSWER):
        if note.note.about:
            answers[note.note.about].extend(kept.evidence(note, Stance.UNKNOWN))
    same: defaultdict[str, list[KeptNote]] = defaultdict(list)
    for note in kept.of_kind(NoteKind.QUESTION):
        words = " ".join(kept.text(span) for span in note.note.spans)
        same[" ".join(words.casefold().split())].append(note)
    for first, *again in same.values():
        spans = [span for note in (first, *again) for span in note.note.spans]
        given = (answer for span in spans for answer in answers.get(span, ()))
        asked = kept.evidence(first, Stance.UNKNOWN)[0]
        yield Question(first.id, first.note.words, asked, tuple(dict.fromkeys(given)))


def _with_views(
    questions: Iterable[Question], viewpoints: Iterable[Viewpoint]
) -> Iterator[Question]:
    holders: defaultdict[int | None, set[str]] = defaultdict(set)
    for viewpoint in viewpoints:
        holders[viewpoint.question].update(viewpoint.authors)
    for question in questions:
        yield replace(question, taken_up=bool(holders[question.id] - {question.asked.author}))


def _viewpoints(
    kept: _InOrder, arrangement: Arrangement, questions: Sequence[Question]
) -> tuple[tuple[Viewpoint, ...], tuple[int, ...]]:
    placed: defaultdict[int, list[tuple[KeptNote, Stance]]] = defaultdict(list)
    for note in kept.of_kind(NoteKind.VIEW):
        if placement := arrangement.placements.get(note.id):
            placed[placement.viewpoint].append((note, placement.stance))
    held = {
        viewpoint: notes
        for viewpoint, notes in placed.items()
        if any(stance.holds for _, stance in notes)
    }
    opposition = _opposition(arrangement.frames.values(), held)
    known_questions = {question.id for question in questions}
    viewpoints: list[Viewpoint] = []
    for id_, notes in held.items():
        frame = arrangement.frames.get(id_, Frame(id_))
        evidence = _with_withdrawals(
            evidence for note, stance in notes for evidence in kept.evidence(note, stance)
        )
        viewpoint = Viewpoint(
            id=id_,
            claim=next((note.note.words for note, stance in notes if stance.holds), None),
            question=frame.question if frame.question in known_questions else None,
            opposes=tuple(sorted(opposition[id_])),
            authors=(),
            evidence=evidence,
        )
        holders = (author for author, last in latest(viewpoint).items() if last.stance.holds)
        viewpoints.append(replace(viewpoint, authors=tuple(holders)))
    orphans = (note.id for id_, notes in placed.items() if id_ not in held for note, _ in notes)
    return tuple(viewpoints), tuple(sorted(orphans))


def _with_withdrawals(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Who withdraws what they never held, objects."""
    holding: set[str] = set()
    told: list[Evidence] = []
    for item in evidence:
        if item.stance is Stance.WITHDRAWS and item.author not in holding:
            item = replace(item, stance=Stance.OBJECTS)
        if item.stance.holds:
            holding.add(item.author)
        told.append(item)
    return tuple(told)


def _opposition(frames: Iterable[Frame], held: Iterable[int]) -> defaultdict[int, set[int]]:
    """Opposition said one way holds both ways, between viewpoints that are still held."""
    live = set(held)
    opposition: defaultdict[int, set[int]] = defaultdict(set)
    for frame in frames:
        for other in frame.opposes & live - {frame.viewpoint}:
            if frame.viewpoint in live:
                opposition[frame.viewpoint].add(other)
                opposition[other].add(frame.viewpoint)
    return opposition


def _agreements(viewpoints: Sequence[Viewpoint]) -> Iterator[int]:
    """Viewpoints held by two people who are on opposite sides of something else."""
    camps: defaultdict[tuple[frozenset[str], frozenset[str]], list[frozenset[int]]]
    camps = defaultdict(list)
    for about, one, other in _opposite_camps(viewpoints):
        camps[one, other].append(about)
    for viewpoint in viewpoints:
        holders = frozenset(viewpoint.authors)
        if len(holders) > 1 and any(
            _on_both_sides(holders, one, other)
            and any(viewpoint.id not in about for about in subjects)
            for (one, other), subjects in camps.items()
        ):
            yield viewpoint.id


def _on_both_sides(holders: frozenset[str], one: frozenset[str], other: frozenset[str]) -> bool:
    ours, theirs = holders & one, holders & other
    return bool(ours and theirs) and len(ours | theirs) > 1


def _opposite_camps(
    viewpoints: Sequence[Viewpoint],
) -> Iterator[tuple[frozenset[int], frozenset[str], frozenset[str]]]:
    """Pairs of groups of authors who disagree, and the viewpoints on which they do."""
    holders = {viewpoint.id: frozenset(viewpoint.authors) for viewpoint in viewpoints}
    for viewpoint in viewpoints:
        last = latest(viewpoint).values()
        objectors = frozenset(item.author for item in last if item.stance is Stance.OBJECTS)
        if objectors:
            yield frozenset({viewpoint.id}), holders[viewpoint.id], objectors
        for other in viewpoint.opposes:
            if other > viewpoint.id:
                about = frozenset({viewpoint.id, other})
                yield about, holders[viewpoint.id], holders[other]
