"""`moot demo`; what it prints is held to the README by tests/test_project.py."""

import sys
import tempfile
from pathlib import Path

import pytest

from tests.cli.conftest import Moot
from tests.endpoint import Reply, serving


def test_it_leaves_nothing_behind(
    moot: Moot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert "Suggested replies" in moot("demo").out
    assert not list(tmp_path.iterdir())


def test_with_no_model_it_plays_recorded_answers_and_says_so(moot: Moot) -> None:
    shown = " ".join(moot("demo").out.split())
    assert shown.startswith("These are recorded answers of a large model to the sample")
    assert "moot demo --engine quotes" in shown
    assert "written with AI" in shown
    assert "6 of 6 people cited" in shown
    assert "Still open" in shown


def test_without_a_model_it_shows_people_in_their_own_words(moot: Moot) -> None:
    shown = moot("demo", "--engine", "quotes").out
    assert shown.startswith("Does small-batch production still matter?")
    assert "In their own words" in shown
    assert "written with AI" not in shown
    assert "6 of 6 people cited" in shown


def test_a_model_that_is_configured_is_asked(moot: Moot, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda request: Reply("I am a poet.")) as endpoint:
        monkeypatch.setenv("MOOT_LLM__BASE_URL", endpoint.url)
        monkeypatch.setenv("MOOT_LLM__MODEL", "scripted")
        assert "recorded" not in moot("demo").out
        asked = len(endpoint.requests)
        assert asked > 0
        moot("demo", "--engine", "quotes")
        assert len(endpoint.requests) == asked


def test_a_model_that_can_t_be_reached_is_told_beside_the_quotes(
    moot: Moot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOOT_LLM__BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("MOOT_LLM__MODEL", "scripted")
    ended = moot("demo")
    why = "The model scripted at http://127.0.0.1:9/v1 can't be reached."
    assert ended.err.splitlines() == [f"moot: {why} Quotes only this time."]
    shown = " ".join(ended.out.split())
    assert "quotes only, since the model did not answer: The model scripted at " in shown
    assert "In their own words" in shown


def test_asked_for_a_model_where_none_is_set_it_says_so(moot: Moot) -> None:
    assert moot("demo", "--engine", "llm").sentence == (
        "There is no model to ask: set model or gguf under [llm]; without --engine, moot demo "
        "plays recorded answers."
    )


def test_without_the_extra_one_sentence_says_how_to_get_the_browser(
    moot: Moot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "bot.client.playground", raising=False)
    monkeypatch.setitem(sys.modules, "simcord", None)
    assert "pip install 'moot[browser]'" in moot("demo", "--browser").sentence
