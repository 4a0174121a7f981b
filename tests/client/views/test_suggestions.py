"""What is shown of drafts, however long they are, and what becomes of them when shortened."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.archive import Basis
from bot.client.views.posted import posted_mark
from bot.client.views.shortening import shortened
from bot.client.views.suggestions import copy_card, draft_card, suggestions_card
from bot.core.inert import inert
from bot.core.summary import Count, Intent, Suggestion, Suggestions, Usage
from tests.client.views.screen import labels, read
from tests.client.views.summaries import (
    FLOUR,
    bakery,
    engines,
    evidence,
    names,
    receipts,
    texts,
    topics,
)
from tests.client.views.taken import taken_by_discord

PLAIN = bakery()
DRAFT = "> Flour is up a third since spring.\n\nInes, what would one loaf have to cost? I wonder."

drafts = st.builds(
    Suggestion,
    id=st.integers(1, 2**63),
    intent=st.sampled_from(Intent),
    text=texts.map(inert),
    to=names,
    beyond=st.one_of(st.none(), texts),
    evidence=evidence,
    why=st.one_of(st.none(), texts),
)
requests = st.builds(
    Suggestions,
    topic=topics,
    engine=engines,
    suggestions=st.lists(drafts, max_size=9, unique_by=lambda each: each.id).map(tuple),
    receipt=receipts,
    usage=st.just(Usage()),
)


def suggested(*texts: str) -> Suggestions:
    made = (
        Suggestion(n, Intent.ASK, text, ("Ines",), None, (FLOUR,))
        for n, text in enumerate(texts, 1)
    )
    return Suggestions(PLAIN.topic, PLAIN.engine, tuple(made), PLAIN.receipt, PLAIN.usage)


def test_a_draft_is_shown_as_it_would_be_posted() -> None:
    seen = read(suggestions_card(suggested(DRAFT)))

    assert f"**ask** · to Ines\u202f[›]({FLOUR.url})\n{DRAFT}" in seen
    assert labels(suggestions_card(suggested(DRAFT)))[:3] == [
        "Edit and post",
        "Copy text",
        "Shorter",
    ]


def test_a_place_to_join_says_why_it_is_one() -> None:
    (draft,) = suggested(DRAFT).suggestions
    place = replace(draft, why="Nobody has answered this question yet.")
    seen = read(suggestions_card(replace(suggested(), suggestions=(place,))))

    assert f")\n-# Nobody has answered this question yet.\n{DRAFT}" in seen


def test_the_card_goes_with_all_that_its_drafts_were_written_in_sight_of() -> None:
    card = suggestions_card(suggested(DRAFT), rests_on=frozenset({Basis(7, "12")}))

    assert {each.message_id for each in card.rests_on} == {"3", "12"}


def test_drafts_that_were_thrown_out_are_counted() -> None:
    receipt = replace(PLAIN.receipt, rejected=(Count("link", 1), Count("ping", 2)))
    seen = read(suggestions_card(replace(suggested(DRAFT), receipt=receipt)))

    assert "3 drafts of the model rejected · " in seen


def test_of_a_very_long_draft_whole_sentences_are_shown() -> None:
    seen = read(suggestions_card(suggested("This is a sentence of mine. " * 200)))

    assert "This is a sentence of mine. …" in seen


def test_drafts_that_were_passed_over_are_not_shown_again() -> None:
    four = suggested("One?", "Two?", "Three?", "Four?")

    assert "One?" not in read(suggestions_card(four, 3))
    assert "Four?" in read(suggestions_card(four, 3))
    assert "That is all that can be drafted" in read(suggestions_card(four, 4))
    assert "There is nothing here yet" in read(suggestions_card(suggested()))


def test_shorter_drops_quotes_first_then_the_last_sentences() -> None:
    once = shortened(DRAFT, 1)
    twice = shortened(DRAFT, 2)

    assert once == "Ines, what would one loaf have to cost? I wonder."
    assert twice == "Ines, what would one loaf have to cost?"
    assert shortened(DRAFT, 10**18) == twice


@settings(deadline=None)
@given(texts, st.integers(0, 5))
def test_shortening_ends_and_never_leaves_less_than_a_sentence(text: str, times: int) -> None:
    shorter = shortened(text, times)

    assert len(shorter) <= len(text)
    assert bool(shorter.strip()) == bool(text.strip())


@settings(max_examples=60, deadline=None)
@given(requests, st.integers(0, 9))
def test_discord_takes_all_drafts(request: Suggestions, passed_over: int) -> None:
    taken_by_discord(suggestions_card(request, passed_over))
    for each in request.suggestions:
        taken_by_discord(draft_card(each.id, each.text, 1, frozenset()))
        taken_by_discord(copy_card("\n".join([each.text] * 9), frozenset()))


@given(texts)
def test_the_mark_fits_whatever_a_person_is_called(name: str) -> None:
    mark, _ = posted_mark(2**63, name).to_components()[0]["components"]

    assert 0 < len(mark["label"]) <= 80
    assert mark["disabled"]
