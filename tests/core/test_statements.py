"""A model's text comes apart into statements, and nothing of it gets lost on the way."""

import pytest
from hypothesis import given

from bot.core.brief import Cites, Person, Statement
from bot.core.discussion import Discussion
from bot.core.model import Author, Message, Topic
from bot.core.statements import statements, titled, unmarked
from tests.core.discussions import DISCUSSIONS, HATS, TEXTS


def ids(statement: Statement) -> list[str | None]:
    return [HATS.id_of(span) for span in statement.cites]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("P1 wants hats [1.1]. P2 wants caps [2.1].", [["1.1"], ["2.1"]]),
        ("P1 wants hats, e.g. in rain [1.1, 1.2].", [["1.1", "1.2"]]),
        ("P1 wants hats. [1.1] P2 wants caps. [2.1]", [["1.1"], ["2.1"]]),
        ("P1 wants hats [1.1][1.2] and caps [4.1].", [["1.1", "1.2", "4.1"]]),
        ("P1 wants hats [2.1-2.2].", [["2.1", "2.2"]]),
        ("P1 wants hats [1.1; 3.1].", [["1.1", "3.1"]]),
        ("P1 wants hats", [[]]),
    ],
)
def test_citations_belong_to_the_sentence_that_they_stand_in_or_behind(
    text: str, cited: list[list[str]]
) -> None:
    assert [ids(found.statement) for found in statements(HATS, text)] == cited


def test_labels_become_people_and_unknown_ones_are_reported() -> None:
    (found,) = statements(HATS, "P2's caps and P9's hats [2.1, 8.1].")
    assert found.statement.people == ("b",)
    assert found.unknown == ("8.1", "P9")
    assert "P9" in found.statement.words


def test_a_label_is_one_in_a_script_without_spaces_too() -> None:
    (found,) = statements(HATS, "P1は帽子が要ると言い、P2も同じだ[1.1, 2.1]。")
    assert found.statement.people == ("a", "b")
    assert found.unknown == ()
    (found,) = statements(HATS, "XP1 and P1x are no labels [1.1].")
    assert found.statement.people == ()


def test_a_missing_sentence_can_not_be_cited() -> None:
    (found,) = statements(HATS, "It is so [1.9, 0.1, 99.1].")
    assert (found.statement.cites, found.unknown) == ((), ("1.9", "0.1", "99.1"))


def test_for_a_quoted_line_stands_the_sentence_that_answers_it() -> None:
    ana = Author("a", "Ana")
    said = [Message("m1", ana, "> Hats are back.\nSo they are."), Message("m2", ana, "> Yes.")]
    quoting = Discussion(Topic("t", "t", "Hats"), said)
    (found,) = statements(quoting, "P1 agrees [1.1, 2.1].")
    assert [quoting.text(span) for span in found.statement.cites] == ["So they are."]
    assert found.unknown == ("2.1",)


def test_code_marks_go_and_bold_stays() -> None:
    (found,) = statements(HATS, "**P1** runs `hat` __now__ [1.1].")
    assert found.statement.parts[:3] == ("**", Person("a"), "** runs hat now")


def test_a_title_is_one_line_without_citations() -> None:
    assert titled(HATS, "**P1's plan**:\n [1.1]").parts == (Person("a"), "'s plan")


@given(DISCUSSIONS, TEXTS)
def test_no_word_is_lost_and_every_place_is_a_sentence(discussion: Discussion, text: str) -> None:
    for found in statements(discussion, text):
        for part in found.statement.parts:
            assert not isinstance(part, Cites) or part.spans
        for span in found.statement.cites:
            assert discussion.text(span)
            assert discussion.span(str(discussion.id_of(span))) == span


def test_a_place_is_known_by_the_sentence_that_begins_there() -> None:
    for message in HATS.ids:
        for sentence in HATS.sentences(message):
            id_ = HATS.id_of(sentence.span)
            assert id_
            assert HATS.span(id_) == sentence.span


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "Vote at https://polls.example/p/1, until Friday.",
            "Vote at polls.example, until Friday.",
        ),
        ("(http://www.polls.example)", "(polls.example)"),
        ("https://polls.example/a?b=c#d [1.1]", "polls.example [1.1]"),
        ("https:// is no address", "https:// is no address"),
    ],
)
def test_an_address_that_is_written_out_is_named_by_its_host(text: str, shown: str) -> None:
    assert unmarked(text) == shown
