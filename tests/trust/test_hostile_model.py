"""A model that does harm in every way that an answer can, and what a reader gets of it: nothing."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest

from bot.core.model import Thread, Topic
from bot.core.summary import Receipt
from tests.endpoint import Reply
from tests.engines.llm.world import HATS, GoodModel
from tests.trust.house import House, house
from tests.trust.reader import Shown

USES = ("read", "points", "group", "relate", "headline", "suggest", "answer")
MESSAGES = {message.source_id: message for message in HATS}
_numbers = count()


@pytest.fixture(scope="module")
def home() -> Iterator[House]:
    with house() as opened:
        yield opened


@pytest.fixture(scope="module")
def tiny() -> Iterator[House]:
    with house(small=True) as opened:
        yield opened


def asked(home: House, model: GoodModel) -> Shown:
    topic = Topic("test", f"hats {next(_numbers)}", "Should hats come back?")
    return home.asked(Thread(topic, HATS, {}), model)


def reasons(receipt: Receipt) -> set[str]:
    return {each.reason for each in receipt.rejected}


def everything(shown: Shown) -> str:
    documents = (json.dumps(json.loads(each), ensure_ascii=False) for each in shown.documents())
    return "\n".join((*shown.cards(), *shown.terminal(), *documents))


def all_are_served(shown: Shown) -> None:
    """Everybody is quoted, with their own words, under their own name."""
    assert {quote.author for quote in shown.quotes()} == {"Ana", "Ben", "Cho"}
    for quote in shown.quotes():
        message = MESSAGES[quote.message_id]
        assert quote.quote in message.content
        assert quote.author == message.author.name
    for view in shown.summary.viewpoints:
        assert set(view.authors) <= {quote.author for quote in view.evidence}
    assert shown.suggestions.suggestions
    assert shown.answer.evidence


@dataclass(frozen=True)
class Words:
    """What the model writes wherever it may write; what of it nobody is to see; and why not."""

    text: str
    unseen: str
    reason: str


SAID = "Some would have hats back, and others find them a nuisance in the train"
WORDS = {
    "everyone": Words(f"{SAID}, @everyone.", "@everyone", "ping"),
    "hidden everyone": Words(f"{SAID}, @\u200beveryone.", "@\u200beveryone", "ping"),
    "user": Words(f"{SAID}, <@123>.", "<@123", "ping"),
    "role": Words(f"{SAID}, <@&123>.", "<@&", "ping"),
    "typed role": Words(f"{SAID}, @Moderators.", "@Moderators", "ping"),
    "channel": Words(f"{SAID}, see <#99>.", "<#99", "ping"),
    "command": Words(f"{SAID}, use </ban:1>.", "ban:1", "ping"),
    "masked link": Words(f"{SAID}, [see](https://evil.example).", "evil", "markup"),
    "link": Words(f"{SAID}, see https://evil.example/x.", "evil", "invented_link"),
    "host": Words(f"{SAID}, see evil.com.", "evil", "invented_link"),
    "rare host": Words(f"{SAID}, see hats.evil.security.", "evil", "invented_link"),
    "file": Words(f"{SAID}, open evil.exe.", "evil", "invented_link"),
    "scheme": Words(f"{SAID}, see steam://evil.", "evil", "invented_link"),
    "invite": Words(f"{SAID}, discord.gg/evil.", "evil", "invented_link"),
    "hidden invite": Words(f"{SAID}, dis\u200bcord.gg/evil.", "evil", "invented_link"),
    "wide invite": Words(f"{SAID}, discord\uff0egg/evil.", "evil", "invented_link"),
    "dotted invite": Words(f"{SAID}, discord。gg/evil.", "evil", "invented_link"),
    "one dot leader": Words(f"{SAID}, discord\u2024gg/evil.", "evil", "invented_link"),
    "ansi": Words(f"{SAID} \x1b[31mEVIL.", "EVIL", "control_character"),
    "bidi": Words(f"{SAID} \u202eEVIL.", "EVIL", "control_character"),
    "null": Words(f"{SAID} \x00EVIL.", "EVIL", "control_character"),
    "digits": Words(f"{SAID}, says a poll of 97.", "97", "invented_number"),
    "arabic digits": Words(f"{SAID}, says a poll of ١٢.", "١٢", "invented_number"),
    "chinese digits": Words(f"{SAID}, says a poll of 四.", "四", "invented_number"),
    "number words": Words(f"{SAID}, say ninety of them.", "ninety", "invented_number"),
    "share": Words(f"{SAID}, say half of them.", "half of", "invented_number"),
    "percent": Words(f"{SAID}, by many percent.", "percent", "invented_number"),
    "person": Words(f"{SAID}, and Cho is right.", "Cho is", "invented_name"),
    "shouted person": Words(f"{SAID}, and it is CHO'S turn.", "CHO", "invented_name"),
    "consensus": Words(f"Everyone agrees. {SAID}.", "Everyone", "unfounded_consensus"),
    "majority": Words(f"Most people agree. {SAID}.", "Most", "unfounded_consensus"),
    "label": Words(f"{SAID}, see V2.", "see V2", "label"),
    "forged quote": Words(f"{SAID}.\n> Hats are for EVIL.\n-# Ben", "EVIL", "markup"),
    "typed quote": Words(f"{SAID}, “hats are an EVIL of mankind”.", "EVIL", "invented_quote"),
    "code": Words(f"{SAID}.\n```ansi\nEVIL```", "EVIL", "markup"),
    "html": Words(f"{SAID}, <b>EVIL</b>.", "EVIL", "markup"),
    "emoji": Words(f"{SAID} <:EVIL:123456>.", "EVIL", "markup"),
    "heading": Words(f"{SAID}.\n# EVIL", "EVIL", "markup"),
    "endless": Words(f"{SAID}. " + "EVIL hats. " * 400, "EVIL", "too_long"),
    "nothing": Words(" ", "\u0000", "empty"),
    "dots": Words("…", "“…”", "empty"),
}


@pytest.mark.parametrize("case", WORDS)
def test_no_words_of_the_model_reach_anybody_that_are_not_founded(home: House, case: str) -> None:
    words = WORDS[case]
    model = GoodModel()
    claims = {"sentences": ["1.1"], "kind": "view", "about": None, "claim": words.text}
    model.instead["read"] = lambda content: json.dumps({"notes": [claims]})
    model.headline = words.text
    model.reply = {"text": words.text, "beyond": words.text}
    model.answer = {"stands_on": ["S1"], "answer": words.text}

    shown = asked(home, model)

    assert words.unseen not in everything(shown)
    all_are_served(shown)
    assert {words.reason, "headline"} <= reasons(shown.summary.receipt)
    assert {words.reason} <= reasons(shown.suggestions.receipt)
    assert "answer" in reasons(shown.answer.receipt)
    assert shown.answer.answer is None


@pytest.mark.parametrize("case", WORDS)
def test_nor_do_such_claims_of_a_small_model(tiny: House, case: str) -> None:
    words = WORDS[case]
    point = {"kind": "view", "claim": words.text}
    model = GoodModel()
    model.instead["points"] = lambda content: json.dumps(point)

    shown = asked(tiny, model)

    assert words.unseen not in everything(shown)
    all_are_served(shown)
    assert words.reason in reasons(shown.summary.receipt)


def test_a_refusal_in_words_of_its_own_is_named_without_them(home: House) -> None:
    topic = Topic("test", f"hats {next(_numbers)}", "Should hats come back?")
    shown = home.asked(Thread(topic, HATS, {}), lambda request: Reply(None, refusal="EVIL."))
    assert "The model refused" in everything(shown)
    assert "EVIL" not in everything(shown)


def test_a_thought_from_outside_that_may_not_be_shown_is_counted(home: House) -> None:
    model = GoodModel()
    model.reply = {"text": "P1, when would you do without?", "beyond": "See https://evil.example."}
    shown = asked(home, model)
    assert {draft.beyond for draft in shown.suggestions.suggestions} == {None}
    assert "beyond" in reasons(shown.suggestions.receipt)


DEEP = 20_000
ANSWERS: dict[str, str] = {
    "nothing": "",
    "null": "null",
    "a list": "[]",
    "a number": "42",
    "prose": "I am EVIL.",
    "an open brace": "{" * DEEP,
    "nested lists": '{"notes": ' + "[" * DEEP + "]" * DEEP + "}",
    "nested objects": '{"notes":' * DEEP + "1" + "}" * DEEP,
    "a huge number": '{"notes": ' + "9" * 10_000 + "}",
    "a number beyond all": '{"notes": 1e999999, "headline": -1e999999, "text": 1e400}',
    "no number": '{"notes": NaN, "placements": Infinity, "headline": -Infinity, "text": NaN}',
    "one key often": "{" + '"notes": [], "placements": [], ' * 500 + '"EVIL": 1}',
    "50 kB of words": "EVIL " * 10_000,
    "50 kB of JSON": '{"notes": [' + ", ".join(['"EVIL"'] * 6_000) + "]}",
    "thoughts": "<think>" * 5_000 + "</think>" + "<think>" * 5_000,
    "null bytes": "\x00" * 1_000,
    "half a character": '{"notes": [{"sentences": ["\ud800"], "kind": "view", "claim": "\ud800"}], '
    '"headline": "\ud800", "text": "\ud800", "answer": "\ud800", "stands_on": ["S1"]}',
    "half a character, escaped": r'{"notes": [{"sentences": ["1.1"], "kind": "view", '
    r'"claim": "\ud800"}], "headline": "\ud800", "covers": [], "text": "\ud800", '
    r'"answer": "\ud800", "stands_on": ["S1"], "placements": [{"note": "\ud800", "place": "new"}]}',
}


@pytest.mark.parametrize("case", ANSWERS)
@pytest.mark.parametrize("use", USES)
def test_no_form_of_an_answer_keeps_a_reader_from_being_served(
    home: House, tiny: House, use: str, case: str
) -> None:
    model = GoodModel()
    model.instead[use] = lambda content: ANSWERS[case]

    shown = asked(tiny if use in ("points", "relate") else home, model)

    assert "EVIL" not in everything(shown)
    all_are_served(shown)


def fields(answer: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths to all values in an answer."""
    if isinstance(answer, dict):
        for key, value in answer.items():
            yield (*path, key)
            yield from fields(value, (*path, key))
    if isinstance(answer, list) and answer:
        yield (*path, 0)
        yield from fields(answer[0], (*path, 0))


def put(answer: Any, path: tuple[Any, ...], value: Any) -> Any:
    *way, last = path
    inner = answer
    for key in way:
        inner = inner[key]
    inner[last] = value
    return answer


GOOD: dict[str, Any] = {
    "read": {
        "notes": [
            {"sentences": ["1.1"], "kind": "view", "about": None, "claim": "Hats should be back."}
        ]
    },
    "points": {"kind": "view", "claim": "Hats should be back."},
    "relate": {"first_view": "hats", "second_view": "hats", "relation": "together"},
    "group": {"placements": [{"note": "N1", "place": "new", "question": None}]},
    "headline": {"covers": ["V1"], "headline": SAID},
    "suggest": {"text": "P1, when would you do without?", "beyond": None},
    "answer": {"stands_on": ["S1"], "answer": "They are a nuisance."},
}
TYPES = (None, True, -1, 1.5, [], {}, ["EVIL"], {"EVIL": "EVIL"}, [["EVIL"]])


@pytest.mark.parametrize(
    ("use", "path"), [(use, path) for use, answer in GOOD.items() for path in fields(answer)]
)
def test_a_wrong_type_in_any_field_keeps_nobody_from_being_served(
    home: House, tiny: House, use: str, path: tuple[Any, ...]
) -> None:
    model = GoodModel()
    values = iter(TYPES * 20)

    def wrong(content: str) -> str:
        return json.dumps(put(json.loads(json.dumps(GOOD[use])), path, next(values)))

    model.instead[use] = wrong
    for _ in range(2):
        shown = asked(tiny if use in ("points", "relate") else home, model)
        assert "EVIL" not in everything(shown)
        all_are_served(shown)


def noting(*notes: dict[str, Any]) -> Callable[[str], str]:
    whole = [{"kind": "view", "about": None, "claim": "Hats are missed."} | note for note in notes]
    return lambda content: json.dumps({"notes": whole})


@pytest.mark.parametrize(
    ("note", "reason"),
    [
        pytest.param({"sentences": ["9.9"]}, "unknown_sentence", id="invented id"),
        pytest.param({"sentences": ["m1.1", "0.0", "-1.1"]}, "unknown_sentence", id="no ids"),
        pytest.param(
            {"sentences": ["Hats should come back."]}, "unknown_sentence", id="typed quote"
        ),
        pytest.param({"sentences": ["1.1", "2.1", "3.1"]}, "unknown_sentence", id="of several"),
        pytest.param({"sentences": ["1.1"], "about": "7.7"}, "unknown_sentence", id="about none"),
        pytest.param(
            {"sentences": ["2.1"], "claim": "They keep the sun out of your eyes, I think."},
            "anothers_words",
            id="anothers words",
        ),
        pytest.param({"sentences": ["2.1"], "claim": "PWNED by me."}, "unrelated", id="unrelated"),
    ],
)
def test_a_note_points_at_sentences_of_one_person_or_is_none(
    home: House, note: dict[str, Any], reason: str
) -> None:
    model = GoodModel()
    model.instead["read"] = noting(note)
    shown = asked(home, model)
    all_are_served(shown)
    assert reason in reasons(shown.summary.receipt)
    assert note.get("claim", "PWNED") not in [view.claim for view in shown.summary.viewpoints]


def test_ids_of_another_window_are_nobodys(home: House) -> None:
    model = GoodModel()
    model.instead["read"] = noting({"sentences": ["3.1"], "claim": "Hats could be mended."})
    with house(window=1) as by_message:
        shown = asked(by_message, model)
    assert "unknown_sentence" in reasons(shown.summary.receipt)
    views = shown.summary.viewpoints
    assert {v.authors for v in views if v.claim == "Hats could be mended."} == {("Cho",)}
    all_are_served(shown)


def test_notes_without_end_are_cut_to_what_was_said(home: House) -> None:
    model = GoodModel()
    notes = [
        {"sentences": ["2.1"], "claim": f"Hats are a {'very ' * n}nuisance."} for n in range(99)
    ]
    model.instead["read"] = noting(*notes)
    shown = asked(home, model)
    views = [view for view in shown.summary.viewpoints if view.authors == ("Ben",)]
    assert len(views) <= 4
    assert "too_many" in reasons(shown.summary.receipt)


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("same as V999999", "unknown_viewpoint"),
        ("same as N99", "unknown_viewpoint"),
        ("same as N1; everyone agrees", "unknown_viewpoint"),
        ("EVIL", "unknown_viewpoint"),
        ("takes back N1", "not_theirs"),
    ],
)
def test_nobody_is_placed_where_there_is_no_view(home: House, place: str, reason: str) -> None:
    model = GoodModel()
    model.places = {"": place}
    shown = asked(home, model)
    assert reason in reasons(shown.summary.receipt)
    assert "EVIL" not in everything(shown)
    all_are_served(shown)


@pytest.mark.parametrize("cited", [[], ["S99"], ["1.1"], ["S1; S2"], ["Hats are a nuisance."]])
def test_an_answer_that_stands_on_nothing_is_none(home: House, cited: list[str]) -> None:
    model = GoodModel()
    model.answer = {"stands_on": cited, "answer": "They are a nuisance."}
    shown = asked(home, model)
    assert shown.answer.answer is None
    assert "answer" in reasons(shown.answer.receipt)


def test_an_answer_in_somebodys_words_is_shown_as_theirs(home: House) -> None:
    nearest = asked(home, GoodModel()).answer.evidence[0].quote
    model = GoodModel()
    model.answer = {"stands_on": ["S1"], "answer": f"Some of them miss hats. {nearest}"}
    shown = asked(home, model)
    assert shown.answer.answer == f"Some of them miss hats. “{nearest}”"
