"""BM25 and what lies around hits, where the order is known."""

from bot.core.likeness import features
from bot.core.relevance import Relevance, around


def scores(question: str, *texts: str) -> dict[int, float]:
    return Relevance([features(text) for text in texts]).scores(features(question))


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    found = scores("red oven", "a red door", "the oven", "a red roof", "red, red", "nothing")
    assert max(found, key=lambda place: found[place]) == 1
    assert 4 not in found


def test_a_word_again_counts_less_and_a_long_text_less() -> None:
    once, twice, long = scores("oven", "oven", "oven oven", "oven and a great deal else").values()
    assert once < twice < 2 * once
    assert long < once


def test_what_is_near_a_hit_has_some_of_it_the_nearer_the_more() -> None:
    near = around({1: 2.0}, positions=[0, 10, 15, 19, 30], reach=10)
    assert (near[0], near[1], near[2]) == (0.0, 2.0, 1.0)
    assert 0 < near[3] < near[2]
    assert 4 not in near


def test_two_hits_add_up_between_them() -> None:
    near = around({0: 1.0, 2: 1.0}, positions=[0, 5, 10], reach=10)
    assert near[1] == 1.0
