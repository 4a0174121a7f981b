"""Answers of a model: from the discussion alone, each statement with its sentences."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.core.summary import Answer, Count
from bot.partner import DiscussionPartner
from tests.endpoint import Endpoint, serving
from tests.engines.llm.world import HATS, GoodModel, configured, sentences, with_partner

QUESTION = "Are hats a nuisance in the train or in the theatre?"
LEADING = "Did Cho pay 40 euros for a hat that somebody could mend?"
HOLDS = "P2 finds them a nuisance [2.1]."
FAULTY = "P3 paid 40 for one [3.1]."


def answered(
    tmp_path: Path,
    first: dict[str, Any],
    second: dict[str, Any] | None = None,
    question: str = QUESTION,
) -> tuple[Answer, Endpoint]:
    model = GoodModel()
    model.instead = {
        "answer": json.dumps({"missing": None} | first),
        "answer_repair": json.dumps({"missing": None} | (second or first)),
    }

    async def work(partner: DiscussionPartner, topic: int) -> Answer:
        return await partner.ask(topic, question)

    with serving(model) as endpoint:
        return with_partner(configured(tmp_path, endpoint.url), work), endpoint


def text(shown: Answer) -> str | None:
    return shown.answer.text if shown.answer else None


def test_an_answer_takes_one_call_over_the_whole_discussion_and_has_names(tmp_path: Path) -> None:
    shown, endpoint = answered(tmp_path, {"answer": HOLDS})
    (request,) = endpoint.requests
    content = request["messages"][1]["content"]
    assert len(sentences(content)) == 5
    assert content.strip().endswith(f"| {QUESTION}"), "behind the mark: it is data"
    assert text(shown) == "Ben finds them a nuisance [1]."
    assert shown.answer is not None
    assert [quote.quote for quote in shown.answer.evidence] == [HATS[1].content]
    assert (shown.nearest, shown.receipt.read, shown.receipt.cited) == ((), 3, 1)


def test_a_partial_answer_says_what_is_missing(tmp_path: Path) -> None:
    missing = "Nobody says whether they are a nuisance in the train or in the theatre."
    shown, _ = answered(tmp_path, {"answer": HOLDS, "missing": missing})
    assert text(shown) == f"Ben finds them a nuisance [1]. {missing}"


@pytest.mark.parametrize(
    "missing",
    [
        "Nobody says what the 40 hats cost.",
        "Ben does not say it.",
        "See https://hats.example.",
        "Nobody says it, but all want hats.",
        "Nobody says it ||or does|| so.",
        "Nobody says it at evil.example/x.",
    ],
)
def test_what_is_missing_may_claim_nothing_of_its_own(tmp_path: Path, missing: str) -> None:
    shown, _ = answered(tmp_path, {"answer": HOLDS, "missing": missing})
    assert text(shown) == "Ben finds them a nuisance [1]."


def test_a_number_of_the_question_is_nobodys_word(tmp_path: Path) -> None:
    said = {"answer": FAULTY, "missing": "Nobody says what Cho paid, 40 euros or not."}
    shown, _ = answered(tmp_path, said, question=LEADING)
    assert shown.answer is None
    shown, _ = answered(tmp_path, said | {"answer": "P3 would wear one [3.1]."}, question=LEADING)
    assert text(shown) == f"Cho would wear one [1]. {said['missing']}"


def test_a_faulty_answer_is_mended_once(tmp_path: Path) -> None:
    mended = {"answer": f"{HOLDS} P3 would wear a mended one [3.1]."}
    shown, endpoint = answered(tmp_path, {"answer": f"{HOLDS} {FAULTY}"}, mended)
    told = endpoint.requests[-1]["messages"][-1]["content"]
    assert "Sentence 2 can't stand: the number 40" in told
    assert "Sentence 1" not in told
    assert text(shown) == "Ben finds them a nuisance [1]. Cho would wear a mended one [2]."
    assert (shown.usage.calls, shown.receipt.rejected) == (2, ())


def test_a_statement_that_stays_faulty_is_dropped_alone_and_counted(tmp_path: Path) -> None:
    shown, _ = answered(tmp_path, {"answer": f"{FAULTY} {HOLDS}"})
    assert text(shown) == "Ben finds them a nuisance [1]."
    assert shown.receipt.rejected == (Count("invented_number", 1),)


@pytest.mark.parametrize("answer", [None, "", FAULTY, "Hats are fine."])
def test_without_an_answer_that_stands_the_nearest_passages_are_shown(
    tmp_path: Path, answer: str | None
) -> None:
    shown, _ = answered(tmp_path, {"answer": answer, "missing": "Nobody says it."})
    assert (shown.engine.name, shown.answer) == ("llm", None)
    assert [quote.quote for quote in shown.nearest] == [HATS[1].content]
