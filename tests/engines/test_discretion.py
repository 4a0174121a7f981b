"""What a server repeats of a key or of people's words goes no further; what it explains does."""

import pytest

from bot.engines.discretion import HIDDEN, discreet, secrets_in, without_login

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


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1"),
        ("https://ada:secret@llm.example/v1", "https://llm.example/v1"),
        ("https://secret@llm.example/v1", "https://llm.example/v1"),
        ("https://ada:se@cret@llm.example/v1", "https://llm.example/v1"),
        ("https://llm.example/v1?key=secret", "https://llm.example/v1"),
        ("https://llm.example/v1?key=se@cret&a=secret", "https://llm.example/v1"),
        ("https://llm.example/v1#secret", "https://llm.example/v1"),
        ("https://ada:secret@llm.example/v1?key=secret", "https://llm.example/v1"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1"),
        ("/models/small@home.gguf", "/models/small@home.gguf"),
        ("127.0.0.1:8080/v1", "127.0.0.1:8080/v1"),
        ("https://ada:sec/ret@llm.example/v1", HIDDEN),
        ("https://ada:sec?ret@llm.example/v1", HIDDEN),
        ("https://ada:sec#ret@llm.example/v1", HIDDEN),
        ("ada:secret@llm.example/v1", HIDDEN),
        ("llm.example/v1?key=secret", HIDDEN),
        (None, None),
    ],
)
def test_an_address_is_told_without_its_secrets(address: str | None, shown: str | None) -> None:
    assert without_login(address) == shown


@pytest.mark.parametrize(
    "address", ["https://ada:hunter22@llm.example/v1", "https://llm.example/v1?key=hunter22"]
)
def test_a_secret_of_the_address_that_a_server_repeats_is_left_out(address: str) -> None:
    assert discreet("There is no /v1/chat?key=hunter22", None, secrets_in(address)) == ""
    assert discreet("There is no such path", None, secrets_in(address)) == "There is no such path"
    assert secrets_in("http://127.0.0.1:8080/v1") == secrets_in(None) == ()
