"""What a reader takes for the same is the same to the checks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.lookalikes import alike, stacked


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Еveryone", "Everyone"),
        ("ǝvǝryonǝ", "everyone"),
        ("𝓔veryone", "Everyone"),
        ("Every\U0001d173one", "Everyone"),
        ("E\u0332veryone", "Everyone"),
        ("Αna Lópеz", "Ana Lopez"),
        ("e v e r y o n e here", "everyone here"),
        ("d i s c o r d . g g", "discord.gg"),
        ("evil․example／abc", "evil.example/abc"),
        ("ever\u00adyone", "everyone"),
        ("田中さん", "田中さん"),
        ("ไทยผู้ที่", "ไทยผู้ที่"),
        ("हिन्दी", "हिन्दी"),
        ("a b c of it", "a b c of it"),
    ],
)
def test_letters_that_look_alike_are_alike(written: str, read: str) -> None:
    assert alike(written) == read


@given(st.text())
def test_any_text_has_a_form(text: str) -> None:
    assert alike(alike(text)).casefold() is not None
    assert alike(text).isascii() or not text.isascii()


def test_marks_that_are_heaped_on_letters_are_seen_and_those_of_languages_are_not() -> None:
    assert stacked("r\u0489\u0334\u0335\u0489\u0334omance")
    for text in ("Tiếng Việt", "ผู้ที่", "हिन्दी", "שָׁלוֹם", "e\u0301\u0302", "plain"):
        assert not stacked(text)
