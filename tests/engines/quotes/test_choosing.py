import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.arrangement import Stance
from bot.core.presentation import claim
from tests.engines.quotes.thread import Post, Thread, summarised, without_ids

SAMPLE = Path(__file__).parents[3] / "bot" / "sample" / "small-batch.json"
TITLE = "Should the club buy a kiln?"
SENTENCES = [
    "I think a kiln of our own would pay for itself within two years.",
    "Renting costs us forty a month and we never get the slots we want.",
    "Nope, not worth it.",
    "The wiring in the shed would have to be replaced before anything else.",
    "Who would look after it?",
    "Thanks!",
    "I changed my mind: with the grant, buying is cheaper than renting.",
    "这个窑太贵了。",
    "And it is loud.",
]

sayings = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join)
threads = st.lists(
    st.tuples(st.sampled_from(["Ana", "Ben", "Cho"]), sayings, st.integers(0, 3)), max_size=8
)


def thread_of(said: Sequence[tuple[str, str, int]]) -> Thread:
    """Each reply goes so many messages back; those that would go too far are none."""
    posts: list[Post] = [
        (who, words, place - back) if back and place > back else (who, words)
        for place, (who, words, back) in enumerate(said, start=1)
    ]
    return Thread(TITLE, *posts)


def sample() -> Thread:
    exported = json.loads(SAMPLE.read_text("utf-8"))
    place = {each["id"]: number for number, each in enumerate(exported["messages"], start=1)}
    posts: list[Post] = [
        (
            each["author"]["nickname"],
            each["content"],
            place[each["reference"]["messageId"]] if each["reference"] else 0,
        )
        for each in exported["messages"]
    ]
    return summarised(exported["channel"]["name"], *posts)


def test_everybody_with_something_to_say_is_quoted_and_nobody_else() -> None:
    thread = summarised(
        TITLE,
        ("Ana", "Hi all! I found a used kiln for nine hundred and I think we should get it."),
        ("Ben", "Nope, not worth it"),
        ("Cho", "👍"),
        ("Dov", "Thanks for looking into this!"),
        ("Eli", "Who would look after it?"),
        ("Fay", "谢谢！我觉得太贵了。"),
    )
    assert thread.quotes() == {
        "Ana": ["I found a used kiln for nine hundred and I think we should get it."],
        "Ben": ["Nope, not worth it"],
        "Fay": ["我觉得太贵了。"],
    }
    assert thread.state.ledger.quoted == {"ana", "ben", "eli", "fay"}


def test_a_claim_is_somebodys_own_words_and_no_stance_is_guessed() -> None:
    state = sample().state
    for viewpoint in state.ledger.viewpoints:
        assert len({evidence.author for evidence in viewpoint.evidence}) == 1
        assert claim(state, viewpoint) in [state.text(e.span) for e in viewpoint.evidence]
        assert {evidence.stance for evidence in viewpoint.evidence} == {Stance.UNKNOWN}
        assert viewpoint.opposes == ()
    assert state.ledger.agreements == ()
    assert len(state.ledger.viewpoints) == 6


def test_who_changed_their_mind_is_quoted_before_and_after() -> None:
    before, after = sample().quotes()["Tobias"]
    assert before == "Small batch is a luxury that the buyer pays for and mostly cannot see."
    assert after.startswith("I was wrong: with that number the small run comes out ahead")


def test_the_sentence_that_says_what_they_think_is_chosen() -> None:
    thread = summarised(
        TITLE,
        (
            "Ana",
            "Hi everyone. I was at the fair on Saturday. And it rained. I think the club "
            "should buy its own kiln, because renting one costs us forty a month. See you!",
        ),
        ("Ben", "Renting a kiln is fine for the club. It is what it is. Cheers, Ben Doe"),
    )
    assert thread.quotes() == {
        "Ana": [
            "I think the club should buy its own kiln, because renting one costs us forty a month."
        ],
        "Ben": ["Renting a kiln is fine for the club."],
    }


def test_what_only_points_elsewhere_stands_for_nobody() -> None:
    thread = summarised(
        TITLE,
        (
            "Ana",
            "The reasons why the club should buy a kiln of its own this year:\n"
            "- Renting a kiln costs us forty a month.\n"
            "- Why the club should buy a kiln, told by another club: https://kilns.example/why",
        ),
    )
    assert thread.quotes() == {"Ana": ["Renting a kiln costs us forty a month."]}


def test_summarising_again_says_nothing_new_and_rejects_nothing() -> None:
    thread = sample()
    shown, arrangement = without_ids(thread), thread.arrangement
    assert thread.state.pending
    thread.group()
    assert without_ids(thread) == shown
    assert thread.arrangement == arrangement


def test_whole_sentences_of_somebody_else_are_not_ones_own_words() -> None:
    theirs = "A kiln of our own would pay for itself within two years."
    thread = summarised(TITLE, ("Ana", theirs), ("Ben", f"{theirs} That I doubt."))
    assert thread.quotes() == {"Ana": [theirs], "Ben": ["That I doubt."]}


def test_who_writes_a_lot_gets_three_sentences_at_most_and_none_twice() -> None:
    posts: list[Post] = [("Ana", f"I think reason number {n} is a kiln.") for n in range(30)]
    (quotes,) = summarised(TITLE, *posts).quotes().values()
    assert len(quotes) == len(set(quotes)) <= 3


def test_who_says_the_same_again_is_quoted_once() -> None:
    words = "I think that the club should buy a kiln"
    thread = summarised(TITLE, ("Ana", f"{words}."), ("Ben", "Why?"), ("Ana", f"{words}!"))
    assert thread.quotes() == {"Ana": [f"{words}."]}


def test_posts_are_on_what_the_opening_asks_unless_they_reply_to_another_question() -> None:
    thread = summarised(
        TITLE,
        ("Ana", "Should we buy a kiln?"),
        ("Ben", "Buying one is too much for us this year."),
        ("Cho", "Who would look after it?"),
        ("Dov", "I would look after the thing on weekends.", 3),
        ("Cho", "It has to be somebody with a key.", 3),
        ("Eli", "Has anybody asked the landlord?"),
    )
    opening, care, landlord = thread.state.ledger.questions
    about = {each.authors[0]: each.question for each in thread.state.ledger.viewpoints}
    assert about == {"ben": opening.id, "dov": care.id, "cho": opening.id}
    assert (opening.open, care.open, landlord.open) == (False, False, True)


def test_ones_own_view_does_not_close_ones_own_question() -> None:
    thread = summarised(TITLE, ("Ana", "Should we buy a kiln? I think that we should."))
    (question,) = thread.state.ledger.questions
    assert question.open


def test_a_viewpoint_keeps_its_id_when_a_better_sentence_takes_over() -> None:
    thread = Thread(
        TITLE,
        ("Ana", "And it is loud."),
        ("Ben", "Nope, not worth it."),
        ("Ana", "I think a kiln of our own would pay for itself within two years."),
        ("Ana", "The wiring in the shed would have to be replaced before we buy a kiln."),
    )
    thread.read([1, 2]).group()
    before = {each.authors: each.id for each in thread.state.ledger.viewpoints}
    thread.read([3, 4]).group()
    after = {each.authors: each.id for each in thread.state.ledger.viewpoints}
    assert before == after
    assert thread.quotes()["Ana"] == [SENTENCES[0]]


@given(threads, st.randoms(use_true_random=False))
def test_any_order_of_windows_gives_the_same_viewpoints(
    said: Sequence[tuple[str, str, int]], chance: Random
) -> None:
    at_once, shuffled = thread_of(said).read().group(), thread_of(said)
    places = list(range(1, len(said) + 1))
    chance.shuffle(places)
    for place in places:
        shuffled.read([place])
        if chance.random() < 0.5:
            shuffled.group()
    assert without_ids(shuffled.group()) == without_ids(at_once)


@given(threads, st.sets(st.integers(1, 8)))
def test_removing_messages_equals_never_having_had_them(
    said: Sequence[tuple[str, str, int]], gone: set[int]
) -> None:
    removed = thread_of(said).read().group().remove(gone).group()
    never = thread_of(said).remove(gone).read().group()
    assert without_ids(removed) == without_ids(never)


@given(threads)
def test_everybody_who_says_something_has_a_viewpoint_in_their_own_words(
    said: Sequence[tuple[str, str, int]],
) -> None:
    thread = thread_of(said).read().group()
    statements = [each for each in SENTENCES if each not in ("Thanks!", "Who would look after it?")]
    spoke = {who for who, words, _ in said if any(each in words for each in statements)}
    assert thread.quotes().keys() == spoke
    for who, quotes in thread.quotes().items():
        theirs = [words for author, words, _ in said if author == who]
        assert all(any(quote in words for words in theirs) for quote in quotes)


def test_nothing_to_say_gives_an_empty_ledger() -> None:
    assert summarised(TITLE).quotes() == {}
    assert summarised(TITLE, ("Ana", "👍"), ("Ben", "")).quotes() == {}


def test_the_seed_thread_quotes_both_people() -> None:
    page = Path(__file__).parents[4] / "shared" / "seed" / "small-batch-thread.txt"
    if not page.exists():
        pytest.skip("the shared seed thread is not beside this checkout")
    words = page.read_text("utf-8")
    opening = words[words.index("I’ve been") : words.index("I feel we")].strip()
    reply = words[words.index("I feel we") : words.index("Users who")].strip()
    title = "Why Small-Batch Production Still Matters"
    thread = summarised(title, ("christianGV", opening), ("author of post 2", reply))
    christian, other = thread.quotes().values()
    assert "how rare small-batch production has become" in christian[0]
    assert "healthy dose of pragmatism" in other[0]
    (question,) = thread.state.ledger.questions
    assert thread.words([question.asked])[0].startswith("Does small-batch production")
    assert not question.open
