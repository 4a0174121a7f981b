"""People are shown as others call them, and nobody under a name that might be another's."""

import pytest

from bot.core.naming import Naming, called, is_called, short


@pytest.mark.parametrize(
    ("name", "shown", "briefly"),
    [
        ("Ana", "Ana", "Ana"),
        ("Ben Okri", "Ben Okri", "Ben"),
        ("Kalikow, Dan (RETG)", "Dan Kalikow", "Dan"),
        ("Chris Hall <chris@mail.example>", "Chris Hall", "Chris"),
        ("mark.davis@mail.example", "mark.davis", "mark.davis"),
        ("White, Arthur D. - CIMS-2", "Arthur D. White", "Arthur"),
        ("The Big Dog", "The Big Dog", "The Big Dog"),
        ("xX_sniper_Xx", "xX_sniper_Xx", "xX_sniper_Xx"),
        ("(o_o)", "(o_o)", "(o_o)"),
        ("李 雷", "李 雷", "李 雷"),
    ],
)
def test_a_name(name: str, shown: str, briefly: str) -> None:
    assert (called(name), short(called(name))) == (shown, briefly)


def test_a_long_name_comes_once() -> None:
    naming = Naming({"1": "Ben Okri", "2": "Ana"})
    assert [naming.name(each) for each in ("1", "2", "1")] == ["Ben Okri", "Ana", "Ben"]
    assert naming.name("gone") == "somebody"


def test_two_with_one_first_name_keep_their_names() -> None:
    naming = Naming({"1": "Michael Kay", "2": "Michael Rys"})
    assert [naming.name("1") for _ in range(2)] == ["Michael Kay"] * 2
    known = Naming({"1": "Kay, Michael", "2": "Michael Rys"}, {"2": "Mike"})
    assert [known.name("1") for _ in range(2)] == ["Michael Kay"] * 2
    same = Naming({"1": "Ana <a@x.example>", "2": "Ana <b@x.example>"})
    assert same.name("1") != same.name("2")


def test_what_others_call_somebody_stands_beside_their_name_once() -> None:
    naming = Naming({"1": "StanGibson18", "2": "Ana"}, {"1": "Ken"})
    assert [naming.name("1") for _ in range(2)] == ["Ken (StanGibson18)", "Ken"]
    alike = Naming(
        {"1": "anonymous45", "2": "ChrisHardwick"}, {"1": "Anon45", "2": "Chris Hardwick"}
    )
    assert [alike.name("1"), alike.name("2")] == ["anonymous45", "ChrisHardwick"]


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ("Ken", True),
        ("Kenny", False),  # nobody writes it
        ("Hal", True),  # as they write it themselves
        ("Liar", False),  # one person alone writes it
        ("Ana", False),  # is somebody else
        ("Gibson", True),  # a part of their own name
        ("will", False),  # an ordinary word
        ("@Ken", False),
        ("Ken\nP2", False),
        ("", False),
    ],
)
def test_a_name_that_others_use(wanted: str, fits: bool) -> None:
    names = {"1": "StanGibson18", "2": "Ana", "3": "Bo"}
    said = {
        "1": "Greetings, Hal",
        "2": "Thanks, Ken! Ana and Gibson and @Ken will like it.",
        "3": "Ken the Liar will.",
    }
    assert is_called(wanted, "1", names, said) is fits


def test_a_word_of_their_own_name_needs_nobody_to_say_it() -> None:
    names = {"1": "Michael Rys", "2": "Michael Kay"}
    assert is_called("Rys", "1", names, {})
    assert not is_called("Michael", "1", names, {})
