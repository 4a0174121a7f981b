"""People are found in a text under any form of their names, and nobody in ordinary words."""

import pytest

from bot.core.lookalikes import alike
from bot.core.roster import Roster

NAMES = (
    "Marek",
    "Ana López",
    "Tobias Kern",
    "田中",
    "王小明",
    "김민수",
    "Мария",
    "ChrisHardwick",
    "タナカ",
    "はるか",
    "Odile",
    "李 雷",
    "dark_knight_92",
    "Hat Lover",
    "نور",
    "Will",
    "Γιώργος",
    "Jón Þór",
)
SAID = alike("Honestly, I think most of it is romance.")
ROSTER = Roster(NAMES, alike("I think hats are dark in the night. A knight wore one. Hats!"))


@pytest.mark.parametrize(
    "text",
    [
        "Ana thinks that it is romance.",
        "It is romance. Kern calls all of it romance.",
        "It is romance, says ANA.",
        "It is romance, says tobias.",
        "As Ana Lopez says.",
        "As Аna says.",
        "As A\U0001d173na says.",
        "So does Chris, and so does Hardwick.",
        "As marek says.",
        "It was decided that Will is right.",
        "Zdaniem Tobiasa Kerna to romans.",
        "Zdaniem Marka to romans.",
        "По мнению Марии это романтика.",
        "Odiles Meinung nach ist es so.",
        "Του Γιώργου δεν αρέσει.",
        "Jóns Meinung nach ist es so.",
        "田中さんは大半がロマンスだと言った。",
        "王小明认为大部分都是浪漫。",
        "小明认为大部分都是浪漫。",
        "李雷说是浪漫。",
        "김민수는 대부분이 로맨스라고 말했다.",
        "タナカは言った。",
        "はるかさんは言った。",
        "نور يقول ذلك",
    ],
)
def test_a_name_is_found(text: str) -> None:
    assert list(ROSTER.named(alike(text), (), SAID))


@pytest.mark.parametrize(
    "text",
    [
        "Will it be so? It will.",
        "Hat prices rose. Dark hats are good. Knight is a word.",
        "はるかに良い。アナログのタナカラ。",
        "Market prices rise. Marking it is fine.",
        "Christmas comes, and Anatomy is fine.",
        "The member keeps most of it.",
    ],
)
def test_an_ordinary_word_is_no_name(text: str) -> None:
    assert list(ROSTER.named(alike(text), (), SAID)) == []


def test_who_is_known_and_who_is_spoken_of_may_be_named() -> None:
    assert list(ROSTER.named("Ana says so", ["Ana López"], SAID)) == []
    assert list(ROSTER.named("Anas Hut", ["Ana López"], SAID)) == []
    assert list(ROSTER.named("Ana says so", (), "I am with Ana.")) == []
    assert list(ROSTER.named("Ana says so", (), "I like a banana.")) == ["ana"]
    both = Roster(["Michael Kay", "Michael Rys"])
    assert list(both.named("Michael says so", ["Michael Rys"])) == []


def test_a_word_in_the_names_of_many_is_nobodys() -> None:
    crowd = Roster([f"User {n}" for n in range(50)])
    assert list(crowd.named("The User is right, and User 7 is too")) == ["user 7"]
    assert crowd.owners("The User is right") == frozenset()
