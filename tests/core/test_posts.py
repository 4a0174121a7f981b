"""What a message of Discord's says, in whichever part of it the words stand."""

import pytest

from bot.core.marks import Names
from bot.core.model import Author, Message, attachment_marker, described
from bot.core.posts import Poll, Post, Preview, said
from bot.core.sentences import SentenceKind, split

NOBODY = Names()


def own(post: Post) -> list[str]:
    """The sentences that may count as the author's."""
    message = Message("1", Author("1", "mira"), said(post, NOBODY).content)
    return [each.text for each in split(message) if each.evidence]


def others(post: Post) -> list[str]:
    message = Message("1", Author("1", "mira"), said(post, NOBODY).content)
    return [each.text for each in split(message) if each.kind is SentenceKind.QUOTED]


@pytest.mark.parametrize(
    "words",
    ["The rent rises.", "One.\n\nTwo.\r\nThree.", "```\ncode\n```\nmore", ">>> deep\nwords",
     "a\u2028b\x85c\x0bd", "# Title\n- item", "> quoted\nanswer"],
)  # fmt: skip
def test_forwarded_words_are_nobodys_own(words: str) -> None:
    post = Post("", forwarded=(Post(words),))
    assert own(post) == []
    assert others(post)


def test_a_forward_of_nothing_is_empty() -> None:
    assert said(Post("", forwarded=(Post(" \n"),)), NOBODY).content == ""


def test_a_poll_is_its_authors_question_and_nobodys_answers() -> None:
    poll = Poll("Tea or coffee?", ("Tea", "☕ Coffee"))
    assert own(Post("", poll=poll)) == ["Tea or coffee?"]
    assert others(Post("", poll=poll)) == ["Tea", "☕ Coffee"]
    ended = Poll("Tea or coffee?", ("Tea", "Coffee"), (1, 3))
    assert others(Post("", poll=ended)) == ["Tea (1 vote)", "Coffee (3 votes)"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"victor_answer_text": "Tea", "victor_answer_votes": "3", "total_votes": "5"},
         'The poll "Tea? Or not." has ended: "Tea" won with 3 of 5 votes.'),
        ({"total_votes": "4"},
         'The poll "Tea? Or not." has ended: no answer won, with 4 votes in all.'),
        ({}, 'The poll "Tea? Or not." has ended: no answer won, with 0 votes in all.'),
    ],
)  # fmt: skip
def test_the_end_of_a_poll_is_one_sentence(fields: dict[str, str], sentence: str) -> None:
    fields = {"poll_question_text": "Tea? Or not.", **fields}
    assert own(Post("", result=fields)) == [sentence]
    assert said(Post("", result={}), NOBODY).content == ""


def test_what_a_link_leads_to_is_not_its_posters_view() -> None:
    preview = Preview("Rents rise", "They rise by a third.\nIn May. " + "More. " * 100)
    post = Post("See https://news.example/1 please.", previews=(preview, Preview()))
    assert own(post) == ["See https://news.example/1 please."]
    assert others(post)[0] == "Rents rise: They rise by a third."
    assert len(said(post, NOBODY).content) < 400


@pytest.mark.parametrize("content", ["```\nopen", "~~~\nopen", "a ``` b"])
def test_code_that_is_left_open_takes_in_no_words_of_others(content: str) -> None:
    assert not any("Sell" in each for each in own(Post(content, previews=(Preview("Sell"),))))


def test_people_in_every_part_are_found() -> None:
    names = Names({"2": "Tomas"})
    words = said(Post("<@2>!", forwarded=(Post("ask <@2>"),), poll=Poll("<@2>?", ())), names)
    found = [words.content[each.start : each.end] for each in words.mentions]
    assert found == ["@Tomas"] * 3


@pytest.mark.parametrize(
    ("name", "description", "shown"),
    [
        ("cat.png", None, "[image: cat.png]"),
        ("cat.png", "my cat: asleep", "[image: cat.png: my cat: asleep]"),
        ("a: b.png", None, "[image: a: b.png]"),
        ("voice-message.ogg", None, "[voice message]"),
        ("wave.sticker", None, "[sticker: wave]"),
        ("notes", " ", "[file: notes]"),
    ],
)
def test_an_attachment_says_what_it_is(name: str, description: str | None, shown: str) -> None:
    assert attachment_marker(described(name, description)) == shown
