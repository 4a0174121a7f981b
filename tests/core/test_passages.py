"""A question put to a thread, and the sentences that it is answered from."""

from bot.core.arrangement import Arrangement, Placement, Stance
from bot.core.model import Author, Message, Topic
from bot.core.notes import KeptNote, Note, NoteKind
from bot.core.passages import HITS, ROOM, passages
from bot.core.sentences import Span
from bot.core.state import TopicState, assemble

ANA, BEN = Author("1", "Ana"), Author("2", "Ben")


def talk(*said: tuple[Author, str]) -> TopicState:
    messages = [Message(str(at), author, words) for at, (author, words) in enumerate(said)]
    return assemble(Topic("test", "shop", "The shop"), messages, [], Arrangement())


def cited(state: TopicState, question: str) -> list[str]:
    return [state.text(each.span) for each in passages(state, question)]


SHOP = talk(
    (ANA, "We close at six on Sundays. The lease runs until May."),
    (BEN, "The window is broken again."),
    (ANA, "A new window would cost four hundred."),
    (BEN, "That is a lot."),
)


def test_the_sentence_with_the_words_comes_first() -> None:
    assert cited(SHOP, "When does the lease end?")[0] == "The lease runs until May."


def test_what_was_said_around_it_follows_in_the_order_of_the_thread() -> None:
    first, second, *around = cited(SHOP, "What would a window cost?")
    assert first == "A new window would cost four hundred."
    assert second == "We close at six on Sundays."
    assert around == [
        "The lease runs until May.",
        "The window is broken again.",
        "That is a lot.",
    ]


def test_how_a_question_is_framed_finds_nothing() -> None:
    state = talk((ANA, "What did people think about that?"), (BEN, "The lease runs until May."))
    assert cited(state, "What did people think about the lease?")[0] == "The lease runs until May."


def test_a_person_named_in_a_question_on_something_is_no_hit_but_alone_they_are() -> None:
    state = talk(
        (BEN, "I had soup."),
        (ANA, "Ben, Ben, Ben, Ben."),
        (ANA, "After all that has happened here this year the lease looks far too long to me."),
    )
    assert "lease" in cited(state, "What did Ben say about the lease?")[0]
    nobody_calls_him = talk((ANA, "The lease is long."), (BEN, "I had soup."))
    assert cited(nobody_calls_him, "What did Ben say?")[0] == "I had soup."


def test_a_sentence_is_found_by_the_claim_that_stands_on_it() -> None:
    said = [Message("0", ANA, "Not with me."), Message("1", BEN, "The window is broken.")]
    note = KeptNote(1, Note(NoteKind.VIEW, (Span("0", 0, 12),), "Subletting is ruled out."))
    placed = Arrangement({1: Placement(1, 1, Stance.SUPPORTS)})
    state = assemble(Topic("test", "shop", "The shop"), said, [note], placed)
    assert cited(state, "Who is for subletting?")[0] == "Not with me."


def test_a_word_that_is_framing_elsewhere_is_looked_for_where_nothing_else_is_found() -> None:
    state = talk((ANA, "A hat keeps the sun off."), (BEN, "The lease runs until May."))
    assert cited(state, "Which hat is dearest?")[0] == "A hat keeps the sun off."


def test_a_question_without_a_word_of_the_thread_finds_nothing() -> None:
    assert cited(SHOP, "Are giraffes tall?") == []
    assert cited(SHOP, "") == []
    assert cited(talk(), "When does the lease end?") == []


def test_a_long_thread_is_cited_where_it_speaks_of_the_matter_and_no_longer_than_is_read() -> None:
    weather = [(ANA, f"Day {day} was dry and quiet at the harbour.") for day in range(400)]
    fire = [
        (BEN, "The oven caught fire."),
        (ANA, "Smoke came out of it."),
        (BEN, "We threw sand on it."),
        (ANA, "The oven is gone after that fire."),
    ]
    state = talk(*weather, *fire, *weather)
    found = cited(state, "How did the oven catch fire?")
    assert {words for _, words in fire} <= set(found)
    assert sum(map(len, found)) <= ROOM


def test_a_far_away_sentence_with_the_words_is_found_beside_the_stretch_that_has_them() -> None:
    weather = [(ANA, f"Day {day} was dry and quiet at the harbour.") for day in range(400)]
    oven = [(BEN, f"The oven is {state}.") for state in ("hot", "clean", "new", "ours", "loud")]
    state = talk(*oven, *weather, (ANA, "Somebody sold the oven."))
    found = cited(state, "Who sold the oven?")
    assert found[0] == "Somebody sold the oven."
    assert "The oven is loud." in found


def test_a_sentence_that_is_longer_than_the_room_is_still_found() -> None:
    code = "```\n" + "lease = 1\n" * ROOM + "```"
    assert len(code) > ROOM > HITS
    assert cited(talk((ANA, code), (BEN, "No code, please.")), "lease") == [code]
