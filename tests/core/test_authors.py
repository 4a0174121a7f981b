"""Under what name people are shown."""

import pytest

from bot.core.authors import shown_name, told_apart
from bot.core.discussion import Discussion
from bot.core.errors import Ambiguous
from bot.core.model import Author, Message, Topic
from bot.core.naming import Naming

HANGUL_FILLER, BLANK_BRAILLE, ZERO_WIDTH = "\u3164", "\u2800", "\u200b"


@pytest.mark.parametrize(
    "nothing",
    ["", " ", HANGUL_FILLER, BLANK_BRAILLE, ZERO_WIDTH, "\u00ad", "\u202e", "\uffa0\u115f",
     "\u0301", "\U000e0041", "\ufe0f", "\t\u00a0\u3000", "\U0001d159", "\ue000"],
)  # fmt: skip
def test_where_a_name_shows_nothing_the_next_one_stands(nothing: str) -> None:
    assert shown_name(nothing, None, "user13", "other") == "user13"
    assert shown_name(nothing) is None


@pytest.mark.parametrize("name", ["The", "月", "👍", "...", "é", "1", "-"])
def test_what_can_be_seen_is_a_name(name: str) -> None:
    assert shown_name(name, "user") == name


def test_who_looks_alike_is_told_apart_in_order() -> None:
    names = ["Alex", "Ana", "Alex", "Alex (2)", f"Al{ZERO_WIDTH}ex", "\uff21lex", "alex"]
    people = [Author(str(place), name) for place, name in enumerate(names)]
    shown = told_apart([*people, people[0]])
    assert list(shown.values())[:4] == ["Alex", "Ana", "Alex (2)", "Alex (2) (2)"]
    assert len(set(shown.values())) == len(names)
    assert [shown["4"], shown["5"], shown["6"]] == ["Alex (3)", "\uff21lex (4)", "alex"]


def test_ten_thousand_namesakes_take_no_long_time() -> None:
    shown = told_apart(Author(str(place), "Alex") for place in range(10_000))
    assert shown["9999"] == "Alex (10000)"


def test_a_namesake_is_found_by_the_name_that_is_shown() -> None:
    one, other = Author("11", "Alex"), Author("12", "Alex")
    hats = Discussion(
        Topic("forum", "1", "Hats"), [Message("1", one, "x"), Message("2", other, "y")]
    )
    assert hats.author("Alex (2)") == "12"
    with pytest.raises(Ambiguous, match=r"Alex \(2\) \(id 12\)"):
        hats.author("Alex")


def test_who_looks_alike_stays_apart_in_a_brief() -> None:
    names = told_apart([Author("1", f"Al{ZERO_WIDTH}ex"), Author("2", "Alex")])
    naming = Naming(names)
    assert naming.full("1") != naming.full("2") == "Alex (2)"
