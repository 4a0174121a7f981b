from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.discussion import Discussion
from bot.core.model import Author, Message
from bot.engines.quotes.speech import asks, says_something
from tests.engines.quotes.thread import brief, message, quotes, sample, thread
from tests.engines.threads import all_mailing_list_threads

SENTENCES = [
    "I think a kiln of our own would pay for itself within two years.",
    "Renting costs us forty a month and we never get the slots we want.",
    "Nope, not worth it.",
    "Who would look after it?",
    "Thanks!",
    "I changed my mind: with the grant, buying is cheaper than renting.",
    "这个窑太贵了。",
    "And it is loud.\n> I think renting is fine.\n",
    "```\nkiln = None\n```",
]
POSTS = st.lists(
    st.tuples(
        st.sampled_from(["Ana", "Ben", "Cho"]),
        st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join),
    ),
    max_size=8,
)


def speakers(discussion: Discussion) -> list[str]:
    """The ids of those who say or ask something, in order of appearance."""
    speaking = (
        discussion.messages[id_].author.source_id
        for id_ in discussion.ids
        if any(says_something(each) or asks(each) for each in discussion.sentences(id_))
    )
    return list(dict.fromkeys(speaking))


def has_a_sentence_of_everybody(discussion: Discussion) -> bool:
    people = brief(discussion).people
    for stand in people:
        (span,) = stand.cites
        assert stand.text is None
        assert discussion.author_of(span) == stand.author
        assert any(
            each.span == span and each.evidence for each in discussion.sentences(span.message)
        )
    return [each.author for each in people] == speakers(discussion)


@given(POSTS)
def test_whoever_says_or_asks_something_stands_with_a_sentence_of_their_own(
    posts: Sequence[tuple[str, str]],
) -> None:
    assert has_a_sentence_of_everybody(thread(*posts))


def test_so_does_everybody_of_real_threads() -> None:
    found = all_mailing_list_threads()
    if not found:
        pytest.skip("the shared data is not beside this checkout")
    for each in found:
        assert has_a_sentence_of_everybody(Discussion(each.topic, each.messages))


def test_everybody_with_something_to_say_is_quoted_and_nobody_else() -> None:
    discussion = thread(
        ("Ana", "Hi all! I found a used kiln for nine hundred and I think we should get it."),
        ("Ben", "Nope, not worth it"),
        ("Cho", "👍"),
        ("Dov", "Thanks for looking into this!"),
        ("Eli", "Hi! Who would look after it?"),
        Message("6", Author("bot", "Counter", bot=True), "Six people have written here so far."),
        ("Fay", "谢谢！我觉得太贵了。"),
    )
    assert quotes(discussion) == {
        "Ana": "I found a used kiln for nine hundred and I think we should get it.",
        "Ben": "Nope, not worth it",
        "Eli": "Who would look after it?",
        "Fay": "我觉得太贵了。",
    }


def test_each_person_of_the_sample_stands_with_what_matters_most() -> None:
    assert quotes(sample()) == {
        "Ines": "I think you can feel that in the garment: when the person who cut it also packs "
        "it, mistakes get caught before a customer meets them.",
        "Marek": "I still think that it is an argument for short factory runs, not for handwork.",
        "Odile": "What matters is that somebody near the cloth has the authority to stop.",
        "Tobias": "I was wrong: with that number the small run comes out ahead for anything with a "
        "short season.",
        "Priya": "A batch of sixty that sells out wastes nothing, and that saving belongs in your "
        "sum too.",
        "Sam": "Small makers answer both questions, and that is why I keep stocking them.",
    }


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        (
            "I am a potter in this town, and every year people ask me about kilns and the club. "
            "We rent because nobody here can look after one.",
            "We rent because nobody here can look after one.",
        ),
        (
            "A kiln of our own would pay for itself within two years, so we should buy one. "
            "I looked at the bills again. I was wrong: renting is the better deal for us.",
            "I was wrong: renting is the better deal for us.",
        ),
        (
            "I was at the fair on Saturday. And it rained. I think that we should buy it. See you!",
            "I think that we should buy it.",
        ),
        (
            "The reasons why the club should buy a kiln of its own this year:\n"
            "- Renting a kiln costs us forty a month.\n"
            "- Why the club should buy a kiln, told by another: https://kilns.example/why",
            "Renting a kiln costs us forty a month.",
        ),
        (
            "Would a kiln of our own pay for itself? A kiln of our own is loud.",
            "A kiln of our own is loud.",
        ),
        (
            "The club should rent a kiln. It rains. It snows. The club should buy a kiln.",
            "The club should rent a kiln.",
        ),
    ],
    ids=[
        "a reason before an introduction",
        "a change of mind before all",
        "a stance before a tale",
        "nothing that only points elsewhere",
        "a statement before a question",
        "what comes first in a message",
    ],
)
def test_what_is_chosen_of_a_message(words: str, chosen: str) -> None:
    assert quotes(thread(("Ana", words)))["Ana"] == chosen


def test_the_later_of_two_messages_says_where_somebody_stands() -> None:
    small, large = "The club should buy the small kiln.", "The club should buy the large kiln."
    assert quotes(thread(("Ana", small), ("Ana", large))) == {"Ana": large}


@pytest.mark.parametrize("matter", ["kiln", "wiring"])
def test_what_the_title_or_the_others_speak_of_is_chosen(matter: str) -> None:
    discussion = thread(
        ("Ben", "Good to see so many here again."),
        ("Cho", "Wiring is expensive these days."),
        ("Dov", "Nobody does wiring for nothing."),
        ("Ana", f"We know the attic. We know the {matter}."),
    )
    assert quotes(discussion)["Ana"] == f"We know the {matter}."


def test_whole_sentences_of_somebody_else_are_quoted_only_of_those_who_say_nothing_else() -> None:
    theirs = "I think a kiln of our own would pay for itself within two years."
    discussion = thread(("Ana", theirs), ("Ben", f"{theirs} That I doubt."), ("Cho", theirs))
    assert quotes(discussion) == {"Ana": theirs, "Ben": "That I doubt.", "Cho": theirs}


def test_two_people_may_hit_upon_the_same_few_words() -> None:
    assert quotes(thread(("Ana", "We should rent."), ("Ben", "We should rent. It rains."))) == {
        "Ana": "We should rent.",
        "Ben": "We should rent.",
    }


def test_contested_words_stand_for_nobody() -> None:
    words = "I think we should buy a kiln. Renting is fine as well."
    contested = replace(message(1, "Ana", words), contested=((0, 29),))
    assert quotes(thread(contested)) == {"Ana": "Renting is fine as well."}
    assert quotes(thread(replace(contested, contested=((0, len(words)),)))) == {}


def test_only_the_stretch_is_quoted() -> None:
    discussion = thread(
        ("Ana", "I think we should buy a kiln."), ("Ben", "No."), ("Ana", "It is loud, they say.")
    )
    assert quotes(discussion, ["2", "3"]) == {"Ana": "It is loud, they say."}
    assert quotes(discussion, []) == {}


def test_a_stretch_has_no_lead_and_no_points() -> None:
    found = brief(sample())
    assert (found.lead, found.points) == ((), ())


def test_the_seed_thread_quotes_both_people() -> None:
    page = Path(__file__).parents[4] / "shared" / "seed" / "small-batch-thread.txt"
    if not page.exists():
        pytest.skip("the shared seed thread is not beside this checkout")
    words = page.read_text("utf-8")
    opening = words[words.index("I’ve been") : words.index("I feel we")].strip()
    reply = words[words.index("I feel we") : words.index("Users who")].strip()
    discussion = thread(
        ("christianGV", opening),
        ("author of post 2", reply),
        title="Why Small-Batch Production Still Matters",
    )
    christian, other = quotes(discussion).values()
    assert "you start to see what disappears when production scales up" in christian
    assert "healthy dose of pragmatism" in other
    assert brief(discussion).open == ()
