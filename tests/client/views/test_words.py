"""People's words where they are no quote."""

import pytest

from bot.client.views.words import name, title


@pytest.mark.parametrize(
    "text", ["https://evil.example", "WWW.evil.example", "discord.gg/evil", "DISCORD.com/invite/e"]
)
def test_a_name_or_a_title_leads_nowhere(text: str) -> None:
    for shown in (name(text), title(text)):
        assert "://" not in shown
        assert "www." not in shown.casefold()
        assert "discord.gg" not in shown
        assert "discord.com" not in shown.casefold()
        assert shown.replace("\u200b", "").replace("\\", "") == text
