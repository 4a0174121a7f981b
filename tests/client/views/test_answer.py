"""What is shown of an answer, and that Discord takes it."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.client.views.answer import answer_card
from bot.core.summary import Answer, Usage
from tests.client.views.screen import read
from tests.client.views.summaries import bakery, engines, quote, quotes, receipts, texts, topics
from tests.client.views.taken import taken_by_discord

PLAIN = bakery()
SAID = Answer(
    PLAIN.topic,
    PLAIN.engine,
    "Flour, which is up a third.",
    (quote("Ines", "Flour is up a third since spring."),),
    PLAIN.receipt,
    Usage(),
)

answers = st.builds(
    Answer,
    topic=topics,
    engine=engines,
    answer=st.one_of(st.none(), texts.map("word. ".__add__)),
    evidence=st.lists(quotes, max_size=16).map(tuple),
    receipt=receipts,
    usage=st.just(Usage()),
)


def test_an_answer_stands_under_its_question_and_over_its_quotes() -> None:
    seen = read(answer_card(SAID, "What became dearer?"))

    assert seen.startswith("### What became dearer?\n-# Should the loaf cost more?\nFlour, which")
    assert "### It stands on\n> Flour is up a third since spring.\n-# Ines" in seen
    assert "written with AI" in seen


def test_what_was_not_said_is_not_answered() -> None:
    seen = read(answer_card(replace(SAID, answer=None), "Who bakes?"))

    assert "*The discussion does not say.*" in seen
    assert "### Nearest to it" in seen


@settings(max_examples=80, deadline=None)
@given(answers, texts)
def test_discord_takes_every_answer(answer: Answer, question: str) -> None:
    taken_by_discord(answer_card(answer, question))
