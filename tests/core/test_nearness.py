from time import perf_counter

import pytest

from bot.core.nearness import nearest

TITLES = [
    "Does small-batch production still matter?",
    "Hats and coats",
    "Straße oder Weg?",
    "会議室の予約について",
    "Ёлка в большом зале",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("smal bach", 0),
        ("small batch prodution", 0),
        ("htas", 1),
        ("Hats adn cotas", 1),
        ("hats coat", 1),
        ("strase", 2),
        ("STRASSE", 2),
        ("会議室の予紡", 3),
        ("болшом зале", 4),
    ],
)
def test_a_misspelt_title_is_known(typed: str, meant: int) -> None:
    assert nearest(typed, TITLES)[0] == TITLES[meant]


@pytest.mark.parametrize("typed", ["gloves", "", "  ", "?!", "99", "zebra crossing", "\ud800", "_"])
def test_what_is_like_nothing_gets_nothing(typed: str) -> None:
    assert nearest(typed, TITLES) == []
    assert nearest(typed, []) == []


def test_the_likest_is_the_first_and_few_are_offered() -> None:
    many = [f"Hats, part {number}" for number in range(50)]
    assert nearest("hatz", ["Hens", "Hats", *many])[0] == "Hats"
    assert len(nearest("hatz", many)) == 3


def test_many_long_titles_and_a_huge_question_take_a_moment() -> None:
    titles = [f"{'word' * 500} number{number} {'x' * 3000}" for number in range(3_000)]
    begun = perf_counter()
    nearest("nunber " * 20_000, titles)
    nearest("x" * 100_000, titles)
    assert perf_counter() - begun < 5
