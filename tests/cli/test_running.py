"""`moot run`, as far as it comes without Discord; the rest is tried in tests/wire."""

from pathlib import Path

import pytest

from tests.cli.conftest import Moot


def test_without_a_token_one_sentence_says_where_to_get_one(
    moot: Moot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    monkeypatch.delenv("MOOT_DISCORD__TOKEN", raising=False)
    assert "set DISCORD_TOKEN, or token under [discord]" in moot("run").sentence
    assert not (tmp_path / "moot.db").exists()


def test_a_token_that_is_none_is_never_sent(moot: Moot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "two words")
    assert moot("run").sentence.startswith("Discord does not take this bot token")
