import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.inert import dead, inert, json_text, one_line, shorten, visible


@pytest.mark.parametrize(
    ("words", "gone"),
    [
        ("hi @everyone", "@everyone"),
        ("hi @Here", "@Here"),
        ("<@123> and <@&4>", "<@"),
        ("see <#99>", "<#"),
        ("</ban:1>", "</"),
        ("[bank](https://evil.example)", "]("),
        ("a\x1b[31mred", "\x1b"),
        ("abc\u202edcb", "\u202e"),
        ("```ansi\nx", "```"),
        ("# Shout", "\n# "),
    ],
)
def test_a_quote_loses_its_effect_and_keeps_its_words(words: str, gone: str) -> None:
    shown = inert(words)
    assert gone not in "\n" + shown
    assert [c for c in shown if c.isalnum()] == [c for c in words if c.isalnum()]


@pytest.mark.parametrize(
    "words",
    [
        "x@everyone",
        "@here",
        "<@1> and <@&1>",
        "<#1>",
        "<t:1700000000>",
        "</ban:1>",
        "<id:customize>",
        "<https://evil.example>",
        "<:so:123456>",
        "[bank](https://evil.example)",
        "discord.gg/evil",
        "```ansi\nx",
        "# Shout",
        "-# small",
        "> said",
    ],
)
def test_what_a_model_writes_can_have_no_effect(words: str) -> None:
    shown = dead(f"It is so.\n{words}")
    assert not re.search(r"@\w|<[@#/:a-z]|\]\(|://|\w\.gg|```|^(?:#|-#|>) ", shown, re.MULTILINE)
    assert dead(shown) == shown
    assert [c for c in shown if c.isalnum()] == [c for c in f"It is so.{words}" if c.isalnum()]


def test_half_a_spoiler_hides_the_whole_quote() -> None:
    assert inert("the killer|| is the butler") == "||the killer is the butler||"
    assert inert("||all|| hidden") == "||all|| hidden"


@given(st.text())
def test_plain_words_pass_unharmed_and_nothing_steers_a_terminal(text: str) -> None:
    letters = [c for c in text if c.isalnum()]
    assert [c for c in inert(text) if c.isalnum()] == letters
    assert "\x1b" not in visible(text)
    assert "\n" not in one_line(text)


@given(st.text(st.characters(codec="utf-8")))
def test_json_holds_every_letter_and_no_control_character(text: str) -> None:
    printed = json_text({"words": text})
    assert json.loads(printed) == {"words": text}
    assert not any(0x7F <= ord(c) <= 0x9F or "\u202a" <= c <= "\u202e" for c in printed)


@given(st.text(), st.integers(2, 50))
def test_shortened_text_fits(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit
