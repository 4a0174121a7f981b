"""A small model reads one sentence at a time, and compares two claims at a time."""

import json
from pathlib import Path

import pytest

from bot.core.arrangement import Stance
from bot.core.model import Message
from bot.core.summary import Intent, Summary
from bot.engines import Wanted
from tests.endpoint import Endpoint, asked, serving
from tests.engines.llm.world import ANA, BEN, CHO, HATS, GoodModel, configured, say, with_partner

PARAMETERS = 1_500_000_000


def summarise(folder: Path, model: GoodModel, messages: tuple[Message, ...] = HATS) -> Summary:
    with serving(model) as endpoint:
        return told(folder, endpoint, messages)


def told(folder: Path, endpoint: Endpoint, messages: tuple[Message, ...] = HATS) -> Summary:
    """The summary by a small model behind an endpoint."""
    endpoint.model["meta"] = {"n_params": PARAMETERS}

    async def work(partner, topic_id):  # type: ignore[no-untyped-def]
        return await partner.summarise(topic_id)

    return with_partner(configured(folder, endpoint.url, window=None), work, messages)


class Watched(GoodModel):
    """Keeps what it was asked about."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def on_points(self, content: str) -> object:
        self.shown.append(content.removeprefix("Sentence | "))
        return super().on_points(content)


def test_it_is_shown_one_sentence_and_nothing_beside_it(tmp_path: Path) -> None:
    model = Watched()
    summary = summarise(tmp_path, model)
    assert sorted(set(model.shown)) == [
        "Hats are a nuisance in every train.",
        "Hats should come back.",
        "I would wear one if somebody near me could mend it.",
        "They keep the sun out of your eyes.",
    ]
    assert model.shown.count("Hats should come back.") == 1  # though Ben replies to it
    assert model.asked.count("read") == model.asked.count("group") == 0
    assert [each.text for each in summary.questions] == ["Do you agree?"]  # told by its form
    assert not summary.questions[0].open
    assert summary.receipt.quoted == 3


def test_nor_is_it_shown_what_somebody_else_said_or_what_says_nothing(tmp_path: Path) -> None:
    model = Watched()
    said = "> Hats should come back.\nThanks, Ana! They are a nuisance."
    summarise(tmp_path, model, (say(1, BEN, said),))
    assert model.shown == ["They are a nuisance."]


def test_what_it_takes_for_no_view_leaves_no_note(tmp_path: Path) -> None:
    class Choosy(GoodModel):
        def on_points(self, content: str) -> object:
            kind = "other" if "tailor" in content else "view"
            return {"kind": kind, "claim": content.partition("| ")[2]}

    said = "Hats should come back. The tailor in the harbour sends greetings."
    summary = summarise(tmp_path, Choosy(), (say(1, ANA, said),))
    assert [each.claim for each in summary.viewpoints] == ["Hats should come back."]


def test_who_has_no_view_by_its_word_is_quoted_all_the_same(tmp_path: Path) -> None:
    class Blind(GoodModel):
        def on_points(self, content: str) -> object:
            return {"kind": "other", "claim": ""}

    summary = summarise(tmp_path, Blind())
    assert summary.receipt.quoted == 3
    assert all(each.claim == each.evidence[0].quote for each in summary.viewpoints)


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
    class Inventive(Watched):
        def on_points(self, content: str) -> object:
            said = super().on_points(content)
            return {"kind": "view", "claim": claim} if "nuisance" in content else said

    model = Inventive()
    summary = summarise(tmp_path, model, HATS[:2])
    ben = next(each for each in summary.viewpoints if each.authors == ("Ben",))
    assert ben.claim == ben.evidence[0].quote == "Hats are a nuisance in every train."
    assert [each.count for each in summary.receipt.rejected if each.reason == reason] == [1]
    assert len([each for each in model.shown if "nuisance" in each]) == 3  # and then no more


def test_a_claim_that_cannot_stand_is_asked_for_anew_and_not_told_why(tmp_path: Path) -> None:
    claims = iter(["I find hats a nuisance.", "Hats are a nuisance in trains."])

    class Learning(GoodModel):
        def on_points(self, content: str) -> object:
            return {"kind": "view", "claim": next(claims)}

    message = say(1, BEN, "I find hats a nuisance in trains.")
    with serving(Learning()) as endpoint:
        summary = told(tmp_path, endpoint, (message,))
        first, second = endpoint.requests[:2]
    assert [each.claim for each in summary.viewpoints] == ["Hats are a nuisance in trains."]
    assert summary.receipt.rejected == ()
    assert first["messages"] == second["messages"]
    assert first["temperature"] < second["temperature"]


def test_a_try_that_ends_in_nonsense_takes_nothing_from_the_one_before(tmp_path: Path) -> None:
    answers = iter([json.dumps({"kind": "view", "claim": "I find hats a nuisance."})])
    model = GoodModel()
    model.instead["points"] = lambda content: next(answers, "I find none.")
    summary = summarise(tmp_path, model, (say(1, BEN, "I find hats a nuisance in trains."),))
    assert summary.engine.name == "llm"
    assert [each.claim for each in summary.viewpoints] == ["I find hats a nuisance in trains."]
    assert [each.reason for each in summary.receipt.rejected] == ["first_person"]


def test_a_draft_that_cannot_stand_is_asked_for_anew_as_well(tmp_path: Path) -> None:
    headlines = iter(["Everyone agrees.", "Some would have hats back, others find them a bother."])

    class Learning(GoodModel):
        def on_headline(self, content: str) -> object:
            self.headline = next(headlines)
            return super().on_headline(content)

    summary = summarise(tmp_path, Learning())
    assert summary.headline == "Some would have hats back, others find them a bother."


def test_who_disagrees_with_the_message_replied_to_stands_against_it(tmp_path: Path) -> None:
    model = GoodModel()
    model.relations = {"nuisance": "opposed"}
    summary = summarise(tmp_path, model)
    (ben,) = [each for each in summary.viewpoints if each.authors == ("Ben",)]
    (ana,) = [each for each in summary.viewpoints if each.id in ben.opposes]
    assert (ana.authors, ana.opposes) == (("Ana",), (ben.id,))
    assert not any(each.opposes for each in summary.viewpoints if each.authors == ("Cho",))


def test_who_replies_to_nobody_answers_the_last_of_somebody_else_in_like_words(
    tmp_path: Path,
) -> None:
    model = GoodModel()
    model.relations = {"nuisance": "opposed"}
    messages = (
        say(1, ANA, "Felt keeps the sun out."),
        say(2, CHO, "I would wear one if somebody near me could mend it."),
        say(3, BEN, "Trains are no place for them."),
        say(4, BEN, "They are a nuisance to mend."),
    )
    summary = summarise(tmp_path, model, messages)
    against = next(each for each in summary.viewpoints if each.opposes)
    (other,) = [each for each in summary.viewpoints if each.id in against.opposes]
    assert {*against.authors, *other.authors} == {"Ben", "Cho"}


def test_who_replies_to_nobody_and_in_other_words_answers_nobody(tmp_path: Path) -> None:
    model = GoodModel()
    model.relations = {"nuisance": "opposed"}
    messages = (
        say(1, ANA, "Felt keeps the sun out."),
        say(2, BEN, "On trains they are not the thing, but a nuisance."),
    )
    assert not any(each.opposes for each in summarise(tmp_path, model, messages).viewpoints)
    assert "relate" not in model.asked


def test_who_agrees_in_like_words_shares_the_view_and_who_agrees_in_others_does_not(
    tmp_path: Path,
) -> None:
    model = GoodModel()
    model.relations = {"well": "together", "mend": "together"}
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
    model.relations = {"nuisance": "opposed"}
    messages = (
        say(1, ANA, "Felt keeps the sun out."),
        say(2, CHO, "I would wear one if somebody near me could mend it."),
        say(3, BEN, "They are a nuisance.", reply_to=1),
    )
    ana, cho, ben = summarise(tmp_path, model, messages).viewpoints
    assert (ana.opposes, cho.opposes, ben.opposes) == ((ben.id,), (), (ana.id,))


def test_a_view_is_found_again_by_its_words_whoever_is_answered(tmp_path: Path) -> None:
    model = GoodModel()
    model.relations = {"well": "together"}
    messages = (
        say(1, ANA, "Felt keeps the sun out."),
        say(2, CHO, "Trains are no place for them."),
        say(3, BEN, "Still felt keeps the sun out well.", reply_to=2),
    )
    summary = summarise(tmp_path, model, messages)
    assert [each.authors for each in summary.viewpoints] == [("Ana", "Ben"), ("Cho",)]


def test_by_its_words_somebody_elses_view_is_found_before_ones_own(tmp_path: Path) -> None:
    model = GoodModel()
    model.relations = {"June": "together"}
    messages = (
        say(1, ANA, "Felt keeps the sun out."),
        say(2, BEN, "Felt always keeps the sun out in summer.", reply_to=1),
        say(3, CHO, "Trains are no place for them."),
        say(4, ANA, "Felt keeps the sun out in June and in summer."),
    )
    summary = summarise(tmp_path, model, messages)
    assert [each.authors for each in summary.viewpoints] == [("Ana",), ("Ben", "Ana"), ("Cho",)]


def test_nobody_is_against_a_view_that_they_do_not_answer(tmp_path: Path) -> None:
    model = GoodModel()
    model.relations = {"June": "opposed"}
    messages = (
        say(1, ANA, "Felt keeps the sun out."),
        say(2, CHO, "Trains are no place for them."),
        say(3, BEN, "Felt keeps no sun out in June.", reply_to=2),
    )
    ana, cho, ben = summarise(tmp_path, model, messages).viewpoints
    assert (ana.opposes, cho.opposes, ben.opposes) == ((), (ben.id,), (cho.id,))


def test_nobody_shares_a_view_that_stands_in_its_persons_own_words(tmp_path: Path) -> None:
    model = GoodModel()
    model.relations = {"well": "together"}
    messages = (
        say(1, ANA, "I say that felt keeps the sun out."),
        say(2, BEN, "Agreed that felt keeps the sun out well.", reply_to=1),
    )
    summary = summarise(tmp_path, model, messages)
    assert [each.authors for each in summary.viewpoints] == [("Ana",), ("Ben",)]


def test_numbers_in_common_make_no_view_the_same(tmp_path: Path) -> None:
    model = GoodModel()
    model.relations = {"sold": "together"}
    messages = (
        say(1, ANA, "Felt for 40,000 hats is cheap."),
        say(2, BEN, "Nobody ever sold 40,000 hats.", reply_to=1),
    )
    summary = summarise(tmp_path, model, messages)
    assert [each.authors for each in summary.viewpoints] == [("Ana",), ("Ben",)]


def test_one_word_in_common_makes_no_view_the_same(tmp_path: Path) -> None:
    model = GoodModel()
    model.relations = {"tailors": "together"}
    messages = (
        say(1, ANA, "Felt is for tailors."),
        say(2, BEN, "Trains are for tailors.", reply_to=1),
    )
    summary = summarise(tmp_path, model, messages)
    assert [each.authors for each in summary.viewpoints] == [("Ana",), ("Ben",)]


def test_its_drafts_are_written_in_sight_of_title_and_viewpoints_alone(tmp_path: Path) -> None:
    shown: list[str] = []

    class Writer(GoodModel):
        def on_suggest(self, content: str) -> object:
            shown.append(content)
            return super().on_suggest(content)

    async def work(partner, topic_id):  # type: ignore[no-untyped-def]
        return await partner.suggest(topic_id, Wanted(1, Intent.STEELMAN))

    with serving(Writer()) as endpoint:
        endpoint.model["meta"] = {"n_params": PARAMETERS}
        with_partner(configured(tmp_path, endpoint.url, window=None), work)
    assert "Do you agree?" not in shown[0]
    assert shown[0].count("Hats should come back.") + shown[0].count("mend it") < 3
    assert shown[0].rsplit("take up:", 1)[1].strip().startswith("-")


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
            return {"kind": "view", "claim": "Hats should come back."}

    summary = summarise(tmp_path, Brief(), (say(1, ANA, "Oh, hats should come back indeed."),))
    assert [each.claim for each in summary.viewpoints] == ["Hats should come back."]


def test_it_is_asked_first_about_what_reads_best(tmp_path: Path) -> None:
    best = "I think that hats should come back to our town, because they keep the sun out."
    model = Watched()
    summarise(tmp_path, model, (say(1, ANA, f"Hats, then. Caps too. And hoods. {best}"),))
    assert model.shown[0] == best


def test_nobody_asks_it_whether_a_question_is_a_view(tmp_path: Path) -> None:
    model = Watched()
    asks = "Does anybody else mend felt hats around here?"
    summary = summarise(tmp_path, model, (HATS[0], say(2, BEN, asks)))
    assert asks not in model.shown
    assert [each.authors for each in summary.viewpoints] == [("Ana",)] * 2
    assert asks in [question.text for question in summary.questions]


def test_of_a_long_message_it_finds_three_views_and_of_an_empty_one_six_are_tried(
    tmp_path: Path,
) -> None:
    long = " ".join(f"Hats of {each} are fine to wear." for each in ("felt", *"abcdefg"))
    model = Watched()
    assert len(summarise(tmp_path, model, (say(1, ANA, long),)).viewpoints) == 3
    assert len(model.shown) == 3

    class Blind(Watched):
        def on_points(self, content: str) -> object:
            super().on_points(content)
            return {"kind": "other", "claim": ""}

    blind = Blind()
    summarise(tmp_path, blind, (say(1, ANA, f"{long} Indeed."),))
    assert len(set(blind.shown)) == 6


def takes_back(folder: Path, words: str) -> Summary:
    model = GoodModel()
    model.relations = {"nuisance.": "opposed"}
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
        told(tmp_path, endpoint)
        first = endpoint.requests[0]
    roles = [each["role"] for each in first["messages"]]
    assert roles == ["system", *["user", "assistant"] * (len(roles) // 2 - 1), "user"]
    assert len(roles) > 4
    assert all(json.loads(each["content"]) for each in first["messages"][2:-1:2])
    assert first["messages"][-1]["content"] == asked(first)
