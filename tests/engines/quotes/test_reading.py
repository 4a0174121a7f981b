import pytest

from bot.core.notes import NoteKind
from tests.engines.quotes.thread import Post, Thread


def read(*posts: Post) -> Thread:
    return Thread("Should the club buy a kiln?", *posts).read()


@pytest.mark.parametrize(
    "words",
    [
        "Thanks!",
        "Thank you so much for the detailed write-up, everyone",
        "Hi all",
        "Good morning",
        "+1",
        "👍🔥",
        "<:kiln:123456789012345678> :tada:",
        "lol",
        "hahaha good one",
        "Great point!",
        "Danke dir",
        "merci beaucoup",
        "¡Gracias!",
        "谢谢大家",
        "ありがとうございます",
        "https://example.org/kilns?size=large",
        "<@123456789012345678>",
        "right?",
        "What?!",
        "...",
    ],
)
def test_thanks_greetings_and_laughter_leave_no_note(words: str) -> None:
    assert read(("Ana", words)).notes == []


@pytest.mark.parametrize(
    "words",
    [
        "Nope, not worth it",
        "Definitely not.",
        "Thanks, but I would rather rent one.",
        "Hello everyone, a shared kiln pays for itself in two years.",
        "我觉得不值得。",
        "賛成できません。",
        "Не стоит этих денег.",
        "لا يستحق هذا المال",
        "lol no way are we paying four thousand for that",
        "Best buy a used one.",
        "Hello I think we should rent one.",
    ],
)
def test_what_says_something_is_noted_however_short(words: str) -> None:
    assert read(("Ana", words)).noted(NoteKind.VIEW) == [words]


@pytest.mark.parametrize(
    "words",
    [
        "Who would look after it?",
        "这个窑要多少钱？",
        "من سيعتني به؟",
        "Is it safe indoors?? 😬",
        "Would *you* pay for it?!",
        "¿Quién lo va a pagar?",
        "(does it even fit in there?)",
        "Do you mean a “small kiln”?",
    ],
)
def test_questions_are_known_by_their_form_in_any_script(words: str) -> None:
    thread = read(("Ana", words))
    (question,) = thread.noted(NoteKind.QUESTION)
    assert words.startswith(question)
    assert thread.noted(NoteKind.VIEW) == []


@pytest.mark.parametrize(
    "words",
    [
        "He only said “who would pay for that?”",
        '"Who would pay for that?"',
        "`SELECT kiln WHERE size > ?`",
        "```\nis this code?\n```",
        "> Who would look after it?",
        "See https://example.org/kilns?",
        "We can do it, right?",
    ],
)
def test_a_quoted_question_a_tag_and_code_ask_nothing(words: str) -> None:
    asked = read(("Ana", words)).noted(NoteKind.QUESTION)
    assert asked == (["We can do it, right?"] if "right" in words else [])


def test_the_questions_of_a_message_are_one_asking() -> None:
    thread = read(("Ana", "I found a used kiln. Should we buy it? Or is renting the better deal?"))
    (question,) = thread.state.ledger.questions
    assert question.wording == "Should we buy it? Or is renting the better deal?"
    assert thread.words([question.asked]) == ["Should we buy it?"]
    assert thread.noted(NoteKind.VIEW) == ["I found a used kiln."]


def test_a_reply_that_states_something_answers_the_question() -> None:
    thread = read(
        ("Ana", "We have the room for it."),
        ("Ben", "Who would look after it?"),
        ("Cho", "Not sure. I could look after it on weekends.", 2),
    )
    (question,) = thread.state.ledger.questions
    assert thread.words(question.answers) == ["I could look after it on weekends."]
    assert not question.open


def test_thanks_a_question_in_return_and_ones_own_reply_answer_nothing() -> None:
    thread = read(
        ("Ana", "We have the room for it."),
        ("Ben", "Who would look after it?"),
        ("Cho", "Thanks for asking!", 2),
        ("Dov", "Why would anybody have to?", 2),
        ("Ben", "I mean that somebody has to clean it.", 2),
    )
    ben, dov = thread.state.ledger.questions
    assert ben.open
    assert dov.open


def test_a_message_read_again_in_another_window_leaves_the_same_notes() -> None:
    posts: list[Post] = [
        ("Ana", "Should we buy a kiln?"),
        ("Ben", "Buying one is too much for us this year.", 1),
        ("Cho", "I would chip in a hundred."),
    ]
    at_once, one_by_one = read(*posts), Thread("Should the club buy a kiln?", *posts)
    for place in (3, 1, 2):
        one_by_one.read([place])
    assert {n.note for n in at_once.notes} == {n.note for n in one_by_one.notes}
