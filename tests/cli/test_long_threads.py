"""A thread in which many speak: the terminal shows the first of every side, and all on demand."""

from pathlib import Path

import pytest

from tests.cli.conftest import Moot
from tests.cli.topics import export
from tests.endpoint import serving
from tests.engines.llm.world import GoodModel

PRAISE = [(f"ana{n}", f"Hat number {n} is the warmest thing that I own.") for n in range(24)]
ALONE = ("ben", "Hats are a nuisance in every train.")
ASKED = [(f"cho{n}", f"What does hat number {n} cost?") for n in range(9)]


def test_who_stands_alone_against_many_is_among_the_first(
    moot: Moot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    moot("import", export(tmp_path / "hats.json", (*PRAISE, ALONE)))
    model = GoodModel()
    model.places["nuisance"] = "against {warmest}"
    with serving(model) as endpoint:
        monkeypatch.setenv("MOOT_LLM__BASE_URL", endpoint.url)
        monkeypatch.setenv("MOOT_LLM__MODEL", "scripted")
        shown = moot("summary", 1).out
        listed = moot("summary", 1, "--json").document["viewpoints"]
    assert shown.index("held by ben") < shown.index("held by ana3")
    assert [each["authors"] for each in listed[-2:]] == [["ana23"], ["ben"]]


def test_of_many_the_first_are_shown_and_all_on_demand(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(tmp_path / "hats.json", (*PRAISE, *ASKED)))
    few, everything = moot("summary", 1).out, moot("summary", 1, "--all").out
    assert "and 4 more viewpoints: --all shows all" in few
    assert "and 1 more question: --all shows all" in few
    assert "more" not in everything
    for _, words in (*PRAISE, *ASKED):
        assert words in everything
