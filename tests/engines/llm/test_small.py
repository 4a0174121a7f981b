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


def test_nor_is_it_shown_what_somebody_else_said(tmp_path: Path) -> None:
    shown: list[str] = []

    class Watched(GoodModel):
        def on_points(self, content: str) -> object:
            shown.append(content)
            return {"points": [{"sentences": ["2"], "claim": "They are a nuisance."}]}

    summarise(tmp_path, Watched(), (say(1, BEN, "> Hats should come back.\nThey are a nuisance."),))
    assert shown == ["2 | They are a nuisance."]


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


def test_of_what_was_replied_to_and_what_was_said_last_the_former_is_answered(
    tmp_path: Path,
) -> None:
    model = GoodModel()
    model.relations = {"nuisance": "disagrees"}
    messages = (
        say(1, ANA, "Felt keeps the sun out."),
        say(2, CHO, "I would wear one if somebody near me could mend it."),
        say(3, BEN, "They are a nuisance.", reply_to=1),
    )
    ana, cho, ben = summarise(tmp_path, model, messages).viewpoints
    assert (ana.opposes, cho.opposes, ben.opposes) == ((ben.id,), (), (ana.id,))


def test_a_view_is_found_again_by_its_words_whoever_is_answered(tmp_path: Path) -> None:
    model = GoodModel()
    model.relations = {"well": "agrees"}
    messages = (
        say(1, ANA, "Felt keeps the sun out."),
        say(2, CHO, "Trains are no place for them."),
        say(3, BEN, "Still felt keeps the sun out well.", reply_to=2),
    )
    summary = summarise(tmp_path, model, messages)
    assert [each.authors for each in summary.viewpoints] == [("Ana", "Ben"), ("Cho",)]


def test_by_its_words_somebody_elses_view_is_found_before_ones_own(tmp_path: Path) -> None:
    model = GoodModel()
    model.relations = {"never": "disagrees", "June": "disagrees"}
    messages = (
        say(1, ANA, "Felt keeps the sun out."),
        say(2, BEN, "Felt never keeps the sun out.", reply_to=1),
        say(3, CHO, "Trains are no place for them."),
        say(4, ANA, "Felt keeps the sun out in June."),
    )
    summary = summarise(tmp_path, model, messages)
    ben = next(each for each in summary.viewpoints if each.authors == ("Ben",))
    cho = next(each for each in summary.viewpoints if each.authors == ("Cho",))
    assert len(ben.opposes) == 2
    assert cho.opposes == ()


def test_a_claim_speaks_to_the_question_that_it_answers_or_to_the_first(tmp_path: Path) -> None:
    messages = (
        say(1, ANA, "Should hats come back?"),
        say(2, BEN, "Felt keeps the sun out. Who is able to mend it?", reply_to=1),
        say(3, CHO, "The tailor in the harbour does.", reply_to=2),
    )
    summary = summarise(tmp_path, GoodModel(), messages)
    first, second = summary.questions
    spoken_to = {each.authors: each.question for each in summary.viewpoints}
    assert spoken_to == {("Ben",): first.id, ("Cho",): second.id}


def test_a_claim_in_the_words_of_sentence_and_title_stands(tmp_path: Path) -> None:
    class Brief(GoodModel):
        def on_points(self, content: str) -> object:
            return {"points": [{"sentences": ["1"], "claim": "Hats should come back."}]}

    summary = summarise(tmp_path, Brief(), (say(1, ANA, "Oh, hats should come back indeed."),))
    assert [each.claim for each in summary.viewpoints] == ["Hats should come back."]


def test_a_question_is_no_view_even_if_the_model_makes_a_point_of_it(tmp_path: Path) -> None:
    messages = (HATS[0], say(2, BEN, "Does anybody else mend felt hats around here?"))
    summary = summarise(tmp_path, GoodModel(), messages)
    assert [each.authors for each in summary.viewpoints] == [("Ana",)]
    assert "Does anybody else mend felt hats around here?" in [q.text for q in summary.questions]
    assert summary.receipt.rejected == ()


def test_a_server_of_ones_own_is_held_to_three_points_of_a_message(tmp_path: Path) -> None:
    long = say(1, ANA, " ".join(f"Hats of {each} are fine." for each in ("felt", *"abcd")))
    with serving(GoodModel()) as endpoint:
        endpoint.model["meta"] = {"n_params": PARAMETERS}

        async def work(partner, topic_id):  # type: ignore[no-untyped-def]
            return await partner.summarise(topic_id)

        with_partner(configured(tmp_path, endpoint.url, window=None), work, (long,))
        schema = endpoint.requests[0]["response_format"]["json_schema"]["schema"]
    points = schema["properties"]["points"]
    assert points["maxItems"] == 3
    assert points["items"]["properties"]["sentences"]["items"]["enum"] == list("12345")


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
