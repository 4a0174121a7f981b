"""The page that hosts copy says what the program does: every command and button on it is there."""

import re
from pathlib import Path

import pytest
from click import Command, Group

from bot.cli import moot
from bot.client.setup_cog import SetupCog
from bot.client.views import card, privacy
from bot.client.views.contest import TITLE
from tests.client.views.screen import labels
from tests.client.views.summaries import bakery

PAGE = (Path(__file__).parents[1] / "docs" / "privacy.md").read_text(encoding="utf-8")
TOLD = " ".join(PAGE.split())


@pytest.mark.parametrize("told", sorted(set(re.findall(r"`(moot [^`]+)`", TOLD))))
def test_every_command_on_it_is_one(told: str) -> None:
    command: Command = moot
    _, *words = told.split()
    while words and isinstance(command, Group):
        command = command.commands[words.pop(0)]
    known = {option for each in command.params for option in each.opts}
    assert {word for word in words if word.startswith("-")} <= known


@pytest.mark.parametrize("told", sorted(set(re.findall(r"`/moot (\w+)`", TOLD))))
def test_every_host_command_on_it_is_one(told: str) -> None:
    assert told in {each.name for each in SetupCog().walk_app_commands()}


def test_every_button_on_it_is_there() -> None:
    buttons = {*labels(privacy.privacy_card(1, 1, None, is_out=False))}
    buttons |= {*labels(card.summary_card(bakery()))}
    assert {"Send me my data", "Opt out", "Erase", TITLE} <= buttons
    assert all(f"*{each}*" in TOLD for each in ("Send me my data", TITLE))
    assert f"*{TITLE}*" in privacy.KEPT
