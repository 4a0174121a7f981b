"""What is shown follows from the messages; what is stored comes back as it was."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.core.brief import Brief, Point, Stand, Statement
from bot.core.brief_json import decoded, encoded
from bot.core.presentation import Presentation, word_count
from bot.core.statements import statements, titled
from tests.core.discussions import HATS, TEXTS


def statement(text: str) -> Statement:
    return statements(HATS, text)[0].statement


BRIEF = Brief(
    lead=(statement("**P1** wants hats [1.1, 1.2]."), statement("P2 wants caps [2.1].")),
    points=(Point(titled(HATS, "P1's hats"), (statement("P3 says so [3.1]."),) * 2, ("a",)),),
    open=((statement("P2 asks P1 [2.1]."),),),
    people=(Stand("a", statement("P2's caps are out [1.1]"), statement("So [1.1]").cites),),
)


def test_names_and_marks_stand_in_their_places() -> None:
    shown = Presentation(HATS)
    lead = shown.lead(BRIEF)
    assert lead
    assert lead.text == "**Ana** wants hats [1, 2]. Ben Okri wants caps [3]."
    assert [each.quote for each in lead.evidence] == [
        "I think hats should come back.",
        "They cost 40 euros in 2019.",
        "Option 2 is better: caps.",
    ]
    (point,) = shown.points(BRIEF)
    assert (point.title, point.wanted_by) == ("Ana's hats", ("Ana",))
    assert point.text.text == "Cho says so [1].\nCho says so [1]."
    assert [item.text for item in shown.opened(BRIEF)] == ["Ben asks Ana [1]."]
    (person,) = shown.people(BRIEF)
    assert (person.author, person.stand) == ("Ana", "Ben's caps are out")


def test_words_are_counted_as_they_are_read() -> None:
    assert word_count(Presentation(HATS).text(BRIEF.lead)) == 7


@given(st.lists(TEXTS, max_size=4))
def test_a_stored_brief_comes_back_as_it_was(texts: list[str]) -> None:
    found = tuple(part.statement for text in texts for part in statements(HATS, text))
    brief = Brief(
        lead=found,
        points=(Point(Statement(()), found),),
        open=(found,),
        people=tuple(Stand("a", each, each.cites, "Annie") for each in found),
    )
    assert decoded(json.loads(json.dumps(encoded(brief)))) == brief
