"""Words between quotation marks are somebody's, whatever the marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.quotations import invented, quotations

SAID = "Honestly, I think most of it is romance. 手仕事はロマンスだと思う。"
FALSE = "handwork is a fraud and all its fans are liars"


def false_ones(text: str) -> list[str]:
    return [each for each in quotations(text) if invented(each, SAID)]


@pytest.mark.parametrize(
    "marks",
    "“” ‘’ '' ”” »« «» ‹› ›‹ 「」 『』 ❝❞ ❛❜ „“ „” ‚‘ ‚’ \"\" ＂＂ `` ´´ 〝〞".split(),  # noqa: SIM905
)
def test_any_marks_quote(marks: str) -> None:
    before, behind = marks
    assert false_ones(f"It was said: {before}{FALSE}{behind}.") == [FALSE]
    assert false_ones(f"One says {before}most of it is romance{behind}.") == []


@pytest.mark.parametrize(
    "text",
    [
        "「手仕事は全部詐欺で、支持者は皆嘘つきだ」と言われた。",
        "有人说：“手工都是骗局，支持者都在说谎，不值得相信”。",
        "It was said: “handwork is … a fraud … all its fans … are liars”.",
        f'It was said: "{FALSE}"s.',
        f"It was said: “{FALSE}.",
        f"It was said: ,,{FALSE}''.",
        f"It was said: ″{FALSE}″, 〈{FALSE}〉 and ❮{FALSE}❯.",
        f"He “was ‘{FALSE}’”, it was said.",
        f"It's what he'd said: '{FALSE}'",
        f"the makers' 'view that {FALSE}'.",
    ],
)
def test_a_quotation_is_found_without_spaces_cut_or_left_open(text: str) -> None:
    assert false_ones(text)


@pytest.mark.parametrize(
    "text",
    [
        "It is called “small batch”.",
        "the makers' views and the users' wishes aren't the members' choice",
        "don't, can't, won't, 'tis so, isn't it",
        "P1's hats and P2's caps and P3's and the others'",
        '5" and 6" screens are both fine for P1 here',
        "“most … is romance”",
        "“Honestly, I think most of it is romance,” says P1",
        "l'idée qu'on n'a pas, c'est d'y aller",
        "「ロマンスだと思う」と言った",
        "rock 'n' roll is what it is about",
    ],
)
def test_short_words_true_ones_and_apostrophes_are_left_alone(text: str) -> None:
    assert false_ones(text) == []


@given(st.text("“”‘’'\"«»„‚「」 ab"))
def test_marks_in_any_order_are_read(text: str) -> None:
    assert all(each in text for each in quotations(text))
