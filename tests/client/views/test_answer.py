"""What is shown of an answer, and that Discord takes it."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.client.views.answer import answer_card
from bot.core.summary import Answer, Mark, Name, Text, Usage
from tests.client.views.screen import read
from tests.client.views.summaries import (
    CHANNEL,
    FLOUR,
    NOTICE,
    bakery,
    cited_texts,
    engines,
    quoted,
    quotes,
    receipts,
    texts,
    topics,
)
from tests.client.views.taken import links, taken_by_discord

SAID = Answer(
    bakery().topic,
    bakery().engine,
    Text((Name("Ines"), " says that flour is up a third", Mark((1,)), "."), (FLOUR,)),
    (),
    bakery().receipt,
    Usage(),
    frozenset({"3", "4"}),
)
UNSAID = replace(SAID, engine=quoted().engine, answer=None, nearest=(FLOUR, NOTICE))

answers = st.builds(
    Answer,
    topic=topics,
    engine=engines,
    answer=st.one_of(st.none(), cited_texts),
    nearest=st.lists(quotes, max_size=16).map(tuple),
    receipt=receipts,
    usage=st.just(Usage()),
)


def test_an_answer_names_people_links_to_their_words_and_says_how_much_was_seen() -> None:
    seen = read(answer_card(SAID, "What became dearer?"))

    assert seen.startswith("### What became dearer?\n-# Should the loaf cost more?\n**Ines** says")
    assert f"up a third\u202f[›]({FLOUR.url})." in seen
    assert "-# the model saw 11 of 12 messages" in seen
    assert "written with AI" in seen


def test_without_an_answer_the_nearest_passages_are_shown_as_such() -> None:
    seen = read(answer_card(UNSAID, "Who bakes?"))

    assert "These passages are nearest:\n**Ines** “Flour is up a third since spring.”" in seen
    assert "Regulars will notice first." in seen
    assert "-# searched 11 of 12 messages" in seen
    assert "does not say" not in seen


def test_where_nothing_is_near_it_says_so_and_what_to_do() -> None:
    seen = read(answer_card(replace(UNSAID, nearest=()), "Who bakes?"))

    assert "Nothing in this discussion shares a word with your question. Ask in other words" in seen
    assert "nearest" not in seen


def test_it_rests_on_what_the_model_saw_and_on_the_words_shown() -> None:
    assert {each.message_id for each in answer_card(SAID, "What?").rests_on} == {"3", "4"}
    assert {each.words for each in answer_card(UNSAID, "What?").rests_on} == {
        FLOUR.quote,
        NOTICE.quote,
    }


@settings(max_examples=60, deadline=None)
@given(answers, texts)
def test_discord_takes_every_answer(answer: Answer, question: str) -> None:
    shown = answer_card(answer, question)
    taken_by_discord(shown)
    assert all(url.startswith(CHANNEL) for label, url in links(shown) if label == "›")
