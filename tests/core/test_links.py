"""What somebody could follow out of a text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.folding import folded
from bot.core.links import dotted, links, unlinked
from bot.core.lookalikes import alike

LIVE = re.compile(r"\w://|www\.\w|discord\.\w\w|\w\.\w\w\S*/", re.IGNORECASE)
"""What a chat or a terminal makes a link of."""


@pytest.mark.parametrize(
    "text",
    [
        "see https://evil.example/x now",
        "see HTTP://EVIL.EXAMPLE now",
        "see www.evil.example now",
        "see discord.gg/evil now",
        "see discord . gg/evil now",
        "see discordapp.com/invite/evil now",
        "see dis\u200bcord\uff0egg/evil now",
        "see evil.com now",
        "see a.b-c.evil.co.uk/x?y now",
        "see hats.evil.security now",
        "run javascript:alert(1) now",
        "write mailto:me@evil.example now",
        "open data:text/html;base64,AA now",
    ],
)
def test_a_link_is_found_however_it_is_written(text: str) -> None:
    assert list(links(folded(text)))


@pytest.mark.parametrize(
    "text",
    [
        "It is so. See you there.",
        "e.g. hats, i.e. caps, at 5 p.m.",
        "Wait...what? It costs 3.50 or 1.000.000.",
        "the ratio is 1:2, and the data: none",
        "Use Node.js with config.toml.",
        "これは。あれは。",
    ],
)
def test_plain_words_are_none(text: str) -> None:
    assert not list(links(folded(text)))


def test_a_word_with_a_dot_is_told_apart() -> None:
    assert list(dotted("Use Node.js with config.toml now. Good.")) == ["Node.js", "config.toml"]


def test_an_abbreviation_at_the_end_of_a_sentence_is_no_address() -> None:
    assert list(links("It is about access to the WWW.")) == []


@pytest.mark.parametrize(
    "text",
    [
        "_https://evil.ZIP/x_",
        "__https://evil.zip/x__",
        "éhttps://evil.zip/x",
        "見https://evil.zip/x",
        "HTTPS://EVIL.ZIP/x",
        "https:/" + "/evil.zip/x",
        "t.ly/abc",
        "Evil.Zip/x",
        "еvil.рф/x",
        "evil.中国/x",
        "discord (dot) gg/abc",
        "d i s c o r d . g g / a b c",
        "discord.new/abc",
        "discord.gift/abc",
        "watchanimeattheoffice.com/invite/abc",
        "mira@mail.example.com",
        "evil.example:8080",
    ],
)
def test_no_letters_around_it_hide_an_address_and_none_is_live_when_shown(text: str) -> None:
    said = f"Most of it is romance, see {text} now."
    assert list(links(alike(said)))
    assert not LIVE.search(unlinked(said))


@pytest.mark.parametrize(
    "words", ["e.g. hats", "3.5 and 1.000.000", "at 5 p.m.", "U.S.A.", "v6.1.0", "Wait...what?"]
)
def test_words_with_dots_are_shown_as_they_are(words: str) -> None:
    assert unlinked(words) == words


def test_a_thing_with_a_dot_reads_as_before() -> None:
    for words in ("ASP.NET", "Node.js", "config.toml", "mark.davis"):
        assert unlinked(f"It is {words}.") == f"It is {words}."
        assert list(links(words)) == []


@given(
    st.lists(
        st.sampled_from(["https", "http", ":", "/", "//", "www", ".gg", ".com", "discord", "x"])
    )
)
def test_no_pieces_make_a_link_together(pieces: list[str]) -> None:
    assert not LIVE.search("".join(map(unlinked, pieces)))
    assert not LIVE.search(unlinked("".join(pieces)))
    assert unlinked(unlinked("".join(pieces))) == unlinked("".join(pieces))
