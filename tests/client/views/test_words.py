"""People's words where they are no quote."""

import pytest

from bot.client.views.words import called, name, title


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


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Chris H <c@x.org>", "Chris H"),
        ('"Chris H" <c@x.org>', "Chris H"),
        ("mark.davis@x.org", "mark.davis"),
        ("<c@x.org>", "c"),
        ("mark@x.org (2)", "mark (2)"),
        ("@home", "@home"),
        ("bob <3", "bob <3"),
    ],
)
def test_a_name_is_what_people_are_called(written: str, said: str) -> None:
    assert called(written) == said


def test_a_name_is_never_formatting_whatever_stands_beside_it() -> None:
    assert name("[AFK] *Bob*") == "\\[AFK\\] \\*Bob\\*"
    assert "@e" not in name("@everyone")
    assert name(" ") == "someone"
