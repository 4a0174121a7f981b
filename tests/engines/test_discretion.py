"""What a server repeats of a key or of people's words goes no further; what it explains does."""

import pytest

from bot.engines.discretion import discreet, without_login

KEY = "sk-zzyzx-0123456789abcdef"
SENT = 'P1 said: "My zzyzxian aunt\nwill not pay the rent".'


@pytest.mark.parametrize(
    "told",
    [
        f"Incorrect API key provided: {KEY}.",
        f"Bearer {KEY[:14]} is unknown",
        f"key ends in {KEY[-9:]}",
        "can't parse: My zzyzxian aunt will not pay",
        'can\'t parse: \\"MY ZZYZXIAN AUNT\\nwill not\\"',
    ],
)
def test_what_it_repeats_is_left_out(told: str) -> None:
    assert discreet(told, KEY, [SENT]) == ""


@pytest.mark.parametrize(
    "told",
    [
        "The model 'qwen9' does not exist",
        "Incorrect API key provided: sk-z***cdef.",
        "You exceeded your current quota",
        "",
    ],
)
def test_what_it_explains_is_passed_on(told: str) -> None:
    assert discreet(told, KEY, [SENT, ""]) == told
    assert discreet(told, None, []) == told


def test_an_address_is_told_without_its_password() -> None:
    assert without_login("https://ada:secret@llm.example/v1") == "https://llm.example/v1"
    assert without_login("http://127.0.0.1:8080/v1") == "http://127.0.0.1:8080/v1"
    assert without_login(None) is None
