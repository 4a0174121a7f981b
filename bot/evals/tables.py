"""Results as they are shown: a row a contender and suite, and what changed against a base."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.evals.case import Score
from bot.evals.estimates import Estimate, difference, estimate
from bot.evals.results import Result

SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Row:
    """What a contender reached in a suite. `seconds` add up over the cases."""

    suite: str
    contender: str
    model: str | None
    prompts: Mapping[str, str]
    figures: Mapping[str, Estimate]
    cases: int
    failed: int
    tokens: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Move:
    """A case that came out differently: its figure in the base and now."""

    case: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Change:
    """A figure against the base's, over the cases that both have; `moved` the furthest first."""

    suite: str
    contender: str
    base: str
    figure: str
    difference: Estimate
    cases: int
    moved: tuple[Move, ...]


def rows(results: Iterable[Result], seed: int) -> list[Row]:
    """A row for each suite, contender, model and set of prompts, in order of appearance."""
    return [_row(group, seed) for group in groups(results)]


def groups(results: Iterable[Result]) -> list[list[Result]]:
    """Results apart by whose they are."""
    apart: dict[object, list[Result]] = {}
    for result in results:
        apart.setdefault(result.by, []).append(result)
    return list(apart.values())


def changes(results: Iterable[Result], base: Sequence[Result], seed: int) -> list[Change]:
    """Every contender's figures against those of the base on the same cases.

    Of several in the base, the one of the same name is taken, the last where they differ in
    prompts or model; where there is only one, it is taken whatever its name.
    """
    return [
        change
        for group in groups(results)
        if (against := _against(group, base))
        for change in _changes(group, against, seed)
    ]


def _row(group: Sequence[Result], seed: int) -> Row:
    first, done = group[0], [each for each in group if each.failed is None]
    names = dict.fromkeys(name for each in done for name in each.figures)
    return Row(
        suite=first.suite,
        contender=first.contender,
        model=first.model,
        prompts=first.prompts,
        figures={name: estimate(_scores(done, name), seed) for name in names},
        cases=len(done),
        failed=len(group) - len(done),
        tokens=sum(each.tokens for each in group),
        seconds=round(sum(each.seconds for each in group), 1),
    )


def _scores(results: Iterable[Result], name: str) -> list[Score]:
    return [each.figures[name] for each in results if name in each.figures]


def _against(group: Sequence[Result], base: Sequence[Result]) -> list[Result]:
    there = groups(each for each in base if each.suite == group[0].suite and not each.failed)
    named = [each for each in there if each[0].contender == group[0].contender]
    if named:
        return named[-1]
    return there[0] if len(there) == 1 else []


def _changes(group: Sequence[Result], base: Sequence[Result], seed: int) -> Iterator[Change]:
    before = {(each.case, each.hash): each for each in base}
    pairs = [
        (each, before[each.case, each.hash])
        for each in group
        if not each.failed and (each.case, each.hash) in before
    ]
    for name in dict.fromkeys(name for each, _ in pairs for name in each.figures):
        both = [(new, old) for new, old in pairs if name in new.figures and name in old.figures]
        yield Change(
            suite=group[0].suite,
            contender=group[0].contender,
            base=base[0].contender,
            figure=name,
            difference=difference([(n.figures[name], o.figures[name]) for n, o in both], seed),
            cases=len(both),
            moved=tuple(_moved(both, name)),
        )


def _moved(pairs: Sequence[tuple[Result, Result]], name: str) -> list[Move]:
    moves = [Move(n.case, o.figures[name].value, n.figures[name].value) for n, o in pairs]
    moved = [each for each in moves if abs(each.after - each.before) > SAME]
    return sorted(moved, key=lambda each: -abs(each.after - each.before))
