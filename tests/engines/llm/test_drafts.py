import json
from pathlib import Path

import pytest

from bot.core.arrangement import Stance
from bot.core.errors import EngineFailed
from bot.core.summary import Answer, Intent, Suggestions, Summary
from bot.engines import Wanted
from bot.engines.llm import VARIABLES
from tests.endpoint import Reply, asked, refusal, serving
from tests.engines.llm.world import ANA, HATS, GoodModel, configured, say, with_partner


def summarise(folder: Path, model: GoodModel, times: int = 1, **llm: object) -> list[Summary]:
    with serving(model) as endpoint:
        config = configured(folder, endpoint.url, **llm)

        async def work(partner, topic_id):  # type: ignore[no-untyped-def]
            return [await partner.summarise(topic_id) for _ in range(times)]

        return with_partner(config, work)


def test_people_are_grouped_into_viewpoints_with_sides_and_quotes(tmp_path: Path) -> None:
    model = GoodModel()
    model.places = {"nuisance": "against {should come back}"}
    (summary,) = summarise(tmp_path, model)
    assert summary.engine.name == "llm"
    assert summary.engine.model == "scripted"
    assert set(summary.engine.prompts) == set(VARIABLES)
    pro, con, third = summary.viewpoints
    assert (pro.claim, pro.authors) == ("It is held that hats should come back.", ("Ana",))
    assert pro.opposes == (con.id,)
    assert con.opposes == (pro.id,)
    assert con.evidence[0].quote == "Hats are a nuisance in every train."
    assert con.evidence[0].stance is Stance.SUPPORTS
    assert third.opposes == ()
    (question,) = summary.questions
    assert question.text == "Do you agree?"
    assert summary.headline == model.headline
    assert summary.receipt.quoted == 3
    assert summary.receipt.rejected == ()
    assert summary.usage.calls == 3


def test_who_says_the_same_is_counted_together_and_a_mind_may_change(tmp_path: Path) -> None:
    model = GoodModel()
    model.places = {
        "same here": "same as {should come back}",
        "was wrong": "takes back {should come back}",
    }
    said = (
        *HATS[:1],
        say(2, HATS[1].author, "It is the same here, I want them back."),
        say(3, ANA, "I was wrong about hats, they fly off."),
    )
    with serving(model) as endpoint:

        async def work(partner, topic_id):  # type: ignore[no-untyped-def]
            return await partner.summarise(topic_id)

        summary = with_partner(configured(tmp_path, endpoint.url), work, said)
    (viewpoint,) = summary.viewpoints
    assert viewpoint.authors == ("Ben",)
    assert [each.stance for each in viewpoint.evidence] == [
        Stance.SUPPORTS,
        Stance.SUPPORTS,
        Stance.WITHDRAWS,
    ]


def test_nothing_is_read_or_written_twice(tmp_path: Path) -> None:
    model = GoodModel()
    first, second = summarise(tmp_path, model, times=2)
    assert model.asked == ["read", "group", "headline"]
    assert second.viewpoints == first.viewpoints
    assert second.headline == first.headline
    assert second.usage.cached
    assert not first.usage.cached


def test_a_window_of_one_character_reads_message_by_message(tmp_path: Path) -> None:
    model = GoodModel()
    summarise(tmp_path, model, window=1)
    assert model.asked.count("read") == 3


def test_invented_sentences_and_claims_are_rejected_and_counted(tmp_path: Path) -> None:
    model = GoodModel()
    notes = [
        {"sentences": ["9.9"], "kind": "view", "about": None, "claim": "Nobody said this."},
        {"sentences": ["1.1"], "kind": "view", "about": None, "claim": "97% want hats back."},
        {"sentences": ["2.1"], "kind": "view", "about": "7.1", "claim": "Hats are a nuisance."},
    ]
    model.instead["read"] = lambda content: json.dumps({"notes": notes})
    (summary,) = summarise(tmp_path, model)
    claims = [each.claim for each in summary.viewpoints]
    assert "Hats should come back." in claims  # the quote stands where the claim fell
    assert "Hats are a nuisance." in claims
    rejected = {each.reason: each.count for each in summary.receipt.rejected}
    assert rejected["invented_number"] == 1
    assert rejected["unknown_sentence"] >= 2
    assert summary.receipt.quoted == 3  # Cho, of whom no note was left, stands with a quote


def test_nobody_is_given_anothers_words_for_a_claim(tmp_path: Path) -> None:
    model = GoodModel()
    note = {"sentences": ["2.1"], "kind": "view", "about": None}
    claim = "They keep the sun out of your eyes, and that is all."
    model.instead["read"] = lambda content: json.dumps({"notes": [{**note, "claim": claim}]})
    (summary,) = summarise(tmp_path, model)
    ben = next(each for each in summary.viewpoints if each.authors == ("Ben",))
    assert ben.claim == "Hats are a nuisance in every train."
    assert "anothers_words" in [each.reason for each in summary.receipt.rejected]


def test_a_question_noted_as_a_view_is_a_question(tmp_path: Path) -> None:
    model = GoodModel()
    note = {"sentences": ["1.3"], "kind": "view", "about": None, "claim": "People agree on it."}
    model.instead["read"] = lambda content: json.dumps({"notes": [note]})
    (summary,) = summarise(tmp_path, model)
    assert [each.text for each in summary.questions] == ["Do you agree?"]


@pytest.mark.parametrize("headline", ["Hats: Yes or No", "Should hats come back?", "Hats."])
def test_a_title_is_no_headline(tmp_path: Path, headline: str) -> None:
    model = GoodModel()
    model.headline = headline
    (summary,) = summarise(tmp_path, model)
    assert summary.headline is None


def test_a_headline_that_leaves_out_a_side_or_invents_is_not_shown(tmp_path: Path) -> None:
    model = GoodModel()
    model.headline = "Everyone agrees that 12 hats are enough."
    (summary,) = summarise(tmp_path, model)
    assert summary.headline is None
    assert ("headline", 1) in [(each.reason, each.count) for each in summary.receipt.rejected]
    assert model.asked.count("headline") == 2  # one repair


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (lambda request: Reply(body=b"<html>", content_type="text/html"), "no chat completion"),
        (lambda request: Reply(None, refusal="I would rather not."), "refused"),
        (lambda request: Reply("I am a poet."), "not answer in the form"),
        (lambda request: Reply(status=503, body=b"{}"), "answered 503"),
    ],
)
def test_when_the_model_fails_quotes_serve_and_say_why(
    tmp_path: Path, script: object, why: str
) -> None:
    (summary,) = summarise(tmp_path, script)  # type: ignore[arg-type]
    assert summary.engine.name == "quotes"
    assert why in (summary.engine.fallback or "")
    assert summary.receipt.quoted == 3


def test_a_failing_model_is_an_error_where_it_was_asked_for(tmp_path: Path) -> None:
    with serving(lambda request: Reply(status=500, body=b"{}")) as endpoint:

        async def work(partner, topic_id):  # type: ignore[no-untyped-def]
            return await partner.summarise(topic_id, engine="llm")

        with pytest.raises(EngineFailed, match="answered 500"):
            with_partner(configured(tmp_path, endpoint.url), work)


def test_a_window_that_is_too_long_is_read_in_halves(tmp_path: Path) -> None:
    model = GoodModel()

    def short_of_breath(request):  # type: ignore[no-untyped-def]
        content = asked(request)
        if content.count(" | ") > 4 and "Take notes" in content:
            return refusal("exceed_context_size_error: the context size is exceeded")
        return model(request)

    with serving(short_of_breath) as endpoint:

        async def work(partner, topic_id):  # type: ignore[no-untyped-def]
            return await partner.summarise(topic_id)

        summary = with_partner(configured(tmp_path, endpoint.url), work)
    assert summary.engine.name == "llm"
    assert summary.receipt.quoted == 3


def suggest(
    folder: Path, model: GoodModel, wanted: Wanted, viewer: str | None = None
) -> Suggestions:
    with serving(model) as endpoint:

        async def work(partner, topic_id):  # type: ignore[no-untyped-def]
            return await partner.suggest(topic_id, wanted, viewer)

        return with_partner(configured(folder, endpoint.url), work)


def test_drafts_have_different_intents_and_name_people_in_the_place_of_labels(
    tmp_path: Path,
) -> None:
    model = GoodModel()
    model.places = {"nuisance": "against {should come back}"}
    model.reply["beyond"] = "Rain is a reason too."
    drafts = suggest(tmp_path, model, Wanted(3)).suggestions
    assert len({draft.intent for draft in drafts}) == 3
    assert len(drafts[0].addresses) == 2
    assert {quote.author for quote in drafts[0].evidence} == {"Ana", "Ben"}
    assert drafts[0].text == "Ana, when would you do without?"
    assert drafts[0].beyond == "Rain is a reason too."


@pytest.mark.parametrize(
    "text",
    [
        "As P9 says, hats are fine.",
        "Everyone agrees with P1.",
        "See https://evil.example for hats.",
        "@everyone look at P1!",
        "In 1999 hats were fine.",
        'P1 said "hats are the root of all evil".',
        "I would wear one if somebody near me could mend it.",
    ],
)
def test_unfounded_drafts_are_replaced_by_openings_around_quotes(tmp_path: Path, text: str) -> None:
    model = GoodModel()
    model.reply["text"] = text
    shown = suggest(tmp_path, model, Wanted(3))
    assert len(shown.suggestions) == 3
    assert all(draft.text != text for draft in shown.suggestions)
    assert all(draft.engine == "quotes" for draft in shown.suggestions)
    assert sum(each.count for each in shown.receipt.rejected) >= 3


def test_a_beyond_that_puts_words_into_a_mouth_is_dropped(tmp_path: Path) -> None:
    model = GoodModel()
    model.reply["beyond"] = "Zed would say that Ben is wrong."
    drafts = suggest(tmp_path, model, Wanted(1, Intent.BUILD)).suggestions
    assert [draft.beyond for draft in drafts] == [None]


def test_a_person_is_not_answered_with_themselves(tmp_path: Path) -> None:
    model = GoodModel()
    model.reply["text"] = "P2, when would you do without?"
    drafts = suggest(tmp_path, model, Wanted(4), viewer="Ana").suggestions
    assert drafts
    assert all(quote.author != "Ana" for draft in drafts for quote in draft.evidence)
    assert all("Ana" not in draft.text for draft in drafts)


def ask(folder: Path, model: GoodModel, question: str) -> Answer:
    with serving(model) as endpoint:

        async def work(partner, topic_id):  # type: ignore[no-untyped-def]
            return await partner.ask(topic_id, question)

        return with_partner(configured(folder, endpoint.url), work)


def test_an_answer_is_cited_or_there_is_none(tmp_path: Path) -> None:
    model = GoodModel()
    answer = ask(tmp_path, model, "Are hats a nuisance in the train?")
    assert answer.answer == "They are a nuisance."
    assert [quote.quote for quote in answer.evidence] == ["Hats are a nuisance in every train."]
    for unfounded in (
        {"stands_on": [], "answer": "They are."},
        {"stands_on": ["S99"], "answer": "They are."},
        {"stands_on": ["S1"], "answer": "They cost 300."},
        {"stands_on": [], "answer": None},
    ):
        model.answer = unfounded
        answer = ask(tmp_path, model, "Are hats a nuisance in the train?")
        assert answer.answer is None
        assert answer.evidence


def test_a_question_without_a_word_of_the_thread_is_not_put_to_a_model(tmp_path: Path) -> None:
    model = GoodModel()
    answer = ask(tmp_path, model, "Xylophones?")
    assert (answer.answer, answer.evidence, model.asked) == (None, (), [])
