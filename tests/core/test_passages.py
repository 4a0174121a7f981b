"""A question put to a discussion, and the sentences that bear on it."""

import pytest

from bot.core.discussion import Discussion
from bot.core.model import Author, Message, Topic
from bot.core.passages import ROOM, nearest, passages

ANA, BEN, BOT = Author("1", "Ana"), Author("2", "Ben"), Author("3", "Bot", bot=True)


def talk(*said: tuple[Author, str]) -> Discussion:
    messages = [Message(str(at), author, words) for at, (author, words) in enumerate(said)]
    return Discussion(Topic("test", "shop", "The shop"), messages)


def found(discussion: Discussion, question: str, room: int = ROOM) -> list[str]:
    return [discussion.text(each) for each in passages(discussion, question, room)]


def near(discussion: Discussion, question: str) -> list[str]:
    return [discussion.text(each) for each in nearest(discussion, question)]


SHOP = talk(
    (ANA, "We close at six on Sundays. The lease runs until May."),
    (BEN, "The window is broken again."),
    (ANA, "A new window would cost four hundred."),
    (BEN, "That is a lot."),
)


def test_the_sentence_with_the_words_comes_first() -> None:
    assert found(SHOP, "When does the lease end?")[0] == "The lease runs until May."


def test_what_was_said_around_it_follows_in_the_order_of_the_thread() -> None:
    first, second, *around = found(SHOP, "What would a window cost?")
    assert first == "A new window would cost four hundred."
    assert second == "We close at six on Sundays."
    assert around == [
        "The lease runs until May.",
        "The window is broken again.",
        "That is a lot.",
    ]


def test_how_a_question_is_framed_finds_nothing() -> None:
    discussion = talk((ANA, "What did people think about that?"), (BEN, "The lease ends in May."))
    assert (
        found(discussion, "What did people think about the lease?")[0] == "The lease ends in May."
    )
    assert near(discussion, "What did people think about the lease?") == ["The lease ends in May."]
    for question in ("What do people think?", "What did people say about that?"):
        assert found(discussion, question) == near(discussion, question) == []


def test_a_person_named_in_a_question_on_something_is_no_hit_but_alone_they_are() -> None:
    discussion = talk(
        (BEN, "I had soup."),
        (ANA, "Ben, Ben, Ben, Ben."),
        (ANA, "After all that has happened here this year the lease looks far too long to me."),
    )
    assert "lease" in found(discussion, "What did Ben say about the lease?")[0]
    assert len(near(discussion, "What did Ben say about the lease?")) == 1
    nobody_calls_him = talk((ANA, "The lease is long."), (BEN, "I had soup."))
    assert near(nobody_calls_him, "What did Ben say?") == ["I had soup."]


def test_a_question_without_a_word_of_the_discussion_finds_nothing() -> None:
    for question in ("Are giraffes tall?", "The?", ""):
        assert found(SHOP, question) == near(SHOP, question) == []
    assert found(talk(), "When does the lease end?") == []


def test_only_people_and_what_they_say_themselves_is_found() -> None:
    discussion = talk((BOT, "The lease ends in May."), (ANA, "> The lease ends in May.\nNot so."))
    assert found(discussion, "When does the lease end?") == []


def test_the_nearest_are_a_few_that_say_the_words_themselves_the_best_first() -> None:
    assert near(SHOP, "What does a new window cost where one is broken?") == [
        "A new window would cost four hundred.",
        "The window is broken again.",
    ]
    assert near(SHOP, "Is the window broken?") == [
        "The window is broken again.",
        "A new window would cost four hundred.",
    ]
    assert len(near(talk(*[(ANA, f"Oven {n} is hot.") for n in range(9)]), "Which oven?")) == 5


def test_more_room_is_filled_with_more() -> None:
    discussion = talk(*[(ANA, f"The oven was hot on day {day}.") for day in range(500)])
    few, more = (sum(map(len, found(discussion, "Which oven?", room))) for room in (900, 9_000))
    assert 800 < few <= 900 < 8_900 < more <= 9_000


def test_a_long_thread_is_cited_where_it_speaks_of_the_matter_and_no_longer_than_is_read() -> None:
    weather = [(ANA, f"Day {day} was dry and quiet at the harbour.") for day in range(400)]
    fire = [
        (BEN, "The oven caught fire."),
        (ANA, "Smoke came out of it."),
        (BEN, "We threw sand on it."),
        (ANA, "The oven is gone after that fire."),
    ]
    discussion = talk(*weather, *fire, *weather)
    shown = found(discussion, "How did the oven catch fire?")
    assert {words for _, words in fire} <= set(shown)
    assert sum(map(len, shown)) <= ROOM


def test_a_far_away_sentence_with_the_words_is_found_beside_the_stretch_that_has_them() -> None:
    weather = [(ANA, f"Day {day} was dry and quiet at the harbour.") for day in range(400)]
    oven = [(BEN, f"The oven is {state}.") for state in ("hot", "clean", "new", "ours", "loud")]
    discussion = talk(*oven, *weather, (ANA, "Somebody sold the oven."))
    shown = found(discussion, "Who sold the oven?")
    assert shown[0] == "Somebody sold the oven."
    assert "The oven is loud." in shown


def test_a_sentence_that_is_longer_than_the_room_is_still_found() -> None:
    code = "```\n" + "lease = 1\n" * ROOM + "```"
    assert len(code) > ROOM
    assert found(talk((ANA, code), (BEN, "No code, please.")), "lease") == [code]


@pytest.mark.parametrize(
    ("asked", "near_it", "other"),
    [
        ("夜間延長の費用は？", "冷暖房の費用を考えると反対です。", "駅前の店がまた閉まりました。"),
        ("房间的颜色是什么？", "我觉得颜色应该是蓝的。", "明天会下雨。"),
        ("회의실 예약은 어떻게 해요?", "예약은 월요일에 했습니다.", "점심은 맛있었다."),
        ("ราคาเท่าไหร่", "ฉันคิดว่าราคาแพงไป", "วันนี้ฝนตก"),
        ("हिन्दी किताब कहाँ है?", "वह किताब मेज़ पर है।", "आज बारिश होगी।"),
        ("أين الكتاب؟", "كتابٌ أحمر على الطاولة.", "سنأكل غدا."),
        ("מתי נפגשים בבית?", "הבית סגור ביום שני.", "מחר ירד גשם."),
        ("Was kostet die Straße?", "DIE STRASSE ist teuer.", "Morgen regnet es."),
        ("Сколько стоит ёлка?", "Елка слишком дорогая.", "Завтра будет дождь."),
        ("Ce prix est-il élevé?", "Le prix ELEVE nous gêne.", "Il pleut demain."),
        ("ＡＰＩ？", "The API is slow.", "It may rain."),
    ],
)
def test_the_nearest_is_found_in_any_script(asked: str, near_it: str, other: str) -> None:
    discussion = talk((ANA, other), (BEN, near_it))
    assert near(discussion, asked)[:1] == [near_it]
    assert found(discussion, asked)[0] == near_it
