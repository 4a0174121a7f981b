"""An edit that only mends typing mistakes is told from one that says something else."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.edits import mended
from bot.core.model import Author, Message, Place
from bot.core.sentences import split

MIRA = Author("1", "Mira")


def posted(content: str, **more: object) -> Message:
    return Message("7", MIRA, content, **more)  # type: ignore[arg-type]


def edit(before: str, after: str) -> dict[Place, Place] | None:
    return mended(posted(before), posted(after))


def places(content: str, *attachments: str) -> list[Place]:
    sentences = split(posted(content, attachments=attachments))
    return [(each.span.start, each.span.end) for each in sentences]


MENDED = [
    ("We shoud paint it blue.", "We should paint it blue."),
    ("We should paint teh room.", "We should paint the room."),
    ("Paint it grean.", "Paint it green."),
    ("I recieved both letters.", "I received both letters."),
    ("its fine by me", "It's fine by me!"),
    ("We cant pay for that.", "We can't pay for that."),
    ("Blue, or green   perhaps.", "Blue or green perhaps."),
    ("I like **blue**.", "I like blue."),
    ("Costs 5 euros, (2 each).", "costs 5 euros 2 each!"),
    ("Das wäre schon.", "Das wäre schön."),
    ("Das ist scho\u0308n, so\u00adgar.", "Das ist sch\u00f6n, sogar."),
    ("Is it blue??", "Is it blue?"),
    (
        "Somebody tolld me yestreday that the room upstairs is larger than the others.",
        "Somebody told me yesterday that the room upstairs is larger than the others.",
    ),
    ("> He sayd so.\nYes, he did.", "> He said so.\nYes, he did."),
    ("See https://a.example/b for the pirce.", "See https://a.example/b for the price."),
    ("- A lisst\n- of two", "* A list\n* of two"),
    ("", " "),
]
MORE = [
    ("We will go.", "They will go."),
    ("We agree.", "We do agree."),
    ("I like blue. So does he.", "I like blue, so does he."),
    ("We can pay for that.", "We can't pay for that."),
    ("We can pay.", "We cant pay."),
    ("I want that.", "I wont that."),
    ("There is on way to pay.", "There is no way to pay."),
    ("I now agree with that.", "I not agree with that."),
    ("Er hat ein kleines Haus.", "Er hat kein kleines Haus."),
    ("Klein ist es.", "Kein ist es."),
    ("It costs 15 euros.", "It costs 16 euros."),
    ("It costs 1,5 euros.", "It costs 15 euros."),
    ("It gets -5 degrees.", "It gets 5 degrees."),
    ("We need there of them.", "We need three of them."),
    ("It costs $5.", "It costs €5."),
    ("Is it blue.", "Is it blue?"),
    ("Is it blue?", "Is it blue."),
    ("Fire him now.", "Hire him now."),
    ("It is legal.", "It is illegal."),
    ("We all won that.", "We all wan that."),
    ("We buy it.", "We bay it."),
    ("Grean and bleu walls.", "Green and blue walls."),
    ("See https://a.example/blue first.", "See https://a.example/bleu first."),
    ("See www.example.com first.", "See www.exampel.com first."),
    ("Ask example.com first.", "Ask exampel.com first."),
    ("Ask @marko first.", "Ask @marco first."),
    ("Ask <@123> first.", "Ask <@124> first."),
    ("See #lobby first.", "See #looby first."),
    ("He is ||the murderer||.", "He is the murderer."),
    ("He is the murderer.", "He is ||the murderer||."),
    ("||\nHe did it.\n||", "He did it."),
    ("||\n```\nprint(blue)\n```\n||", "```\nprint(blue)\n```"),
    ("We ~~will~~ go.", "We will go."),
    ("Call `print now` there.", "Call `prints now` there."),
    ("Use `that` there.", "Use that there."),
    ("So:\n```\nprint(blue)\n```", "So:\n```\nprint(bleu)\n```"),
    ("He said so.", "> He said so."),
    ("I agree 👍", "I agree 👎"),
    ("I agree.", "I agree 👍."),
    ("我们同意这个计划。", "我们不同意这个计划。"),
    ("할 수있습니다만 그래요.", "할 수없습니다만 그래요."),
    ("Blue.", ""),
]


@pytest.mark.parametrize(("before", "after"), MENDED)
def test_a_typing_mistake_is_mended(before: str, after: str) -> None:
    assert edit(before, after) == dict(zip(places(before), places(after), strict=True))
    assert edit(after, before) is not None


@pytest.mark.parametrize(("before", "after"), MORE)
def test_what_may_say_something_else_is_more_than_that(before: str, after: str) -> None:
    assert edit(before, after) is None
    assert edit(after, before) is None


@pytest.mark.parametrize(
    "change", [{"author": Author("2", "Jun")}, {"reply_to": "3"}, {"attachments": ("cat.png",)}]
)
def test_another_author_reply_or_attachment_is_more(change: dict[str, object]) -> None:
    before = posted("We shoud paint it.")
    assert mended(before, replace(before, **change)) is None


def test_an_author_may_have_another_name_and_an_attachment_stays_at_the_end() -> None:
    before = posted("We shoud.", attachments=("cat.png",))
    after = replace(before, author=replace(MIRA, name="mirabelle"), content="We should.")
    assert mended(before, after) == {(0, 9): (0, 10), (9, 9): (10, 10)}


def test_contested_words_stay_letter_for_letter_while_others_are_mended() -> None:
    before = posted("I sayd so. Blue is calm.", contested=((11, 24),))
    moved = posted("I said, so. Blue is calm.", contested=((12, 25),))
    assert mended(before, moved) == {(0, 10): (0, 11), (11, 24): (12, 25)}
    assert mended(before, replace(moved, contested=())) is None
    other = posted("I sayd so. Blue is clam.", contested=((11, 24),))
    assert mended(before, other) is None


WORDS = st.sampled_from(["We", "should", "paint", "the", "room", "blue", "never", "15", "?", "👍"])
ENDS = st.sampled_from([". ", "! ", ", ", " ", "? ", "\n\n"])
WRITTEN = st.lists(st.tuples(WORDS, ENDS), max_size=12)


@given(st.text())
@example("||\n||a\n\n> ```b")
def test_no_edit_leaves_each_sentence_where_it_is(content: str) -> None:
    message = posted(content, attachments=("cat.png",))
    there = places(content, "cat.png")
    assert mended(message, message) == dict(zip(there, there, strict=True))


@given(WRITTEN, st.data())
def test_mended_sentences_keep_their_order(
    written: list[tuple[str, str]], data: st.DataObject
) -> None:
    before = "".join(map("".join, written))
    after = "".join(_mistyped(word, data) + end for word, end in written)
    moves = edit(before, after)
    assert (moves is None) == (edit(after, before) is None)
    if moves is not None:
        assert list(moves) == sorted(places(before))
        assert list(moves.values()) == sorted(places(after))


def _mistyped(word: str, data: st.DataObject) -> str:
    place = data.draw(st.integers(0, len(word)))
    swapped = word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
    return data.draw(
        st.sampled_from([word, word, word.upper(), swapped, word[:place] + word[place + 1 :]])
    )
