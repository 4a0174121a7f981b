import re
from pathlib import Path

import pytest

from bot.engines.llm import VARIABLES
from tests.cli.conftest import Moot
from tests.cli.test_main_job import HATS
from tests.cli.topics import export
from tests.endpoint import Reply, serving

SHIPPED = Path(__file__).parents[2] / "prompts" / "suggest.md"


def test_the_prompts_are_listed_and_checked(moot: Moot) -> None:
    rows = moot("prompts", "list", "--json").document["prompts"]
    assert [row["name"] for row in rows] == list(VARIABLES)
    assert all(row["purpose"] and row["hash"] and row["from"] == "Moot" for row in rows)
    assert moot("prompts", "check").out == f"All {len(VARIABLES)} prompts can be used.\n"


@pytest.mark.parametrize("name", list(VARIABLES))
def test_a_prompt_is_shown_as_it_would_be_sent(moot: Moot, tmp_path: Path, name: str) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    shown = moot("prompts", "render", name, "hats")
    assert shown.status == 0
    assert "hats" in shown.out.split("---", 1)[1].lower()


def test_a_host_changes_one_prompt_and_keeps_the_others(moot: Moot, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    theirs = re.sub('purpose = ".*"', 'purpose = "My own."', SHIPPED.read_text())
    (tmp_path / "mine" / "suggest.md").write_text(theirs)
    (tmp_path / "config.toml").write_text('[llm]\nprompts = "mine"\n')
    rows = {row["name"]: row for row in moot("prompts", "list", "--json").document["prompts"]}
    assert (rows["suggest"]["purpose"], rows["suggest"]["from"]) == ("My own.", "mine")
    assert rows["brief"]["from"] == "Moot"


def test_a_mistake_in_a_prompt_is_named_before_any_call(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "suggest.md").write_text(SHIPPED.read_text() + "$topik\n")
    with serving(lambda request: Reply("{}")) as endpoint:
        (tmp_path / "config.toml").write_text(
            f'[llm]\nprompts = "mine"\nmodel = "scripted"\nbase_url = "{endpoint.url}"\n'
        )
        sentence = moot("summary", "hats").sentence
    assert "suggest.md uses $topik, which nothing fills in" in sentence
    assert not endpoint.requests
    assert "$topik" in moot("prompts", "check").sentence


def test_a_folder_that_is_not_there_and_a_model_without_a_key_are_named(
    moot: Moot, tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text('[llm]\nprompts = "nowhere"\n')
    assert "nowhere" in moot("prompts", "check").sentence
    (tmp_path / "config.toml").write_text('[llm]\nmodel = "gpt-5.4-mini"\n')
    assert "OPENAI_API_KEY" in moot("summary", "1").sentence


def test_an_engine_that_is_not_there_is_named(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    assert "[llm]" in moot("summary", 1, "--engine", "llm").sentence


def test_why_not_the_model_is_said_on_standard_error(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    with serving(lambda request: Reply(body=b"<html>", content_type="text/html")) as endpoint:
        (tmp_path / "config.toml").write_text(
            f'[llm]\nmodel = "scripted"\nbase_url = "{endpoint.url}"\n'
        )
        outcome = moot("summary", 1, "--json")
        asked = moot("summary", 1, "--engine", "llm")
    assert outcome.document["engine"]["name"] == "quotes"
    assert "no chat completion" in outcome.document["engine"]["fallback"]
    assert "no chat completion" in outcome.err
    assert asked.status == 1
