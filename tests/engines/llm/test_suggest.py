"""Suggestions of a model: one call for all drafts, each checked by itself."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.core.model import Message
from bot.core.summary import Count, Intent, Suggestion, Suggestions
from bot.engines import Wanted
from bot.partner import DiscussionPartner
from tests.endpoint import Endpoint, serving
from tests.engines.llm.world import ANA, BEN, CHO, HATS, GoodModel, configured, say, with_partner

PLANS = {
    "lead": "Hats may come back [1.1].",
    "points": [
        {
            "title": "Hats",
            "lines": ["P1 wants them back [1.1], P3 would wear one [3.1]."],
            "for": ["P1", "P3"],
        },
        {"title": "No hats", "lines": ["P2 finds them a nuisance [2.1]."], "for": ["P2"]},
    ],
    "open": [],
    "people": [],
}


def draft(person: str = "P3", **other: Any) -> dict[str, Any]:
    """A draft that may be shown, but for what is said otherwise."""
    written = {
        "intent": "ask",
        "to": [person],
        "cites": [f"{person[1:]}.1"],
        "text": f"{person}, when would you do without?",
        "beyond": None,
    }
    return written | other


def suggested(
    tmp_path: Path,
    *drafts: dict[str, Any],
    wanted: Wanted = Wanted(),  # noqa: B008
    viewer: str | None = None,
    plans: bool = False,
    messages: tuple[Message, ...] = HATS,
) -> tuple[Suggestions, Endpoint]:
    model = GoodModel()
    model.instead = {"suggest": json.dumps({"drafts": drafts}), "brief": json.dumps(PLANS)}

    async def work(partner: DiscussionPartner, topic: int) -> Suggestions:
        if plans:
            await partner.summarise(topic)
        return await partner.suggest(topic, wanted, viewer)

    with serving(model) as endpoint:
        return with_partner(configured(tmp_path, endpoint.url), work, messages), endpoint


def by_model(shown: Suggestions) -> list[Suggestion]:
    return [one for one in shown.suggestions if one.engine == "llm"]


def test_all_drafts_take_one_call_and_name_people_by_their_names(tmp_path: Path) -> None:
    written = [draft(person) for person in ("P1", "P2", "P3")]
    shown, endpoint = suggested(tmp_path, *written, wanted=Wanted(3))
    (request,) = endpoint.requests
    assert "They want 4 drafts." in request["messages"][1]["content"], "one to spare"
    assert [one.text for one in by_model(shown)] == [
        f"{name}, when would you do without?" for name in ("Ana", "Ben", "Cho")
    ]
    ben = by_model(shown)[1]
    assert (ben.to, ben.intent) == (("Ben",), Intent.ASK)
    assert [quote.quote for quote in ben.evidence] == ["Hats are a nuisance in every train."]
    assert (shown.receipt.rejected, shown.receipt.cited) == ((), 3)


def test_a_label_in_the_genitive_is_a_name_too_and_no_draft_calls_anybody(tmp_path: Path) -> None:
    shown, _ = suggested(tmp_path, draft("P3", text="P3s hat is one for @mending, P3."))
    assert [one.text for one in by_model(shown)] == ["Chos hat is one for mending, Cho."]


def test_people_are_named_as_the_brief_calls_them(tmp_path: Path) -> None:
    thread = (*HATS, say(4, ANA, "Thanks, Benny!"), say(5, CHO, "Benny may be right."))
    model = GoodModel()
    called = {"who": "P2", "called": "Benny", "stand": "Finds them a nuisance", "cites": ["2.1"]}
    model.instead["brief"] = json.dumps({**PLANS, "people": [called]})
    model.instead["suggest"] = json.dumps({"drafts": [draft("P2")]})

    async def work(partner: DiscussionPartner, topic: int) -> Suggestions:
        await partner.summarise(topic)
        return await partner.suggest(topic, Wanted(1))

    with serving(model) as endpoint:
        shown = with_partner(configured(tmp_path, endpoint.url), work, thread)
    assert [one.text for one in by_model(shown)] == ["Benny, when would you do without?"]


def test_no_two_are_to_the_same_person(tmp_path: Path) -> None:
    shown, _ = suggested(tmp_path, draft("P2"), draft("P2", intent="build"), draft("P3"))
    assert [one.to for one in by_model(shown)] == [("Ben",), ("Cho",)]
    assert shown.receipt.rejected == (Count("same_person", 1),)


def test_they_are_not_all_to_the_people_of_one_plan(tmp_path: Path) -> None:
    """The spare draft takes the place of the one that would make them one-sided."""
    drafts = [draft("P1"), draft("P3"), draft("P2")]
    shown, _ = suggested(tmp_path, *drafts, wanted=Wanted(2), plans=True)
    assert [one.to for one in by_model(shown)] == [("Ana",), ("Ben",)]
    assert shown.receipt.rejected == (Count("one_sided", 1),)


@pytest.mark.parametrize("text", ["P1, when would you do without?", "As P1 says, it depends."])
def test_nobody_is_answered_with_themselves(tmp_path: Path, text: str) -> None:
    drafts = [draft("P1"), draft("P3", text=text), draft("P2")]
    shown, endpoint = suggested(tmp_path, *drafts, viewer="Ana")
    assert [one.to for one in by_model(shown)] == [("Ben",)]
    assert shown.receipt.rejected == (Count("answers_themselves", 2),)
    content = endpoint.requests[0]["messages"][1]["content"]
    assert "The member is P1." in content, "by label: a name is no instruction"


@pytest.mark.parametrize(
    ("faulty", "reason"),
    [
        ({"text": "P3, 40 people wear one."}, "invented_number"),
        ({"text": "P3, Ben would mend it for you."}, "invented_name"),
        ({"text": "P3, see https://hats.example for more."}, "invented_link"),
        ({"text": "P3, ask in <#hats>."}, "ping"),
        ({"text": "P3, everybody agrees with you."}, "unfounded_consensus"),
        ({"text": "P9, when would you do without?"}, "unknown_person"),
        ({"to": []}, "unknown_person"),
        ({"cites": ["9.9"]}, "no_citation"),
        ({"text": ""}, "empty"),
        ({"text": "P3, would you? " * 40}, "too_long"),
    ],
)
def test_a_faulty_draft_is_dropped_alone_and_counted_and_the_spare_one_stands_in(
    tmp_path: Path, faulty: dict[str, Any], reason: str
) -> None:
    drafts = [draft("P3", **faulty), draft("P1"), draft("P2")]
    shown, _ = suggested(tmp_path, *drafts, wanted=Wanted(2))
    assert [(one.engine, one.to) for one in shown.suggestions] == [
        ("llm", ("Ana",)),
        ("llm", ("Ben",)),
    ]
    assert shown.receipt.rejected == (Count(reason, 1),)


@pytest.mark.parametrize(
    ("thought", "kept"),
    [
        ("In Lisbon 40 menders work on hats.", True),
        ("P2 has 40 hats.", False),
        ("See https://hats.example for more.", False),
        ("", False),
    ],
)
def test_a_thought_from_outside_stands_apart_for_the_member_to_check(
    tmp_path: Path, thought: str, kept: bool
) -> None:
    shown, _ = suggested(tmp_path, draft("P3", beyond=thought), wanted=Wanted(1))
    (one,) = by_model(shown)
    assert one.beyond == (thought if kept else None)


PRICES = (
    *HATS,
    say(4, BEN, "A hat costs 40 euros and lasts for 9 years."),
    say(5, CHO, "I have a cap. Mine cost 12 euros at the market in Lisbon.", reply_to=4),
)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        # What a draft says of others stands in the sentences that it cites.
        ({"text": "P3, a hat for 40 euros lasts."}, "invented_number"),
        ({"text": "P3, 12 euros is not much.", "cites": ["5.1"]}, "invented_number"),
        ({"text": 'P3, "a hat costs 40 euros and lasts" is true.'}, "invented_quote"),
        ({"text": "P3, I’d say ‘hats are a nuisance in every train’."}, "invented_quote"),
        ({"text": "P3, Ben calls them a nuisance."}, "invented_name"),
        ({"text": "P3, Bens Hut ist einer."}, "invented_name"),
        ({"to": ["P1"], "text": "P1, when would you do without?"}, "not_theirs"),
        ({"to": ["P3", "P1"]}, "not_theirs"),
        ({"to": ["P1"], "cites": ["1.1"], "text": "P1, P3 would mend it."}, "not_theirs"),
        ({"text": "P3, see discord.P3 for more."}, "link"),
        ({"text": "P3, see _https://evil.ZIP/x_ for more."}, "link"),
        ({"text": "P3, it is ~~not~~ fine."}, "markup"),
        ({"text": "P3, it is so:\n- hats\n- caps"}, "markup"),
        ({"text": "P3, it is so:\n1. hats\n2. caps"}, "markup"),
        ({"text": "# P3\nIt is so."}, "label"),
        ({"text": "P3, all want hats."}, "unfounded_consensus"),
    ],
)
def test_a_draft_stands_on_the_sentences_that_it_cites(
    tmp_path: Path, written: dict[str, Any], reason: str
) -> None:
    shown, _ = suggested(tmp_path, draft("P3", **written), messages=PRICES)
    if reason == "label":
        assert [one.text for one in by_model(shown)] == ["Cho\nIt is so."]
        return
    assert by_model(shown) == []
    assert Count(reason, 1) in shown.receipt.rejected


@pytest.mark.parametrize(
    "written",
    [
        {"text": "P3, 12 euros is not much.", "cites": ["5.2"]},
        {"text": "P3, 12 euros is not much beside 40.", "cites": ["5.2"]},
        {"text": "P3, P2 calls them a nuisance.", "cites": ["3.1", "2.1"]},
        {"text": "P3, would you really wear *one* with `mending`?"},
    ],
)
def test_what_the_cited_sentences_say_may_be_said(tmp_path: Path, written: dict[str, Any]) -> None:
    shown, _ = suggested(tmp_path, draft("P3", **written), messages=PRICES)
    assert [one.to for one in by_model(shown)] == [("Cho",)]
    assert shown.receipt.rejected == ()


def test_what_the_member_said_is_theirs_to_say_again(tmp_path: Path) -> None:
    said = draft("P3", text="P3, mine costs 40 euros.")
    shown, _ = suggested(tmp_path, said, viewer="Ben", messages=PRICES)
    assert [one.to for one in by_model(shown)] == [("Cho",)]
    shown, _ = suggested(tmp_path, said, viewer="Ana", messages=PRICES)
    assert by_model(shown) == []


def test_ids_that_stand_in_the_text_are_taken_out(tmp_path: Path) -> None:
    text = "P3, when would you [3.1] do without?"
    shown, _ = suggested(tmp_path, draft("P3", text=text), wanted=Wanted(1))
    assert by_model(shown)[0].text == "Cho, when would you do without?"


def test_an_intent_that_is_wanted_is_asked_for_and_shown(tmp_path: Path) -> None:
    wanted = Wanted(1, Intent.STEELMAN)
    shown, endpoint = suggested(tmp_path, draft("P3"), wanted=wanted)
    assert 'each with the intent "steelman"' in endpoint.requests[0]["messages"][1]["content"]
    assert [one.intent for one in by_model(shown)] == [Intent.STEELMAN]
