from bot.core.arrangement import (
    Arrangement,
    Frame,
    Grouping,
    Merge,
    Placement,
    Stance,
    apply,
    checked_grouping,
    merged,
)

SUPPORTS = Stance.SUPPORTS


BEFORE = Arrangement(
    {each: Placement(each, each, SUPPORTS) for each in (1, 5, 7)},
    {
        1: Frame(1),
        5: Frame(5, question=3, opposes=frozenset({7})),
        7: Frame(7, opposes=frozenset({5})),
    },
)


def test_merged_viewpoints_keep_the_older_id_and_all_that_stood_at_either() -> None:
    after = merged(apply(BEFORE, Grouping(merges=(Merge(1, 5, (1, 5)),))))
    assert {each.note: each.viewpoint for each in after.placements.values()} == {1: 1, 5: 1, 7: 7}
    assert after.frames == {
        1: Frame(1, question=3, opposes=frozenset({7})),
        7: Frame(7, opposes=frozenset({1})),
    }


def test_a_merge_changes_nothing_that_was_said_so_that_it_can_be_undone() -> None:
    after = apply(BEFORE, Grouping(merges=(Merge(1, 5, (1, 5)),)))
    assert (after.placements, after.frames) == (BEFORE.placements, BEFORE.frames)


def test_a_viewpoint_is_found_under_its_former_id_however_often_it_was_taken_in() -> None:
    first = apply(BEFORE, Grouping(merges=(Merge(5, 7, (5, 7)),)))
    after = apply(first, Grouping(merges=(Merge(1, 5, (1, 5)),)))
    assert [after.now(each) for each in (1, 5, 7, 99)] == [1, 1, 1, 99]
    assert {each.viewpoint for each in merged(after).placements.values()} == {1}


def test_a_grouping_can_place_no_note_where_nothing_is() -> None:
    grouping = Grouping(
        placements=(
            Placement(10, 99, Stance.OBJECTS),
            Placement(11, 10, SUPPORTS),
            Placement(12, 4, Stance.WITHDRAWS),
            Placement(77, 4, SUPPORTS),
        ),
        frames=(Frame(10, None, frozenset({4, 98, 10})), Frame(98)),
        merges=(Merge(4, 98, (10, 11)), Merge(4, 4, (10, 11)), Merge(10, 4, (10, 11))),
    )
    checked, rejected = checked_grouping(grouping, pending=[10, 11, 12, 13], known=[4])
    places = {each.note: (each.viewpoint, each.stance) for each in checked.placements}
    assert places == {
        10: (10, SUPPORTS),
        11: (10, SUPPORTS),
        12: (4, Stance.WITHDRAWS),
        13: (13, SUPPORTS),
    }
    assert checked.frames == (Frame(10, None, frozenset({4})),)
    assert checked.merges == ()
    assert rejected == {"unknown_viewpoint": 1, "unknown_note": 1, "not_placed": 1}


def test_nobody_founds_a_viewpoint_by_objecting_to_it() -> None:
    checked, _ = checked_grouping(
        Grouping((Placement(3, 3, Stance.OBJECTS),)), pending=[3], known=[]
    )
    assert checked.placements == (Placement(3, 3, SUPPORTS),)


def test_a_note_passed_over_by_name_stands_nowhere_and_may_come_back() -> None:
    first = Grouping((Placement(1, 1, SUPPORTS),), passed_over=frozenset({2}))
    sound, rejected = checked_grouping(first, pending=[1, 2], known=[])
    before = apply(Arrangement(), sound)
    assert before.placements.keys() == {1}
    assert not rejected
    second = Grouping((Placement(2, 1, SUPPORTS),), passed_over=frozenset({1}))
    sound, _ = checked_grouping(second, pending=[2], known=[1])
    after = apply(before, sound)
    assert after.placements == {2: Placement(2, 1, SUPPORTS)}
