import pytest

from bot.core.brief import Cites, Person
from tests.engines.quotes.thread import TITLE, Post, brief, open_questions, quotes, sample, thread

OPENING: Post = ("Ana", "Should we buy a kiln?")
CARE = "Who would look after it every weekend?"
OPEN = [f"Ben: “{CARE}”"]


def asked(*after: Post, before: tuple[Post, ...] = (OPENING,)) -> list[str]:
    """What is open where Ben asks who would look after it, and this follows."""
    return open_questions(thread(*before, ("Ben", CARE), *after))


def test_the_sample_leaves_one_question_open_and_not_what_it_was_opened_with() -> None:
    assert open_questions(sample()) == [
        "Ines: “Has anyone here compared return rates between small runs and large ones?”"
    ]


def test_an_open_question_names_who_asked_and_cites_the_whole_question() -> None:
    ((statement,),) = brief(thread(("Ana", f"Hi.  {CARE}"))).open
    person, _, cites = statement.parts
    assert person == Person("ana")
    assert isinstance(cites, Cites)
    assert [thread(("Ana", f"Hi.  {CARE}")).text(span) for span in cites.spans] == [CARE]


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
    (found,) = open_questions(thread(("Ana", words)))
    assert found.strip("”").endswith(words.removesuffix(" 😬"))


@pytest.mark.parametrize(
    "words",
    [
        "He only said “who would pay for that?”",
        '"Who would pay for that?"',
        "`SELECT kiln WHERE size > ?`",
        "```\nis this code?\n```",
        "> Who would look after it?",
        "See https://example.org/kilns?",
        "Right, then?",
        "Ana wrote: > Who would look after it?",
    ],
)
def test_quoted_and_pasted_questions_tags_and_code_ask_nothing(words: str) -> None:
    assert open_questions(thread(("Ana", words))) == []


@pytest.mark.parametrize(
    "answer",
    [
        ("Cho", "Not sure. I could do that.", 2),
        ("Cho", "Yes!", 2),
        ("Cho", "I could do that on a weekend."),
        ("Cho", "I could do that, Ben."),
        ("Cho", "Nobody, I'm afraid. No."),
        ("Cho", "No. That I can't say."),
    ],
    ids=["a reply", "a yes in reply", "a word in common", "a name", "no word of it", "a no"],
)
def test_what_somebody_else_states_on_it_answers_a_question(answer: Post) -> None:
    assert asked(answer) == (OPEN if "afraid" in answer[1] else [])


@pytest.mark.parametrize(
    "no_answer",
    [
        ("Cho", "Thanks for asking!", 2),
        ("Cho", "Why would anybody have to look after it?", 2),
        ("Ben", "I mean that somebody has to look after it.", 2),
        ("Cho", "I would buy the kiln.", 1),
        ("Cho", "I'd look after it only if it is ours.", 1),
        ("Cho", "We have the room for a kiln."),
    ],
    ids=["thanks", "a question", "their own", "another reply", "a word in it", "no word of it"],
)
def test_anything_else_does_not(no_answer: Post) -> None:
    assert OPEN[0] in asked(no_answer)


def test_only_what_stands_near_a_question_may_answer_it_without_a_reply() -> None:
    chat = (("Cho", "The roof leaks."), ("Dov", "So does the door."))
    assert asked(*chat, ("Eli", "I could look after it.")) == OPEN


def test_who_says_thanks_got_an_answer() -> None:
    assert asked(("Cho", "Dov has a key."), ("Ben", "Ah, thanks.")) == []
    assert asked(("Ben", "Thanks in advance."), ("Cho", "Dov has a key.")) == OPEN


def test_words_of_the_title_answer_nothing_but_a_question_that_has_no_others() -> None:
    answer = ("Dov", "The club has no money.")
    discussion = thread(OPENING, ("Ben", "Has the club asked the landlord?"), answer)
    assert open_questions(discussion) == ["Ben: “Has the club asked the landlord?”"]
    again = thread(OPENING, ("Cho", "We have room."), ("Ben", TITLE))
    assert open_questions(again) == [f"Ben: “{TITLE}”"]
    assert open_questions(thread(OPENING, ("Cho", "We have room."), ("Ben", TITLE), answer)) == []


def test_a_question_with_no_word_of_its_own_is_not_shown() -> None:
    assert (
        open_questions(thread(OPENING, ("Ben", "Or not?"), ("Cho", "What do people think?"))) == []
    )


def test_a_message_shows_one_question() -> None:
    words = "And is it loud? Who would look after a kiln on weekends, and with what key? Or not?"
    assert open_questions(thread(("Ana", words))) == [
        "Ana: “Who would look after a kiln on weekends, and with what key?”"
    ]


def test_the_last_four_are_shown_in_order() -> None:
    posts: list[Post] = [(f"P{n}", f"Does kiln number {n} fit in?") for n in range(6)]
    assert open_questions(thread(*posts)) == [
        f"P{n}: “Does kiln number {n} fit in?”" for n in range(2, 6)
    ]


def test_what_went_unanswered_in_the_first_half_of_a_long_thread_was_passed_over() -> None:
    chat: list[Post] = [(f"P{n % 3}", "It rains again today.") for n in range(40)]
    assert asked(*chat[:10]) == OPEN
    assert asked(*chat) == []
    assert asked(*chat[:5], before=tuple(chat)) == OPEN


def test_a_long_question_is_cut_between_words_on_one_line() -> None:
    words = f"Would the  kiln {' '.join(f'number{n}' for n in range(35))} fit in?"
    (shown,) = open_questions(thread(("Ana", words)))
    assert shown.startswith("Ana: “Would the kiln number0 ")
    assert shown.endswith("…”")
    assert shown.removesuffix("…”").rpartition(" ")[2] in words.split()
    assert len(shown) <= len("Ana: “”") + 240


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
def test_thanks_greetings_and_laughter_say_and_ask_nothing(words: str) -> None:
    assert quotes(thread(("Ana", words))) == {}


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
def test_what_says_something_is_quoted_however_short(words: str) -> None:
    assert quotes(thread(("Ana", words))) == {"Ana": words}
