"""What somebody could follow out of a text."""

import pytest

from bot.core.folding import folded
from bot.core.links import dotted, links


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
