"""Nobody speaks for all, most, half or none who has not counted them."""

import pytest

from bot.core.crowds import crowds
from bot.core.lookalikes import alike

SAID = "Honestly, I think most of it is romance."


def found(text: str, said: str = SAID, *, absence: bool = False) -> list[str]:
    return list(crowds(alike(text), alike(said), absence=absence))


@pytest.mark.parametrize(
    "text",
    [
        "Everyone holds that it is romance.",
        "Еveryone holds that it is romance.",
        "3very0ne holds that it is romance.",
        "E v e r y o n e holds it.",
        "Every-one holds that it is romance.",
        "P1 says that everybody is happy.",
        "Every single person here holds it.",
        "Each of them holds that it is romance.",
        "It is romance, without exception.",
        "The whole room is united that it is romance.",
        "The thread agrees.",
        "All want hats.",
        "Αll want hats.",
        "a11 want hats.",
        "All of them are for hats.",
        "All three members want hats.",
        "They all want hats.",
        "Most want hats back.",
        "Most here are against it.",
        "Nearly all agree.",
        "Half the thread holds that it is so.",
        "Nobody objects.",
        "No one has anything against hats.",
        "Every one wants hats.",
        "Hats are wanted by all.",
        "There is broad support for hats.",
        "Nadie está en contra.",
        "Ninguém é contra.",
        "No one wants hats.",
        "None of them objects.",
        "Alle wollen Hüte.",
        "Die meisten finden das gut.",
        "Die Hälfte ist dagegen.",
        "Niemand widerspricht.",
        "Tous veulent des chapeaux.",
        "La plupart sont contre.",
        "Personne ne s'y oppose.",
        "Todos quieren sombreros.",
        "Nadie objeta.",
        "Tutti vogliono cappelli.",
        "La metà è contraria.",
        "Todos querem chapéus.",
        "Ninguém discorda.",
        "Iedereen wil hoeden.",
        "De helft is tegen.",
        "全員が賛成した。",
        "所有人都同意。",
        "모두 찬성한다.",
    ],
)
def test_a_view_of_a_crowd_is_seen(text: str) -> None:
    assert found(text)


@pytest.mark.parametrize(
    "text",
    [
        "P1 wants all the hats back.",
        "All of it is romance.",
        "All hats should come back.",
        "After all, P1 agrees. First of all, P1 wants hats.",
        "P2 is all for hats.",
        "Most of it is romance.",
        "P1 likes most of it but wants caps. It is what they most want.",
        "P1 wants half the price.",
        "Both want hats.",
        "Nobody has answered yet, and none of this is decided.",
        "P1 asks everyone for a short introduction, and sees everybody again on Monday.",
        "Nobody owes everyone an hour.",
        "They all think about it.",
        "P1 findet alle Hüte gut.",
        "Tous les chapeaux sont vieux.",
        "The chat is for members; the group found a date.",
        "これは一般に十分な方法だ。",
    ],
)
def test_what_is_said_of_things_and_of_a_few_is_none(text: str) -> None:
    assert found(text) == []


def test_what_the_sentences_say_themselves_may_be_said() -> None:
    assert found("Everyone wants hats.", "Everybody wants hats.") == []
    assert found("All of them want hats.", "We all want hats.") == []
    assert found("Nobody wants hats.", "Nobody here wears one.") == []
    assert found("全員が賛成した。", "みんな賛成です。") == []


def test_what_is_open_may_say_that_nobody_has_said_so() -> None:
    assert found("Nobody says whether hats are back.")
    assert found("Nobody says whether hats are back.", absence=True) == []
    assert found("All want to know whether hats are back.", absence=True)
