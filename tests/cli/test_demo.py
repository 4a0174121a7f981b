"""`moot demo`; what it prints is held to the README by tests/test_project.py."""

import sys
import tempfile
from pathlib import Path

import pytest

from tests.cli.conftest import Moot


def test_it_leaves_nothing_behind(
    moot: Moot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert "Suggested replies" in moot("demo").out
    assert not list(tmp_path.iterdir())


def test_without_the_extra_one_sentence_says_how_to_get_the_browser(
    moot: Moot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "bot.client.playground", raising=False)
    monkeypatch.setitem(sys.modules, "simcord", None)
    assert "pip install 'moot[browser]'" in moot("demo", "--browser").sentence
