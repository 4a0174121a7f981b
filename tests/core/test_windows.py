"""What a reading sees of a topic: every new sentence once, and just enough around it."""

import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.model import Author, Message
from bot.core.sentences import Sentence, split
from bot.core.windows import ALONE, CONTEXT_SIZE, MESSAGE_BY_MESSAGE, Window, cut

ANNA, BEN = Author("1", "Anna"), Author("2", "Ben")


def said(source_id: str, content: str, reply_to: str | None = None) -> Message:
    return Message(source_id, ANNA if source_id < "m" else BEN, content, reply_to=reply_to)


def everything(messages: Sequence[Message]) -> list[str]:
    return [message.source_id for message in messages]


def layout(window: Window) -> list[tuple[int, str, bool, int | None]]:
    """What stands in a window, message by message."""
    return [(m.number, m.message, m.context, m.reply_to) for m in window.messages]


def new_sentences(window: Window) -> list[Sentence]:
    return [
        each for message in window.messages if not message.context for each in message.sentences
    ]


def size(window: Window) -> int:
    return sum(len(sentence.text) for sentence in new_sentences(window))


TALK = [
    said("a", "Small batches are safer. I have seen it."),
    said("b", "Why would that be so?"),
    said("c", "They are easier to undo.", reply_to="b"),
    said("d", "I am not convinced.", reply_to="a"),
]


def test_a_short_topic_is_one_window_numbered_as_it_is_read() -> None:
    [window] = cut("Batches", TALK, everything(TALK), 1_000)
    assert window.title == "Batches"
    assert layout(window) == [
        (1, "a", False, None),
        (2, "b", False, None),
        (3, "c", False, 2),
        (4, "d", False, 1),
    ]
    assert [(id_, sentence.text) for id_, sentence, _ in window.numbered()] == [
        ("1.1", "Small batches are safer."),
        ("1.2", "I have seen it."),
        ("2.1", "Why would that be so?"),
        ("3.1", "They are easier to undo."),
        ("4.1", "I am not convinced."),
    ]


def test_around_new_messages_stand_the_one_before_and_the_one_replied_to() -> None:
    [window] = cut("Batches", TALK, ["d"], 1_000)
    assert layout(window) == [(1, "a", True, None), (2, "c", True, None), (3, "d", False, 1)]
    may_be_noted = {sentence.text for sentence in new_sentences(window)}
    assert may_be_noted == {"I am not convinced."}
    allowed = window.allowed()
    assert {s.text for _, s, _ in window.numbered() if allowed[s.span]} == may_be_noted


def test_messages_edited_apart_each_bring_the_one_before_them() -> None:
    topic = [said(id_, f"This is what {id_} thinks.") for id_ in "abcdefgh"]
    [window] = cut("Edits", topic, ["h", "c", "d"], 1_000)
    assert [(id_, context) for _, id_, context, _ in layout(window)] == [
        ("b", True),
        ("c", False),
        ("d", False),
        ("g", True),
        ("h", False),
    ]


def test_a_reply_to_what_is_gone_points_nowhere() -> None:
    [window] = cut("Replies", [said("z", "Yes.", reply_to="gone")], ["z"], 1_000)
    assert layout(window) == [(1, "z", False, None)]


def test_messages_without_words_are_in_no_window() -> None:
    topic = [said("a", "I asked first."), said("b", ""), said("c", "  \n"), said("d", "And I.")]
    [window] = cut("Gaps", [*topic, said("e", "So?", reply_to="b")], ["b", "d", "e"], 1_000)
    assert layout(window) == [(1, "a", True, None), (2, "d", False, None), (3, "e", False, None)]
    assert list(cut("Gaps", topic, ["b", "c"], 1_000)) == []
    assert list(cut("Gaps", topic, [], 1_000)) == []
    assert list(cut("Gaps", topic, ["never posted"], 1_000)) == []


def test_an_attachment_before_a_reply_is_seen_by_its_name() -> None:
    picture = replace(said("a", ""), attachments=("chart.png",))
    [window] = cut("Picture", [picture, said("b", "That looks wrong.")], ["b"], 1_000)
    assert [sentence.text for _, sentence, _ in window.numbered()] == [
        "[image: chart.png]",
        "That looks wrong.",
    ]


def test_a_message_moves_to_the_next_window_rather_than_being_torn() -> None:
    topic = [said("a", "Ten letters. " * 4), said("b", "Ten letters. " * 4)]
    windows = list(cut("Batches", topic, everything(topic), 60))
    assert [[m.message for m in w.messages if not m.context] for w in windows] == [["a"], ["b"]]
    assert len(list(cut("Batches", topic, everything(topic), 2 * size(windows[0])))) == 1


def test_a_long_message_spans_windows_between_sentences_and_is_numbered_anew_in_each() -> None:
    long = said("b", " ".join(f"This is sentence number {n}." for n in range(10)))
    windows = list(cut("Long", [said("a", "Tell us."), long], ["b"], 80))
    assert len(windows) == 4
    assert [s.text for w in windows for s in new_sentences(w)] == [s.text for s in split(long)]
    for window in windows:
        assert layout(window) == [(1, "a", True, None), (2, "b", False, None)]
        assert next(id_ for id_, _, m in window.numbered() if not m.context) == "2.1"


def test_a_sentence_longer_than_the_budget_stands_alone() -> None:
    code = "```\n" + "x = 1\n" * 50 + "```"
    topic = [said("a", "Short."), said("b", f"Look:\n{code}\nSee?"), said("c", "Yes.")]
    windows = list(cut("Code", topic, everything(topic), 40))
    assert [[s.text for s in new_sentences(w)] for w in windows] == [
        ["Short.", "Look:"],
        [code],
        ["See?", "Yes."],
    ]


def test_message_by_message_gives_each_its_own_window_until_it_is_too_long() -> None:
    windows = list(cut("Batches", TALK, everything(TALK), MESSAGE_BY_MESSAGE))
    assert [[m.message for m in w.messages if not m.context] for w in windows] == [
        ["a"],
        ["b"],
        ["c"],
        ["d"],
    ]
    endless = said("x", "This goes on and on. " * 500)
    parts = list(cut("Endless", [endless], ["x"], MESSAGE_BY_MESSAGE))
    assert len(parts) == 3
    assert all(size(part) <= ALONE for part in parts)


@pytest.mark.parametrize("opening", ["A long opening post it is. " * 500, "```\n" + "x\n" * 9_000])
def test_of_a_long_message_replied_to_stands_only_the_beginning(opening: str) -> None:
    topic = [said("a", opening), said("b", "Thanks."), said("c", "I agree.", reply_to="a")]
    [window] = cut("Long", topic, ["c"], 1_000)
    shown = window.messages[0]
    assert shown.context
    words = sum(len(sentence.text) for sentence in shown.sentences)
    assert CONTEXT_SIZE - 100 < words <= CONTEXT_SIZE
    for sentence in shown.sentences:
        assert sentence.text == opening[sentence.span.start : sentence.span.end]


def test_equal_surroundings_give_equal_windows_whatever_else_is_in_the_topic() -> None:
    alone = list(cut("Batches", TALK[1:3], ["c"], 1_000))
    later = [*TALK, *(said(f"n{n}", f"Much was said later, {n}.") for n in range(50))]
    assert list(cut("Batches", later, ["c"], 1_000)) == alone


def test_a_window_too_long_for_a_model_halves_and_keeps_its_context() -> None:
    [window] = cut("Batches", TALK, ["b", "c", "d"], 1_000)
    halves = window.halves()
    assert halves
    first, second = halves
    assert layout(first) == [(1, "a", True, None), (2, "b", False, None)]
    assert layout(second) == [
        (1, "a", True, None),
        (2, "b", True, None),
        (3, "c", False, 2),
        (4, "d", False, 1),
    ]


def test_halving_leaves_context_behind_that_no_kept_message_needs() -> None:
    topic = [said(id_, f"This is what {id_} thinks.") for id_ in "abcdefg"]
    [window] = cut("Edits", [*topic, said("h", "Is it, though?", "g")], ["b", "h"], 1_000)
    halves = window.halves()
    assert halves
    first, second = halves
    assert layout(first) == [(1, "a", True, None), (2, "b", False, None)]
    assert layout(second) == [(1, "g", True, None), (2, "h", False, 1)]


def test_of_a_long_message_in_the_other_half_stands_only_the_beginning() -> None:
    topic = [said("a", "It goes on. " * 100), said("b", "And on it goes. " * 100, reply_to="a")]
    [window] = cut("Long", topic, ["a", "b"], 5_000)
    halves = window.halves()
    assert halves
    first, second = halves
    assert layout(first) == [(1, "a", False, None)]
    assert layout(second) == [(1, "a", True, None), (2, "b", False, 1)]
    assert len(second.messages[0].sentences) == CONTEXT_SIZE // len("It goes on.")


def test_one_sentence_can_not_be_halved() -> None:
    [window] = cut("Batches", TALK, ["d"], 1_000)
    assert window.halves() is None


@st.composite
def topics(draw: st.DrawFn) -> list[Message]:
    words = st.lists(
        st.sampled_from(["Yes.", "Why is that?", "I do not think so at all.", "\n> they said\n"]),
        max_size=8,
    )
    contents = draw(st.lists(words.map(" ".join), max_size=12))
    known = st.none() | st.integers(0, 14).map(lambda n: f"k{n:02}")
    return [said(f"k{n:02}", text, draw(known)) for n, text in enumerate(contents)]


@settings(deadline=None)
@given(topics(), st.sets(st.integers(0, 14)), st.integers(-1, 120))
def test_every_new_sentence_is_to_be_noted_once_in_order_and_within_the_budget(
    topic: list[Message], places: set[int], budget: int
) -> None:
    unread = [f"k{place:02}" for place in places]
    windows = list(cut("Any", topic, unread, budget))
    noted = [each.span for window in windows for each in new_sentences(window)]
    assert noted == [s.span for m in topic if m.source_id in unread for s in split(m)]
    for window in windows:
        assert len(new_sentences(window)) == 1 or size(window) <= max(budget, ALONE)
        if budget > MESSAGE_BY_MESSAGE:
            assert len(new_sentences(window)) == 1 or size(window) <= budget
        check_form(window)
        for half in window.halves() or ():
            check_form(half)


def check_form(window: Window) -> None:
    """Numbered from 1 in the topic's order, nothing empty, replies to what is shown."""
    assert [m.number for m in window.messages] == list(range(1, len(window.messages) + 1))
    assert all(a.message < b.message for a, b in pairwise(window.messages))
    assert all(m.sentences for m in window.messages)
    assert all(
        m.reply_to is None or 1 <= m.reply_to <= len(window.messages) for m in window.messages
    )
    assert new_sentences(window)


@settings(deadline=None)
@given(topics(), st.integers(2, 120))
def test_halving_loses_no_sentence(topic: list[Message], budget: int) -> None:
    for window in cut("Any", topic, everything(topic), budget):
        if halves := window.halves():
            kept = [each for half in halves for each in new_sentences(half)]
            assert kept == new_sentences(window)


def test_ten_thousand_replies_to_one_long_post_take_seconds() -> None:
    opening = said("a", "This is a long opening post, and it says a lot. " * 400)
    replies = [said(f"b{n:05}", f"I agree with point {n}. Do you?", "a") for n in range(10_000)]
    topic = [opening, *replies]
    start = time.perf_counter()
    windows = list(cut("Busy", topic, everything(topic), MESSAGE_BY_MESSAGE))
    assert len(windows) > 10_000
    assert time.perf_counter() - start < 8
