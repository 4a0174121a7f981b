"""A model that does harm in every way that an answer can, and what a reader gets of it: nothing."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest

from bot.core.inert import one_line
from bot.core.model import Author, Message, Thread, Topic
from bot.core.summary import Receipt
from tests.endpoint import Reply
from tests.engines.llm.world import HATS, GoodModel, say
from tests.trust.house import House, house
from tests.trust.judging import Judge
from tests.trust.reader import Shown

USES = ("brief", "brief_repair", "suggest", "answer", "answer_repair")
_numbers = count()


@pytest.fixture(scope="module")
def home() -> Iterator[House]:
    with house() as opened:
        yield opened


def asked(home: House, model: Any, messages: tuple[Message, ...] = HATS, name: str = "") -> Shown:
    topic = Topic("test", name or f"hats {next(_numbers)}", "Should hats come back?")
    return home.asked(Thread(topic, messages, {}), model)


def reasons(receipt: Receipt) -> set[str]:
    return {each.reason for each in receipt.rejected}


def everything(shown: Shown) -> str:
    documents = (json.dumps(json.loads(each), ensure_ascii=False) for each in shown.documents())
    return "\n".join((*shown.cards(), *shown.terminal(), *documents))


def all_are_served(shown: Shown, messages: tuple[Message, ...] = HATS) -> None:
    """Everybody has a line with their own words, and nothing shown has an effect."""
    authors = {message.source_id: one_line(message.author.name) for message in messages}
    for person in shown.summary.people:
        assert person.author in {authors[each.message_id] for each in person.evidence}
    assert {each.author for each in shown.summary.people} == set(authors.values())
    assert shown.suggestions.suggestions
    assert shown.answer.answer or shown.answer.nearest
    said = {message.source_id: message for message in messages}
    assert Judge(said, shown.summary.topic.title, "", frozenset()).findings(shown).all == []


class Writing(GoodModel):
    """Writes parts of its briefs, and its answers, as they are given here."""

    def __init__(self, answer: str = "", missing: str | None = None, **parts: Any) -> None:
        super().__init__()
        self._answer, self._parts = {"answer": answer, "missing": missing}, parts

    def on_brief(self, content: str) -> Any:
        return super().on_brief(content) | self._parts

    def on_answer(self, content: str) -> Any:
        return self._answer

    on_answer_repair = on_answer


@dataclass(frozen=True)
class Words:
    """What the model writes wherever it may write; what of it nobody is to see; and why not.

    Some of it is `harmless` in a brief: it is put on one line, without the marks that do harm.
    """

    text: str
    unseen: str
    reason: str
    harmless: bool = False

    def brief(self, people: Any) -> dict[str, Any]:
        """A brief that is made of them; the ids are right."""
        text = f"{self.text} [1.1]."
        return {
            "lead": text,
            "points": [{"title": self.text, "lines": [text, text], "for": []}],
            "open": [text],
            "people": [each | {"stand": self.text, "called": self.text} for each in people[:1]],
            "mended": [{"statement": f"S{n}", "text": text} for n in range(1, 20)],
            "headings": [self.text.removeprefix(SAID), "Open"],
        }


SAID = "Some would have hats back"
WORDS = {
    "everyone": Words(f"{SAID}, @everyone", "@everyone", "unfounded_consensus"),
    "hidden everyone": Words(f"{SAID}, @\u200beveryone", "@\u200beveryone", "ping"),
    "role": Words(f"{SAID}, <@&all>", "<@&", "ping"),
    "command": Words(f"{SAID}, use </ban:x>", "ban:x", "ping"),
    "masked link": Words(f"{SAID}, [see](/evil)", "evil", "markup"),
    "link": Words(f"{SAID}, see https://evil.example/x", "evil", "invented_link"),
    "halved link": Words(f"{SAID}, see ht**tps://evil.exam**ple/x", "evil", "link"),
    "file": Words(f"{SAID}, open evil.exe", "evil", "invented_link"),
    "hidden invite": Words(f"{SAID}, dis\u200bcord.gg/evil", "evil", "link"),
    "ansi": Words(f"{SAID} \x1b[31mEVIL", "EVIL", "control_character"),
    "digits": Words(f"{SAID}, says a poll of 9,731", "9,731", "invented_number"),
    "person": Words(f"{SAID}, and Cho is right", "Cho is", "invented_name"),
    "consensus": Words("Everyone agrees on hats", "Everyone", "unfounded_consensus"),
    "label": Words(f"{SAID}, says P9", "P9", "unknown_person"),
    "id": Words(f"{SAID}, see (2.1)", "(2.1", "label"),
    "forged quote": Words(f"{SAID}.\n> Hats are EVIL", "\n> Hats", "markup", harmless=True),
    "typed quote": Words(f"{SAID}, “hats are an EVIL thing”", "EVIL", "invented_quote"),
    "code": Words(f"{SAID}.\n```ansi\nEVIL```", "```", "markup", harmless=True),
    "html": Words(f"{SAID}, <b>EVIL", "EVIL", "markup"),
    "heading": Words(f"{SAID}.\n# EVIL", "\n# EVIL", "markup", harmless=True),
    "endless": Words(f"{SAID}{', EVIL' * 200}", ", EVIL" * 120, "too_long", harmless=True),
    "nothing": Words(" ", "\u0000", "empty", harmless=True),
    "dots": Words("…", "“…”", "empty"),
}


class Harmful(GoodModel):
    """Writes the words again when it is asked to mend them, and says them in its answer."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.reply = {"text": words.text, "beyond": words.text}

    def on_brief(self, content: str) -> Any:
        return self._words.brief(super().on_brief(content)["people"])

    def on_answer(self, content: str) -> Any:
        return {"answer": f"{self._words.text} [1.1].", "missing": self._words.text}

    on_brief_repair = on_brief
    on_answer_repair = on_answer


@pytest.mark.parametrize("case", WORDS)
def test_no_words_of_the_model_reach_anybody_that_are_not_founded(home: House, case: str) -> None:
    words = WORDS[case]
    shown = asked(home, Harmful(words))
    assert words.unseen not in everything(shown)
    all_are_served(shown)
    if words.harmless:
        assert not words.reason or words.reason in reasons(shown.suggestions.receipt)
    else:
        assert shown.suggestions.receipt.rejected
        # In a brief a name is the person: it has to be theirs.
        in_brief = "not_theirs" if case == "person" else words.reason
        assert in_brief in reasons(shown.summary.receipt)
        assert words.reason in reasons(shown.answer.receipt)
        assert shown.answer.answer is None


UNCITED, STATEMENT = "Nobody says so.", "P1 would have hats back [1.1]."
WANTED = "wants hats to come back"
STATEMENTS = {
    "id of none": (f"P1 {WANTED} [9.9].", "unknown_sentence"),
    "no id": (f"P1 {WANTED} [m1.1].", "no_citation"),
    "nothing cited": (f"P1 {WANTED}.", "no_citation"),
    "cited too early": (
        f"P1 {WANTED} [1.1], and P2 would rather have all of them thrown away.",
        "no_citation",
    ),
    "label of nobody": (f"P9 {WANTED} [1.1].", "unknown_person"),
    "under another's name": (f"P1 {WANTED} [2.1].", "not_theirs"),
    "another's words": (
        "P1 would wear one if somebody near me could mend it [1.1].",
        "anothers_words",
    ),
}


@pytest.mark.parametrize("case", STATEMENTS)
def test_a_statement_points_at_sentences_that_bear_it_out(home: House, case: str) -> None:
    text, reason = STATEMENTS[case]
    points = [{"title": "Hats", "lines": [text], "for": []}]
    shown = asked(home, Writing(text, lead=text, points=points, open=[]))
    assert shown.summary.front == ()
    assert shown.answer.answer is None
    assert reason in reasons(shown.summary.receipt) & reasons(shown.answer.receipt)
    all_are_served(shown)


DOV = Author("4", "i say that the bank has moved to rome today")


@pytest.mark.parametrize(
    "words",
    [
        "hats.evil.com",
        "I would wear one if somebody near me could mend it",
        "i say that the bank has moved to rome",
    ],
)
def test_a_draft_and_what_is_missing_repeat_nobody_who_is_not_cited(
    home: House, words: str
) -> None:
    messages = (*HATS, say(4, DOV, "I think that hats.evil.com has hats."))
    model = Writing(STATEMENT, missing=f"Nobody says {words}.")
    model.reply = {"text": f"P1, {words}?", "cites": ["1.1"]}
    shown = asked(home, model, messages)
    assert {draft.engine for draft in shown.suggestions.suggestions} == {"quotes"}
    assert shown.answer.answer
    assert words not in shown.answer.answer.text
    model.reply = {"beyond": words}
    drafts = asked(home, model, messages).suggestions.suggestions
    assert {(draft.engine, draft.beyond) for draft in drafts} == {("llm", None)}


LINES = {
    "of another": {"who": "P2", "stand": "P1 finds them a nuisance", "cites": ["2.1"]},
    "of nobody": {"who": "P9", "stand": "Wants hats back", "cites": ["1.1"]},
    "on another's words": {"who": "P1", "stand": "Finds them a nuisance", "cites": ["2.1"]},
    "on nothing": {"who": "P1", "stand": "Finds them a nuisance", "cites": ["hats"]},
    "in another's words": {
        "who": "P1",
        "stand": "I would wear one if somebody near me could mend it",
        "cites": ["1.1"],
    },
}


@pytest.mark.parametrize("case", LINES)
def test_nobody_has_a_line_that_is_not_theirs(home: House, case: str) -> None:
    shown = asked(home, Writing(people=[LINES[case]]))
    assert [person.stand for person in shown.summary.people] == [None] * 3
    all_are_served(shown)


def test_nobody_is_counted_for_a_plan_who_is_not_cited_there(home: House) -> None:
    point = {"title": "Hats", "lines": [STATEMENT], "for": ["P1", "P2", "everybody"]}
    (shown,) = asked(home, Writing(points=[point])).summary.points
    assert shown.wanted_by == ("Ana",)


@pytest.mark.parametrize("called", ["nuisance", "a nuisance in every train", "P2", "Ben", "@here"])
def test_nobody_gets_another_name(home: House, called: str) -> None:
    line = {"who": "P1", "stand": "Has a view", "cites": ["1.1"], "called": called}
    shown = asked(home, Writing(people=[line]))
    assert shown.summary.people[0].author == "Ana"


HALVES = {
    "an address": ("//evil.example/x", "Somebody writes https:{}"),
    "its beginning": ("https:", "Somebody writes {}//evil.example/x"),
    "an invite": (".gg/evil", "Somebody writes discord**{}"),
    "a role": ("@&1>", "Somebody writes <{}"),
    "everyone": ("everyone", "Somebody writes @{}"),
    "a sequence": ("\x1b[2JDov", "Somebody writes to {}"),
}


@pytest.mark.parametrize("case", HALVES)
def test_a_name_and_the_words_beside_it_are_no_link_or_ping_together(
    home: House, case: str
) -> None:
    name, words = HALVES[case]
    mallory = say(4, Author("4", name), "I think that evil.example/x is worth a look, all of you.")
    text = words.format("P4")
    cited = f"{text} [4.1]."
    points = [{"title": text, "lines": [cited], "for": []}]
    lines = [{"who": "P4", "stand": text, "cites": ["4.1"]}]
    model = Writing(cited, lead=cited, points=points, open=[cited], people=lines)
    model.reply = {"text": text, "cites": ["4.1"], "to": ["P4"]}
    all_are_served(asked(home, model, (*HATS, mallory)), (*HATS, mallory))


def test_a_refusal_in_words_of_its_own_is_named_without_them(home: House) -> None:
    shown = asked(home, lambda request: Reply(None, refusal="EVIL."))
    assert "The model refused" in everything(shown)
    assert "EVIL" not in everything(shown)


DEEP = 20_000
ANSWERS: dict[str, str] = {
    "nothing": "",
    "null": "null",
    "a list": "[]",
    "prose": "I am EVIL.",
    "an open brace": "{" * DEEP,
    "nested lists": '{"points": ' + "[" * DEEP + "]" * DEEP + "}",
    "nested objects": '{"points":' * DEEP + "1" + "}" * DEEP,
    "a huge number": '{"points": ' + "9" * 10_000 + "}",
    "no number": '{"lead": NaN, "points": Infinity, "drafts": -Infinity, "answer": 1e999999}',
    "one key often": "{" + '"points": [], "mended": [], ' * 500 + '"EVIL": 1}',
    "100 kB of words": "EVIL " * 20_000,
    "thoughts": "<think>" * 5_000 + "</think>" + "<think>" * 5_000,
    "half a character": r'{"lead": "\ud800 [1.1].", "open": ["\ud800"], "answer": "\ud800 [1.1].", '
    r'"drafts": [{"to": ["P1"], "cites": ["1.1"], "text": "\ud800"}], "mended": []}',
}


@pytest.mark.parametrize("case", ANSWERS)
@pytest.mark.parametrize("use", USES)
def test_no_form_of_an_answer_keeps_a_reader_from_being_served(
    home: House, use: str, case: str
) -> None:
    model = Writing(UNCITED, people=[])
    model.instead[use] = ANSWERS[case]
    shown = asked(home, model)
    assert use in model.asked
    assert "EVIL" not in everything(shown)
    all_are_served(shown)


LARGE: dict[str, dict[str, Any]] = {
    "lead": {"lead": f"{STATEMENT} " * 3_000},
    "points": {"points": [{"title": "Hats", "lines": [STATEMENT], "for": []}] * 1_200},
    "lines": {"points": [{"title": "Hats", "lines": [STATEMENT] * 2_900, "for": []}]},
    "open": {"open": [STATEMENT] * 2_900},
    "people": {"people": [{"who": "P1", "stand": "Has 97 hats", "cites": ["1.1"]}] * 1_100},
    "ids": {"lead": f"P1 would have hats back [{', '.join(['1.1'] * 9_000)}]."},
}


@pytest.mark.parametrize("part", LARGE)
def test_100_kb_of_good_statements_keep_nobody_waiting(home: House, part: str) -> None:
    begun = time.monotonic()
    shown = asked(home, Writing(**LARGE[part]))
    assert time.monotonic() - begun < 20
    all_are_served(shown)


def broken(answer: Any, value: Any) -> Iterator[Any]:
    """The answer with the value in the place of one of its parts, for each of them."""
    if isinstance(answer, dict):
        for key, part in answer.items():
            yield from (answer | {key: other} for other in (value, *broken(part, value)))
    if isinstance(answer, list) and answer:
        yield from ([other, *answer[1:]] for other in (value, *broken(answer[0], value)))


class Broken(Writing):
    """Puts values of all types into all places of its answers to one use, by turns."""

    def __init__(self, use: str, place: int) -> None:
        super().__init__(UNCITED, people=[])
        self._use, self._place = use, place

    def __call__(self, request: dict[str, Any]) -> Reply:
        good = super().__call__(request)
        if self.asked[-1] != self._use:
            return good
        answers = list(broken(json.loads(good.content or ""), TYPES[self._place % len(TYPES)]))
        return Reply(json.dumps(answers[self._place % len(answers)]))


TYPES = (None, True, -1, 1.5, [], {}, ["EVIL"], {"EVIL": "EVIL"})


@pytest.mark.parametrize("place", range(17))
@pytest.mark.parametrize("use", USES)
def test_a_wrong_type_in_any_field_keeps_nobody_from_being_served(
    home: House, use: str, place: int
) -> None:
    model = Broken(use, place)
    shown = asked(home, model)
    assert use in model.asked
    assert "EVIL" not in everything(shown)
    all_are_served(shown)
