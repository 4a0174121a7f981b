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
class Merge:
    """Two viewpoints that say the same: the older one takes in all that stands at the newer.

    `rests_on` are the notes whose claims were found to say the same. Once one of them goes the
    merge does too, and what it brought along is to be placed anew.
    """

    older: int
    newer: int
    rests_on: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Grouping:
    """What a grouping says of notes.

    `passed_over` are notes that are not to be shown: an engine that chooses among what an author
    said says so here, and may choose otherwise the next time. They stay unplaced.
    """

    placements: tuple[Placement, ...] = ()
    frames: tuple[Frame, ...] = ()
    merges: tuple[Merge, ...] = ()
    passed_over: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All placements, by note; all frames, by viewpoint; all merges, by the newer viewpoint.

    Placements and frames stay as they were said, so that a merge can be undone.
    """

    placements: Mapping[int, Placement] = field(default_factory=dict[int, Placement])
    frames: Mapping[int, Frame] = field(default_factory=dict[int, Frame])
    merges: Mapping[int, Merge] = field(default_factory=dict[int, Merge])

    def now(self, viewpoint: int) -> int:
        """The viewpoint that it is by now: itself, or the one that took it in."""
        while viewpoint in self.merges:
            viewpoint = self.merges[viewpoint].older
        return viewpoint


def apply(arrangement: Arrangement, grouping: Grouping) -> Arrangement:
    """The arrangement after a grouping. A note placed before is placed anew, or passed over."""
    placements = {**arrangement.placements, **{each.note: each for each in grouping.placements}}
    for note in grouping.passed_over:
        placements.pop(note, None)
    frames = {**arrangement.frames, **{each.viewpoint: each for each in grouping.frames}}
    merges = {**arrangement.merges, **{each.newer: each for each in grouping.merges}}
    return Arrangement(placements, frames, merges)


def merged(arrangement: Arrangement) -> Arrangement:
    """The arrangement with every note at the viewpoint that it belongs to by now.

    Who opposed a viewpoint that was taken in opposes the one that took it in, as it did itself.
    """
    if not arrangement.merges:
        return arrangement
    now = arrangement.now
    placements = {
        note: replace(each, viewpoint=now(each.viewpoint))
        for note, each in arrangement.placements.items()
    }
    frames: dict[int, Frame] = {}
    for id_, frame in sorted(arrangement.frames.items()):
        home = now(id_)
        base = frames.get(home, Frame(home))
        opposes = base.opposes | {now(other) for other in frame.opposes}
        question = frame.question if base.question is None else base.question
        frames[home] = Frame(home, question, opposes - {home})
    return Arrangement(placements, frames)


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
    merges = tuple(
        each for each in grouping.merges if {each.older, each.newer} <= there and _in_order(each)
    )
    placements = tuple(placed[note] for note in asked)
    return Grouping(placements, frames, merges, grouping.passed_over), rejected


def _in_order(merge: Merge) -> bool:
    """The younger goes into the older, so that merges never run in a circle."""
    return merge.older < merge.newer
