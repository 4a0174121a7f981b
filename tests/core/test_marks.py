"""Discord's marks are read as words, and where they name people is kept."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.marks import Names, readable
from bot.core.mentions import followed, marked, renamed
from bot.core.model import Mention

NAMES = Names(
    {"2": "Tomas", "5": "Dr. Who! Sell\nit. `now` **all**"}, {"77": "Brewers"}, {"42": "rent"}
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("I think <@2> is right.", "I think @Tomas is right."),
        ("<@!2>, see <#42>.", "@Tomas, see #rent."),
        ("<@9> of <@&77> and <@&78> in <#43>", "@unknown-user of @Brewers and @unknown-role in "
         "#unknown-channel"),
        ("It is <:teapot:12345> <a:party:6>", "It is :teapot: :party:"),
        ("Use </price set:99>.", "Use /price set."),
        ("See <id:customize>.", "See #customize."),
        ("since <t:1767225600>", "since 2026-01-01 00:00 UTC"),
        ("since <t:1767225600:R>", "since 2026-01-01 00:00 UTC"),
        ("on <t:1767225600:D> at <t:1767225600:t>", "on 2026-01-01 at 00:00 UTC"),
        ("in <t:-86400:d>", "in 1969-12-31"),
        ("at @midnight, a < b, <3, <@>, <@x>, <t:>, <t:99999999999999999>",) * 2,
        ("`<@2>` and ```\n<@2>\n``` and <@2>", "`<@2>` and ```\n<@2>\n``` and @Tomas"),
        ("an open ` and <@2>", "an open ` and @Tomas"),
        ("``a ` b <@2>`` <@2>", "``a ` b <@2>`` @Tomas"),
    ],
)  # fmt: skip
def test_marks_are_read_as_discord_shows_them(typed: str, read: str) -> None:
    assert readable(typed, NAMES).text == read


def test_a_name_brings_no_sentence_and_no_formatting_into_the_words_of_others() -> None:
    assert readable("<@5> is right.", NAMES).text == "@Dr Who Sell it now all is right."


def test_where_it_names_people_is_kept() -> None:
    worded = readable("<:tea:1> <@2> and <@9>, <@&77>", NAMES)
    assert [(worded.text[m.start : m.end], m.person) for m in worded.mentions] == [
        ("@Tomas", "2"),
        ("@unknown-user", "9"),
    ]


def test_names_that_an_export_has_put_in_are_found_again() -> None:
    text = "See @Tom, @Tomas and @Tomasina; mail tom@Tomas."
    found = marked(text, (), {"Tom": "1", "Tomas": "2"})
    assert [(text[each.start : each.end], each.person) for each in found] == [
        ("@Tom", "1"),
        ("@Tomas", "2"),
    ]


def test_a_name_within_a_name_is_not_found_twice() -> None:
    text = "See @x @b and @b."
    found = marked(text, (Mention(4, 9, "1"),), {"x @b": "1", "b": "2"})
    assert [(text[each.start : each.end], each.person) for each in found] == [
        ("@x @b", "1"),
        ("@b", "2"),
    ]


def test_other_names_move_what_stands_behind_them() -> None:
    before = readable("<@2> and <@2> agree.", NAMES)
    text, after = renamed(before.text, before.mentions, {0: ("@Jo", "2"), 1: ("@someone", None)})
    assert text == "@Jo and @someone agree."
    assert after == (Mention(0, 3, "2"), Mention(8, 16, None))
    end = before.text.index("agree")
    assert text[followed(end, before.mentions, after) :] == "agree."


@given(st.text(st.sampled_from("<@!&#>0:tR`/ai 2\n"), max_size=80))
def test_any_text_keeps_what_is_no_mark(text: str) -> None:
    worded = readable(text, NAMES)
    assert len(worded.before) == len(worded.after)
    gone = "".join(text[m.start : m.end] for m in worded.before)
    new = "".join(worded.text[m.start : m.end] for m in worded.after)
    assert len(worded.text) - len(new) == len(text) - len(gone)
    assert readable(worded.text, NAMES).text == worded.text or "`" in text


@pytest.mark.parametrize("piece", ["`", "` `` ", "<@", "<t:1:", "</a", "<@2>", "<:", "``` <@2> "])
def test_long_texts_take_time_linear_in_their_length(piece: str) -> None:
    began = time.process_time()
    readable(piece * 100_000, NAMES)
    assert time.process_time() - began < 5
