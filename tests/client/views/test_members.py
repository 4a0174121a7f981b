"""No sentence on Discord sends a member to a file, a setting, a command or an address."""

import pytest

from bot.client.views.members import for_members
from bot.client.views.receipt import summary_line
from bot.core.summary import EngineFacts
from tests.client.views.summaries import bakery


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "Quotes alone make no honest counter: ask for ask or build; or set model under [llm].",
            "Quotes alone make no honest counter: ask for ask or build.",
        ),
        (
            "The model m at http://10.0.0.5:8080/v1 can't be reached: start it, or set base_url "
            "under [llm].",
            "The model m can't be reached.",
        ),
        ("There is no engine llm here; configure a model first.", "There is no engine llm here."),
        ('There is no message "5"; "moot show 1" lists them.', 'There is no message "5".'),
        ("There is no model file /srv/models/a.gguf: see `gguf`.", ""),
        ("The key is refused. Set OPENAI_API_KEY, or run `moot doctor`.", "The key is refused."),
        ("No certificate: SSL_CERT_FILE names a missing file.", "No certificate."),
    ],
)
def test_what_only_a_host_can_act_on_is_left_out(sentence: str, told: str) -> None:
    assert for_members(sentence) == told


@pytest.mark.parametrize(
    "sentence",
    [
        "You asked just now: wait 30 s, then ask again.",
        "The budget of this server is used up for today: it begins anew at 00:00 UTC.",
        'Several topics fit "config.toml under [llm]"; choose one.',
        "This thread is not kept yet; a host chooses with /moot setup which channels are.",
        "The model gpt-6-luna took longer than 600 s; what it has read by now is kept.",
        "There is no such intent; there are build, bridge, ask.",
        "",
    ],
)
def test_what_a_member_can_act_on_stays(sentence: str) -> None:
    assert for_members(sentence) == sentence


@pytest.mark.parametrize(
    "piece", ["a:// ", "a.", "aa", '"', "“", "a_key", ": ", "/a/", "[a", "moot "]
)
def test_it_takes_time_in_proportion_to_the_length(piece: str) -> None:
    for_members(piece * (200_000 // len(piece)))


@pytest.mark.parametrize(
    ("why", "told"),
    [
        (
            "The model m at http://10.0.0.5/v1 can't be reached: set base_url under [llm].",
            "quotes only, since the model did not answer: The model m can't be reached",
        ),
        ("Set model under [llm].", "quotes only, since the model did not answer"),
    ],
)
def test_the_line_under_a_card_says_why_there_are_only_quotes(why: str, told: str) -> None:
    receipt = bakery().receipt
    assert summary_line(receipt, EngineFacts("quotes", fallback=why), 3).endswith(told)
