"""Sides: viewpoints on one question that oppose each other, and the order that is fair to them.

The one place that says which viewpoint comes first. Whether it is a card, a terminal or a prompt
that has room for so many, it must not know.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Protocol, TypeVar


class Held(Protocol):
    """What the order looks at: of a viewpoint in the ledger as of one that is shown."""

    @property
    def id(self) -> int: ...
    @property
    def question(self) -> int | None: ...
    @property
    def opposes(self) -> Sequence[int]: ...
    @property
    def authors(self) -> Sequence[str]: ...


V = TypeVar("V", bound=Held)


def best_first(viewpoints: Iterable[V], questions: Sequence[int]) -> list[V]:
    """The viewpoints in the order in which they are shown; `questions` are ids in theirs.

    First, question by question, the best supported viewpoint of every side; then, question by
    question again, the next of each side in turn. So none is crowded out by a side that has many.
    Where nobody opposes anybody there are no sides: question by question, those that more people
    hold first. Viewpoints on no question come last; of two that as many hold, the earlier is first.
    """
    ranked = sorted(viewpoints, key=lambda each: -len(each.authors))
    rounds = [_rounds(each) for each in _by_question(ranked, questions)]
    if not any(each.opposes for each in ranked):
        return [each for of_one in rounds for each in _flat(of_one)]
    firsts = [each for of_one in rounds for each in of_one[0]]
    return firsts + [each for of_one in rounds for each in _flat(of_one[1:])]


def sides(ranked: Sequence[V]) -> list[list[V]]:
    """The sides that viewpoints on one question are on; each keeps the order given.

    No two of a side oppose each other, and opposite sides stand together. Viewpoints that oppose
    nothing here are on no side, and form one list among the others.
    """
    against = _opposition(ranked)
    unopposed = [place for place, others in enumerate(against) if not others]
    found: list[list[int]] = []
    done: set[int] = set()
    for first, others in enumerate(against):
        if first not in done:
            parts = _parted(_dispute(first, against), against) if others else [unopposed]
            done.update(place for part in parts for place in part)
            found += parts
    return [[ranked[place] for place in sorted(side)] for side in found]


def _opposition(ranked: Sequence[Held]) -> list[set[int]]:
    """Of each, by its place, whom it opposes or is opposed by, by theirs."""
    places = {each.id: place for place, each in enumerate(ranked)}
    against: list[set[int]] = [set() for _ in ranked]
    for place, each in enumerate(ranked):
        for other in {places[id_] for id_ in each.opposes if id_ in places} - {place}:
            against[place].add(other)
            against[other].add(place)
    return against


def _dispute(first: int, against: Sequence[set[int]]) -> list[int]:
    """Whoever stands against it, who against these, and so on: the nearest first."""
    waiting = [first]
    reached = {first}
    for each in waiting:
        new = sorted(against[each] - reached)
        reached.update(new)
        waiting += new
    return waiting


def _parted(dispute: Sequence[int], against: Sequence[set[int]]) -> list[list[int]]:
    """Each on the first side where nobody stands against it.

    Taken from the nearest on, two sides come out wherever two are enough.
    """
    found: list[list[int]] = []
    for each in dispute:
        side = next((side for side in found if against[each].isdisjoint(side)), None)
        if side is None:
            found.append(side := [])
        side.append(each)
    return found


def _by_question(ranked: Sequence[V], questions: Sequence[int]) -> list[list[V]]:
    on: dict[int | None, list[V]] = {question: [] for question in (*questions, None)}
    for each in ranked:
        on[each.question if each.question in on else None].append(each)
    return [here for here in on.values() if here]


def _rounds(ranked: Sequence[V]) -> list[list[V]]:
    """The first of every side, the second of every side, and so on."""
    turns = zip_longest(*sides(ranked))
    return [[each for each in turn if each is not None] for turn in turns]


def _flat(rounds: Iterable[Sequence[V]]) -> Iterator[V]:
    return (each for turn in rounds for each in turn)
