"""A small model reads one message at a time, and compares two claims at a time."""

import json
from pathlib import Path

import pytest

from bot.core.arrangement import Stance
from bot.core.model import Message
from bot.core.summary import Summary
from tests.endpoint import asked, serving
from tests.engines.llm.world import ANA, BEN, CHO, HATS, GoodModel, configured, say, with_partner

PARAMETERS = 1_500_000_000


def summarise(folder: Path, model: GoodModel, messages: tuple[Message, ...] = HATS) -> Summary:
    with serving(model) as endpoint:
        endpoint.model["meta"] = {"n_params": PARAMETERS}

        async def work(partner, topic_id):  # type: ignore[no-untyped-def]
            return await partner.summarise(topic_id)

        return with_partner(configured(folder, endpoint.url, window=None), work, messages)


def test_it_is_shown_one_message_and_nothing_beside_it(tmp_path: Path) -> None:
    shown: list[str] = []

    class Watched(GoodModel):
        def on_points(self, content: str) -> object:
            shown.append(content)
            return super().on_points(content)

    model = Watched()
    summary = summarise(tmp_path, model)
    assert sorted(shown) == sorted(
        (
            "1 | Hats should come back.\n2 | They keep the sun out of your eyes.\n"
            "3 | Do you agree?",
            "1 | Hats are a nuisance in every train.",
            "1 | I would wear one if somebody near me could mend it.",
        )
    )
    assert model.asked.count("read") == model.asked.count("group") == 0
    assert [each.text for each in summary.questions] == ["Do you agree?"]  # told by its form
    assert not summary.questions[0].open
    assert summary.receipt.quoted == 3


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("Headgear ruins public transport for everybody else.", "not_alike"),
        ("I find that hats are a nuisance in every train.", "first_person"),
        ("Ana's hats are a nuisance in every train.", "invented_name"),
    ],
)
def test_a_claim_in_words_of_its_own_making_gives_way_to_the_quote(
    tmp_path: Path, claim: str, reason: str
) -> None:
    class Inventive(GoodModel):
        def on_points(self, content: str) -> object:
            said = claim if "nuisance" in content else content.partition("| ")[2].splitlines()[0]
            return {"points": [{"sentences": ["1"], "claim": said}]}

    model = Inventive()
    summary = summarise(tmp_path, model)
    ben = next(each for each in summary.viewpoints if each.authors == ("Ben",))
    assert ben.claim == ben.evidence[0].quote == "Hats are a nuisance in every train."
    assert reason in [each.reason for each in summary.receipt.rejected]
    assert model.asked.count("points") == 3  # nobody asks it again what it can't mend


def test_who_disagrees_with_the_message_replied_to_stands_against_it(tmp_path: Path) -> None:
    model = GoodModel()
    model.relations = {"nuisance": "disagrees"}
    summary = summarise(tmp_path, model)
    ana, ben, cho = summary.viewpoints
    assert (ana.opposes, ben.opposes, cho.opposes) == ((ben.id,), (ana.id,), ())


def test_who_replies_to_nobody_answers_the_last_of_somebody_else(tmp_path: Path) -> None:
    model = GoodModel()
    model.relations = {"nuisance": "disagrees"}
    messages = (
        say(1, ANA, "Felt keeps the sun out."),
        say(2, CHO, "I would wear one if somebody near me could mend it."),
        say(3, BEN, "Trains are no place for them."),
        say(4, BEN, "They are a nuisance."),
    )
    summary = summarise(tmp_path, model, messages)
    against = next(each for each in summary.viewpoints if each.opposes)
    (other,) = [each for each in summary.viewpoints if each.id in against.opposes]
    assert {*against.authors, *other.authors} == {"Ben", "Cho"}


def test_who_agrees_in_like_words_shares_the_view_and_who_agrees_in_others_does_not(
    tmp_path: Path,
) -> None:
    model = GoodModel()
    model.relations = {"well": "agrees", "mend": "agrees"}
    messages = (
        say(1, ANA, "Felt keeps the sun out."),
        say(2, BEN, "Agreed that felt keeps the sun out well.", reply_to=1),
        say(3, CHO, "I would wear one if somebody near me could mend it.", reply_to=1),
    )
    summary = summarise(tmp_path, model, messages)
    assert [each.authors for each in summary.viewpoints] == [("Ana", "Ben"), ("Cho",)]


def takes_back(folder: Path, words: str) -> Summary:
    model = GoodModel()
    model.relations = {"nuisance.": "disagrees"}
    messages = (
        say(1, ANA, "Hats should come back."),
        say(2, BEN, "Hats are a nuisance in every train.", reply_to=1),
        say(3, BEN, words),
    )
    return summarise(folder, model, messages)


def test_who_says_so_takes_back_what_they_said(tmp_path: Path) -> None:
    summary = takes_back(tmp_path, "I was wrong to call them a nuisance.")
    withdrawn = next(each for each in summary.viewpoints if not each.authors)
    assert withdrawn.claim == "Hats are a nuisance in every train."
    assert [each.stance for each in withdrawn.evidence] == [Stance.SUPPORTS, Stance.WITHDRAWS]


def test_nobody_takes_back_what_a_model_alone_says_they_do(tmp_path: Path) -> None:
    summary = takes_back(tmp_path, "In a car they are no nuisance.")
    assert all(each.authors for each in summary.viewpoints)


def test_examples_are_turns_before_the_question(tmp_path: Path) -> None:
    model = GoodModel()
    with serving(model) as endpoint:
        endpoint.model["meta"] = {"n_params": PARAMETERS}

        async def work(partner, topic_id):  # type: ignore[no-untyped-def]
            return await partner.summarise(topic_id)

        with_partner(configured(tmp_path, endpoint.url, window=None), work)
        first = endpoint.requests[0]
    roles = [each["role"] for each in first["messages"]]
    assert roles == ["system", *["user", "assistant"] * 3, "user"]
    assert all(json.loads(each["content"]) for each in first["messages"][2:-1:2])
    assert first["messages"][-1]["content"] == asked(first)
