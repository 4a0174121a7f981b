"""What a terminal makes clickable: messages where their source has an address, and nothing else."""

import pytest

from bot.cli import render
from bot.core.arrangement import Stance
from bot.core.summary import Answer, EngineFacts, Quote, Receipt, TopicFacts, Usage
from tests.cli.screen import printed


def answered(author: str, url: str) -> str:
    quote = Quote("m1", author, "Hats should come back.", Stance.SUPPORTS, url, None)
    receipt = Receipt(1, 1, (), 1, 1, (), ())
    topic = TopicFacts(1, "Hats", None, 1, 1)
    answer = Answer(topic, EngineFacts("quotes"), None, (quote,), receipt, Usage())
    return printed(render.answer(answer), width=200)


def test_a_message_is_linked_at_its_source() -> None:
    assert ";https://discord.com/channels/1/2/3\x1b" in answered(
        "Ana", "https://discord.com/channels/1/2/3"
    )


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://x\x1b\\\x1b[2J", "https://x y", "file:///etc/passwd"]
)
def test_an_address_that_could_do_harm_is_none(url: str) -> None:
    seen = answered("Ana", url)
    assert "\x1b]8" not in seen
    assert "#m1" in seen


def test_a_name_is_no_link() -> None:
    assert "https://" not in answered("https://evil.example", "")
