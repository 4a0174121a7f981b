"""Which viewpoints come first: the best of every side, however many one side has."""

from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from bot.core.sides import best_first, sides


@dataclass(frozen=True)
class View:
    """A viewpoint, named by its id, that so many people hold."""

    id: int
    holders: int = 1
    opposes: tuple[int, ...] = ()
    question: int | None = 1

    @property
    def authors(self) -> tuple[str, ...]:
        return tuple(map(str, range(self.holders)))


def ordered(*views: View, questions: tuple[int, ...] = (1, 2)) -> list[int]:
    return [each.id for each in best_first(views, questions)]


def test_a_side_of_one_stands_beside_the_first_of_a_side_of_many() -> None:
    many = [View(id_, holders=9, opposes=(7,)) for id_ in range(10, 40)]
    lone = View(7, holders=1, opposes=tuple(each.id for each in many))

    assert ordered(*many, lone)[:3] == [10, 7, 11]


def test_sides_take_turns_until_one_has_no_more() -> None:
    for_it = [View(1, 5, (2, 4)), View(3, 4, (2,)), View(5, 3, (2,))]
    against = [View(2, 2, (1, 3, 5)), View(4, 1, (1,))]

    assert ordered(*for_it, *against) == [1, 2, 3, 4, 5]


def test_every_question_has_its_sides_shown_before_any_has_a_second() -> None:
    first = [View(1, 8, (2,)), View(2, 1, (1,)), View(3, 7, (2,))]
    second = [View(4, 2, (5,), question=2), View(5, 1, (4,), question=2)]
    on_neither = View(6, 9, question=None)

    assert ordered(*first, *second, on_neither) == [1, 2, 4, 5, 6, 3]


def test_what_opposes_nothing_takes_its_turn_beside_the_sides() -> None:
    views = [View(1, 9), View(2, 8), View(3, 7), View(4, 2, (5,)), View(5, 1, (4,))]

    assert ordered(*views) == [1, 4, 5, 2, 3]


def test_two_disputes_on_one_question_have_two_sides_each() -> None:
    views = [View(1, 9, (2,)), View(2, 1, (1,)), View(3, 8, (4,)), View(4, 1, (3,))]

    assert [[each.id for each in side] for side in sides(views)] == [[1], [2], [3], [4]]


def test_who_opposes_my_opponents_is_on_my_side() -> None:
    chain = [View(1, 9, (2,)), View(4, 8, (3,)), View(2, 7, (1, 3)), View(3, 6, (2, 4))]

    assert [[each.id for each in side] for side in sides(chain)] == [[1, 3], [4, 2]]


def test_three_that_all_oppose_each_other_are_three_sides() -> None:
    views = [View(1, 3, (2, 3)), View(2, 2, (1, 3)), View(3, 1, (1, 2))]

    assert len(sides(views)) == 3


def test_without_sides_the_question_decides_then_the_number_of_people() -> None:
    views = [View(1, 1, question=2), View(2, 1), View(3, 4), View(4, 9, question=None)]

    assert ordered(*views) == [3, 2, 1, 4]


@given(
    st.lists(
        st.builds(
            View,
            id=st.integers(1, 30),
            holders=st.integers(0, 4),
            opposes=st.lists(st.integers(1, 40), max_size=5).map(tuple),
            question=st.sampled_from([1, 2, 3, None]),
        ),
        max_size=20,
        unique_by=lambda each: each.id,
    )
)
def test_each_comes_once_and_every_side_before_any_second(drawn: list[View]) -> None:
    views = _said_both_ways(drawn)

    order = ordered(*views)

    assert sorted(order) == sorted(each.id for each in views)
    if any(each.opposes for each in views):
        for question in (1, 2, None):
            on_it = [each for each in views if _place(each) == question]
            on_it.sort(key=lambda each: -each.holders)
            firsts = {side[0].id for side in sides(on_it)}
            leading = [id_ for id_ in order if id_ in {each.id for each in on_it}]
            assert set(leading[: len(firsts)]) == firsts


def _place(view: View) -> int | None:
    return view.question if view.question in (1, 2) else None


def _said_both_ways(views: list[View]) -> list[View]:
    """Opposition as the ledger has it: among what is there, and both ways."""
    pairs = {(a.id, b) for a in views for b in a.opposes} | {
        (b, a.id) for a in views for b in a.opposes
    }
    ids = [each.id for each in views]
    return [
        replace(each, opposes=tuple(b for b in ids if (each.id, b) in pairs and b != each.id))
        for each in views
    ]
