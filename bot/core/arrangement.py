"""Where view notes were placed: kept beside the notes, since only a grouping can say it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Stance(StrEnum):
    """What a sentence does to a viewpoint."""

    SUPPORTS = "supports"
    OBJECTS = "objects"
    WITHDRAWS = "withdraws"
    UNKNOWN = "unknown"

    @property
    def holds(self) -> bool:
        """Whether who said it last holds the viewpoint."""
        return self in (Stance.SUPPORTS, Stance.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a view note went: it supports, objects to or withdraws from a viewpoint."""

    note: int
    viewpoint: int
    stance: Stance


@dataclass(frozen=True, slots=True)
class Frame:
    """What a viewpoint stands in: the question that it is on, and the viewpoints it opposes."""

    viewpoint: int
    question: int | None = None
    opposes: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Grouping:
    """What a grouping says of notes. A merge (kept, gone) keeps the first id and all evidence.

    `passed_over` are notes that are not to be shown: an engine that chooses among what an author
    said says so here, and may choose otherwise the next time. They stay unplaced.
    """

    placements: tuple[Placement, ...] = ()
    frames: tuple[Frame, ...] = ()
    merges: tuple[tuple[int, int], ...] = ()
    passed_over: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All placements, by note, and all frames, by viewpoint."""

    placements: Mapping[int, Placement] = field(default_factory=dict[int, Placement])
    frames: Mapping[int, Frame] = field(default_factory=dict[int, Frame])


def apply(arrangement: Arrangement, grouping: Grouping) -> Arrangement:
    """The arrangement after a grouping. A note placed before is placed anew, or passed over."""
    placements = {**arrangement.placements, **{each.note: each for each in grouping.placements}}
    for note in grouping.passed_over:
        placements.pop(note, None)
    frames = {**arrangement.frames, **{each.viewpoint: each for each in grouping.frames}}
    for kept, gone in grouping.merges:
        older, newer = min(kept, gone), max(kept, gone)
        placements = {
            note: replace(each, viewpoint=older) if each.viewpoint == newer else each
            for note, each in placements.items()
        }
        frames = _frames_merged(frames, older, newer)
    return Arrangement(placements, frames)


def _frames_merged(frames: Mapping[int, Frame], older: int, newer: int) -> dict[int, Frame]:
    """The frames with `newer` gone: who opposed it opposes `older`, as it did itself."""
    taken = frames.get(newer, Frame(newer))
    base = frames.get(older, Frame(older))
    question = taken.question if base.question is None else base.question
    rest = {id_: frame for id_, frame in frames.items() if id_ != newer}
    rest[older] = Frame(older, question, base.opposes | taken.opposes)
    return {
        id_: replace(
            frame,
            opposes=frozenset(older if id_ == newer else id_ for id_ in frame.opposes) - {id_},
        )
        for id_, frame in rest.items()
    }


def checked_grouping(
    grouping: Grouping, pending: Iterable[int], known: Iterable[int]
) -> tuple[Grouping, Counter[str]]:
    """The grouping with only what can be true, every pending note placed, and what was rejected.

    `pending` are the notes to be placed, `known` the viewpoints that there are. A note that the
    grouping forgot, or placed nowhere that exists, founds a viewpoint of its own: nothing that
    was noted is lost to a poor grouping. Only a note passed over by name stays unplaced.
    """
    asked = [note for note in dict.fromkeys(pending) if note not in grouping.passed_over]
    rejected: Counter[str] = Counter()
    placed: dict[int, Placement] = {}
    for placement in grouping.placements:
        if placement.note not in asked or placement.note in placed:
            rejected["unknown_note"] += 1
        else:
            placed[placement.note] = placement
    founders = {note for note, each in placed.items() if each.viewpoint == note}
    there = set(known) | founders
    for note in asked:
        each = placed.get(note)
        if each is None or each.viewpoint not in there:
            rejected["unknown_viewpoint" if each else "not_placed"] += 1
            placed[note] = Placement(note, note, Stance.SUPPORTS)
            there.add(note)
        elif each.viewpoint == note and not each.stance.holds:
            placed[note] = replace(each, stance=Stance.SUPPORTS)
    frames = tuple(
        replace(frame, opposes=frame.opposes & there - {frame.viewpoint})
        for frame in grouping.frames
        if frame.viewpoint in there
    )
    merges = tuple(pair for pair in grouping.merges if set(pair) <= there and pair[0] != pair[1])
    placements = tuple(placed[note] for note in asked)
    return Grouping(placements, frames, merges, grouping.passed_over), rejected
