"""Names in a model's text become the labels of the people whom it means."""

from time import perf_counter

import pytest

from bot.core.aliases import Aliases

NAMES = {
    "P1": "Michael Rys",
    "P2": "Kay, Michael <kay@mail.example>",
    "P3": "Will",
    "P4": "kalle_p12",
    "P5": "田中",
    "P6": "Gerd",
    "P7": "Jan Weiß",
    "P8": "ChrisHardwick",
    "P9": "31",
}
CALLED = {"P1": "Rys", "P2": "Kay", "P6": "Gerd", "P7": "Weiß"}


@pytest.mark.parametrize(
    ("text", "labelled"),
    [
        ("Rys wants it [3.1]; Kay's reply waits.", "P1 wants it [3.1]; P2's reply waits."),
        ("Michael Rys and Michael Kay differ.", "P1 and P2 differ."),
        ("**Rys:** wants it.", "P1: wants it."),
        ("**Rys**: wants it, **not** Kay.", "P1: wants it, **not** P2."),
        ("Michael wants it.", "Michael wants it."),
        ("Will they? Asks Will.", "Will they? Asks P3."),
        ("Will: no. **Will:** no.", "P3: no. P3: no."),
        ("It will do, says KALLE_P12.", "It will do, says P4."),
        ("Gerds Plan, Kays Plan", "P6s Plan, P2s Plan"),
        ("Kay runs the kay; Kalle_p12 too", "P2 runs the kay; P4 too"),
        ("Weiß will, WEIß auch", "P7 will, P7 auch"),
        ("Chris Hardwick hosts it, says ChrisHardwick", "P8 hosts it, says P8"),
        ("Ryson and gerdian", "Ryson and gerdian"),
        ("田中さんは賛成", "P5さんは賛成"),
        ("Rys said so [31.1, 3.31], and 31 is nobody", "P1 said so [31.1, 3.31], and 31 is nobody"),
        ("P1 and Rys", "P1 and P1"),
        ("They wrote “Rys, do it”.", "They wrote “Rys, do it”."),
        ("", ""),
    ],
)
def test_a_name_is_bound_to_whom_it_means(text: str, labelled: str) -> None:
    assert Aliases(NAMES, CALLED).labelled(text) == labelled


def test_a_name_that_two_people_have_means_nobody() -> None:
    aliases = Aliases({"P1": "Alex", "P2": "Alex (2)"}, {"P1": "Al", "P2": "Al"})
    assert aliases.labelled("Al and Alex (2)") == "Al and P2"


def test_a_word_like_any_other_is_a_name_where_it_is_written_as_one() -> None:
    names = {"P1": "hats", "P2": "pixel"}
    text = "hats: wants hats back. pixel likes hats; so does pixel."
    assert (
        Aliases(names, {}).labelled(text) == "P1: wants hats back. pixel likes hats; so does pixel."
    )
    shown = Aliases(names, {"P1": "hats", "P2": "pixel"}, "Should hats come back?").labelled(text)
    assert shown == "P1: wants hats back. P2 likes hats; so does P2."


def test_one_letter_is_no_name() -> None:
    assert Aliases({"P1": "I"}, {"P1": "a"}).labelled("I have a plan") == "I have a plan"


def test_without_people_nothing_is_bound() -> None:
    assert Aliases({}, {}).labelled("Rys") == "Rys"


def test_many_names_take_no_time() -> None:
    many = {f"P{n}": f"Person number {n}" for n in range(5000)}
    text = "Person number 77 asks person 4. " * 60
    started = perf_counter()
    assert Aliases(many, {}).labelled(text).startswith("P77 asks person 4.")
    assert perf_counter() - started < 1
