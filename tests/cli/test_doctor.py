"""`moot doctor` as a host runs it: what is wrong is told at once, and no secret with it."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Moot, Outcome
from tests.endpoint import Reply, refusal, serving
from tests.engines.llm.world import GoodModel
from tests.engines.small_model import weights
from tests.engines.test_examination import well


@pytest.fixture(autouse=True)
def no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISCORD_TOKEN", "MOOT_DISCORD__TOKEN"):
        monkeypatch.delenv(name, raising=False)


def checks(outcome: Outcome) -> dict[str, list[dict[str, Any]]]:
    """What was found, by name."""
    found: dict[str, list[dict[str, Any]]] = {}
    for each in outcome.document["checks"]:
        assert list(each) == ["name", "status", "told", "todo"]
        assert each["todo"] or each["status"] == "ok"
        found.setdefault(each["name"], []).append(each)
    return found


def test_with_nothing_configured_there_is_no_problem(moot: Moot, tmp_path: Path) -> None:
    outcome = moot("doctor", "--json")
    assert outcome.status == 0
    found = {name: each["status"] for name, (each,) in checks(outcome).items()}
    assert found.pop("discord") == "warning"
    assert set(found) == {"python", "moot", "config", "database", "disk", "prompts", "model"}
    assert set(found.values()) == {"ok"}
    assert "quotes only" in checks(outcome)["model"][0]["told"]
    assert "gguf" in checks(outcome)["model"][0]["todo"]
    assert not list(tmp_path.iterdir())


def test_a_person_reads_a_line_each_and_what_to_do(moot: Moot) -> None:
    outcome = moot("doctor")
    version = ".".join(map(str, sys.version_info[:3]))
    assert f"ok       python    {version}" in outcome.out
    assert "warning  discord   There is no bot token" in outcome.out
    assert "→ Set DISCORD_TOKEN: at https://discord.com/developers/applications" in outcome.out
    assert "choose your application, Bot, Reset Token, Copy" in outcome.out
    assert 'write a line [llm] into config.toml, and below it model = "NAME"' in outcome.out


def test_all_that_is_wrong_in_the_settings_is_told_and_the_rest_is_looked_at(
    moot: Moot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOOT_LLM__CONTEXT", "0")
    monkeypatch.setenv("MOOT_LM__MODEL", "x")
    (tmp_path / "config.toml").write_text(
        'bar = 1\n[llm]\nmodle = "x"\ntimeout = -1\n[database]\npath = "other.db"\n'
    )
    outcome = moot("doctor", "--json")
    assert outcome.status == 1
    found = checks(outcome)
    told = [(each["status"], each["told"]) for each in found["config"]]
    assert (
        "problem",
        "config.toml: there is no setting modle under [llm]; did you mean model?",
    ) in told
    assert (
        "warning",
        "Nothing reads the variable MOOT_LM__MODEL; did you mean MOOT_LLM__MODEL?",
    ) in told
    todo = {each["told"]: each["todo"] for each in found["config"]}
    assert todo[told[-1][1]] == "Rename it, or type: unset MOOT_LM__MODEL"
    assert "Correct the line in config.toml" in todo[told[0][1]]
    for name in ("timeout under [llm] takes", "MOOT_LLM__CONTEXT takes", "setting bar above"):
        assert sum(f" {name}" in sentence for _, sentence in told) == 1
    assert "other.db" in found["database"][0]["told"]
    assert moot("topics").sentence.endswith("`moot doctor` tells 3 more.")


@pytest.mark.parametrize(
    "text",
    [
        "[llm",
        "llm = 3",
        "[budget]\nserver_day_money = 5",
        "[llm]\nprice_prompt = 1",
        "[llm]\nprice_prompt = -1\nprice_completion = 1\n[budget]\nserver_day_money = 5",
    ],
)
def test_a_file_that_is_broken_keeps_nothing_else_from_being_told(
    moot: Moot, tmp_path: Path, text: str
) -> None:
    (tmp_path / "config.toml").write_text(text)
    found = checks(moot("doctor", "--json"))
    assert found["config"][0]["status"] == "problem"
    assert found["prompts"][0]["status"] == "ok"
    missing = checks(moot("--config", "none.toml", "doctor", "--json"))["config"]
    assert "no configuration file none.toml" in missing[0]["told"]


def test_each_broken_prompt_is_told_and_a_file_that_is_none(moot: Moot, tmp_path: Path) -> None:
    own = tmp_path / "mine"
    own.mkdir()
    (tmp_path / "config.toml").write_text('[llm]\nprompts = "mine"\n')
    for name in ("brief", "answer", "sumary"):
        (own / f"{name}.md").write_text("Be kind.")
    found = checks(moot("doctor", "--json"))["prompts"]
    assert [each["status"] for each in found] == ["problem", "problem", "warning"]
    assert "brief.md must begin" in found[0]["told"]
    assert "sumary.md in mine is no prompt" in found[2]["told"]


def test_prompts_of_the_host_are_named(moot: Moot, tmp_path: Path) -> None:
    own = tmp_path / "mine"
    own.mkdir()
    (tmp_path / "config.toml").write_text('[llm]\nprompts = "mine"\n')
    shipped = Path(__file__).parents[2] / "prompts" / "brief.md"
    (own / "brief.md").write_bytes(shipped.read_bytes())
    (found,) = checks(moot("doctor", "--json"))["prompts"]
    assert found["status"] == "ok"
    assert found["told"].endswith("can be used, of them from mine: brief.")
    own.joinpath("brief.md").unlink()
    own.rmdir()
    (missing,) = checks(moot("doctor", "--json"))["prompts"]
    assert "prompts folder mine is not there" in missing["told"]


def test_a_database_that_is_none_is_a_problem(moot: Moot, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all, this is a letter and no database. " * 50)
    outcome = moot("doctor", "--json", "--db", "letter.txt")
    assert outcome.status == 1
    assert "is not a database" in checks(outcome)["database"][0]["told"]


def test_a_model_without_a_key_or_a_file_is_a_problem(moot: Moot, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[llm]\nmodel = "gpt-5.4-mini"\n')
    assert "needs a key" in checks(moot("doctor", "--json"))["model"][0]["told"]
    (tmp_path / "config.toml").write_text('[llm]\ngguf = "none.gguf"\n')
    outcome = moot("doctor", "--json")
    assert outcome.status == 1
    assert "no model file none.gguf" in checks(outcome)["model"][0]["told"]


def test_a_model_from_a_file_is_started_and_timed(
    moot: Moot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOOT_LLM__GGUF", str(weights()))
    monkeypatch.setenv("MOOT_LLM__CONTEXT", "4096")
    monkeypatch.setenv("MOOT_LLM__TIMEOUT", "600")
    monkeypatch.setenv("MOOT_LLM__PATIENCE", "0.1")
    outcome = moot("doctor", "--json")
    assert outcome.status == 0
    assert "SmolLM2-135M-Instruct.Q4_1 at " in checks(outcome)["model"][0]["told"]
    assert "tokens/s out" in checks(outcome)["speed"][0]["told"]
    assert checks(outcome)["context"][0]["told"] == "4,096 tokens."
    assert "takes longer than 0.1 s: expect quotes" in checks(outcome)["brief"][0]["told"]


class Examined(GoodModel):
    """A model that also answers the short questions."""

    def __call__(self, request: dict[str, Any]) -> Reply:
        return (
            well(request)
            if "colour" in str(request) or "stream" in request
            else super().__call__(request)
        )


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[GoodModel]:
    """A model that is configured, on loopback."""
    model = Examined()
    with serving(model) as endpoint:
        monkeypatch.setenv("MOOT_LLM__BASE_URL", endpoint.url)
        monkeypatch.setenv("MOOT_LLM__MODEL", "scripted")
        monkeypatch.setenv("MOOT_LLM__CONTEXT", "32000")
        yield model


def test_a_brief_of_the_sample_is_tried(moot: Moot, model: GoodModel) -> None:
    (found,) = checks(moot("doctor", "--json"))["brief"]
    assert (found["status"], found["todo"]) == ("ok", None)
    assert "14 of 14 statements stood, 6 of 6 people covered, 15 tokens" in found["told"]


def test_a_model_whose_statements_fall_is_too_weak(moot: Moot, model: GoodModel) -> None:
    def unfounded(content: str) -> str:
        told = model.on_brief(content)
        return json.dumps(told | {"lead": "All agree.", "points": [], "open": [], "people": []})

    model.instead["brief"] = unfounded
    outcome = moot("doctor", "--json")
    (found,) = checks(outcome)["brief"]
    assert (outcome.status, found["status"]) == (0, "warning")
    assert "0 of 1 statements stood, 0 of 6 people covered" in found["told"]
    assert "Too weak: expect mostly quotes." in found["told"]


def test_a_model_that_can_write_no_brief_is_too_weak(moot: Moot, model: GoodModel) -> None:
    model.instead["brief"] = "I am a poet."
    outcome = moot("doctor", "--json")
    (found,) = checks(outcome)["brief"]
    assert (outcome.status, found["status"]) == (0, "warning")
    assert "in the form asked for, twice. Too weak" in found["told"]
    assert "Traceback" not in outcome.err


def test_no_secret_is_printed_whoever_repeats_it(
    moot: Moot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("DISCORD_TOKEN", "my secret token")
    with serving(lambda request: refusal("Key sk-secret is odd.")) as endpoint:
        endpoint.listing = Reply(status=500, body=b'{"error": {"message": "sk-secret broke it"}}')
        url = endpoint.url.replace("//", "//me:hunter2@") + "?key=swordfish"
        (tmp_path / "config.toml").write_text(f'[llm]\nmodel = "scripted"\nbase_url = "{url}"\n')
        outcomes = [moot("doctor"), moot("doctor", "--json")]
        endpoint.listing = None
        outcomes.append(moot("doctor"))
    for outcome in outcomes:
        assert outcome.status == 1
        assert "scripted at http://127.0.0.1" in outcome.out
        for secret in ("sk-secret", "hunter2", "swordfish", "my secret token"):
            assert secret not in outcome.out + outcome.err
