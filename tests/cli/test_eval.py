"""`moot eval` as somebody uses it who changes a prompt and wants to know whether it helped."""

import json
import signal
import threading
from pathlib import Path
from typing import Any

import pytest

from bot.assembly import prompt_folder
from tests.cli.conftest import Moot, Outcome
from tests.endpoint import Endpoint, Reply, serving
from tests.engines.llm.world import GoodModel, sentences
from tests.evals.world import meeting

DEBATES = Path(__file__).parents[1] / "evals"
FIGURES = {"cited", "verbatim", "fits", "short", "adds_up"}


class Model(GoodModel):
    """Writes well, and answers the baseline's prompts too: with the first line, typed out."""

    def __call__(self, request: dict[str, Any]) -> Reply:
        is_plain = "response_format" not in request
        return Reply("Somebody has a view on it.") if is_plain else super().__call__(request)

    def on_replies(self, content: str) -> Any:
        return {"replies": [{"text": "Why?", "beyond": None}]}

    def on_answer(self, content: str) -> Any:
        if sentences(content):
            return super().on_answer(content)
        return {"answer": "So.", "quotes": [first(content)]}


def first(content: str) -> dict[str, str]:
    """The quote of the first message of a thread as the baseline is shown it."""
    line = next(line for line in content.splitlines()[1:] if ": " in line)
    author, words = line.split(": ", 1)
    return {"author": author, "quote": words}


@pytest.fixture
def model(tmp_path: Path):
    """A model that is configured, on loopback."""
    with serving(Model()) as endpoint:
        (tmp_path / "config.toml").write_text(
            f'[llm]\nmodel = "scripted"\nbase_url = "{endpoint.url}"\n'
        )
        yield endpoint


def row(outcome: Outcome, contender: str) -> dict[str, Any]:
    assert outcome.status == 0, outcome.err
    (found,) = [each for each in outcome.document["rows"] if each["contender"] == contender]
    return found


def values(outcome: Outcome, contender: str) -> dict[str, float]:
    return {name: each["value"] for name, each in row(outcome, contender)["figures"].items()}


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def own_prompts(folder: Path, word: str) -> None:
    """A folder with a brief prompt that says something more."""
    folder.mkdir()
    shipped = (prompt_folder("brief", None) / "brief.md").read_text()
    (folder / "brief.md").write_text(shipped.replace("\n---\n", f"\n{word}\n---\n"))


def test_what_is_drafted_without_a_model_has_the_structure_that_it_must(moot: Moot) -> None:
    outcome = moot("eval", "structure", "--json")
    assert values(outcome, "quotes") == dict.fromkeys(FIGURES, 1.0)
    assert row(outcome, "quotes")["cases"] == 5


def test_what_is_drafted_with_a_model_has_it_too(moot: Moot, model: Endpoint) -> None:
    outcome = moot("eval", "structure", "consensus", "--engine", "llm", "--json")
    structure, consensus = outcome.document["rows"]
    assert {name: each["value"] for name, each in structure["figures"].items()} == dict.fromkeys(
        FIGURES, 1.0
    )
    assert consensus["figures"]["unfounded"]["value"] == 0
    assert structure["model"] == "scripted"
    assert {"brief", "carry", "suggest", "answer"} <= set(structure["prompts"])
    assert structure["tokens"] > 0


def test_people_see_a_table_with_every_contender(moot: Moot, model: Endpoint) -> None:
    shown = moot("eval", "structure", "--limit", 2)
    assert shown.status == 0
    head, *rest = shown.out.splitlines()
    assert head.split() == ["structure", "quotes", "llm", "baseline"]
    assert rest[0].split()[:2] == ["cited", "1.000"]
    assert any(line.split()[:1] == ["prompts"] for line in rest)
    assert "results: moot-eval.jsonl" in shown.out


def test_a_suite_that_needs_data_says_where_to_put_it(moot: Moot, tmp_path: Path) -> None:
    sentence = moot("eval", "balance").sentence
    assert "kpa2021" in sentence
    assert "MOOT_EVAL__DATA" in sentence
    (tmp_path / "config.toml").write_text('[eval]\ndata = "nowhere"\n')
    assert "There is no data set kpa2021 in nowhere" in moot("eval", "balance").sentence


def test_cases_are_chosen_by_name(moot: Moot, tmp_path: Path) -> None:
    chosen = moot("eval", "structure", "--only", "*/two*", "--only", "nobody", "--json")
    assert row(chosen, "quotes")["cases"] == 1
    assert [line["case"] for line in lines(tmp_path / "moot-eval.jsonl")] == [
        "debates/two against one"
    ]
    sentence = moot("eval", "structure", "--only", "debate").sentence
    assert "No case of structure is called that; one is called debates/" in sentence


def test_a_case_without_an_expectation_is_an_error(moot: Moot, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "hats.toml").write_text(
        '[[case]]\nname = "red hats"\ntitle = "x"\nmessages = [{ author = "A", text = "B." }]\n'
    )
    (tmp_path / "config.toml").write_text('[eval]\ncases = "mine"\n')
    sentence = moot("eval", "structure").sentence
    assert "red hats" in sentence
    assert "hats.toml" in sentence


def test_an_engine_that_needs_a_model_says_so(moot: Moot) -> None:
    assert "[llm]" in moot("eval", "structure", "--engine", "baseline").sentence
    assert moot("eval", "wisdom").status == 2


def test_what_was_done_is_not_done_again(moot: Moot, model: Endpoint, tmp_path: Path) -> None:
    some = moot("eval", "structure", "--engine", "llm", "--limit", 2, "--json")
    before = len(model.requests)
    whole = moot("eval", "structure", "--engine", "llm", "--resume", "--json")
    assert row(some, "llm")["cases"] == 2
    assert row(whole, "llm")["cases"] == 5
    done = {line["case"] for line in lines(tmp_path / "moot-eval.jsonl")[:2]}
    assert len(lines(tmp_path / "moot-eval.jsonl")) == 5
    titles = " ".join(r["messages"][1]["content"] for r in model.requests[before:])
    assert ("library should open" in titles) == ("debates/two against one" not in done)
    before = len(model.requests)
    moot("eval", "structure", "--engine", "llm", "--resume")
    assert len(model.requests) == before
    moot("eval", "structure", "--engine", "llm", "--limit", 1)
    assert len(model.requests) > before, "without --resume it is measured anew"


def test_what_was_done_before_a_change_is_done_again(
    moot: Moot, model: Endpoint, tmp_path: Path
) -> None:
    def measured() -> int:
        before = len(model.requests)
        moot("eval", "structure", "--engine", "llm", "--resume")
        return len(model.requests) - before

    cases, config = tmp_path / "own" / "own.toml", tmp_path / "config.toml"
    cases.parent.mkdir()
    own_prompts(tmp_path / "mine", "Take good care.")
    cases.write_text((DEBATES / "debates.toml").read_text())
    config.write_text(config.read_text() + 'prompts = "mine"\n[eval]\ncases = "own"\n')
    assert measured() > 0
    assert measured() == 0
    cases.write_text(cases.read_text().replace("on Sundays", "on Mondays"))
    of_one_case = measured()
    assert of_one_case > 0
    prompt = tmp_path / "mine" / "brief.md"
    prompt.write_text(prompt.read_text().replace("good care", "very good care"))
    assert measured() > of_one_case


def test_results_cut_short_by_a_crash_are_gone_on_with(moot: Moot, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    moot("eval", "structure", "--out", out)
    whole = out.read_text()
    out.write_text(whole[:-40])
    outcome = moot("eval", "structure", "--out", out, "--resume", "--json")
    assert row(outcome, "quotes")["cases"] == 5
    assert len(lines(out)) == 5
    out.write_text("no result\n" + whole)
    assert "Line 1 of" in moot("eval", "structure", "--out", out, "--resume").sentence


def test_results_that_can_not_be_written_are_said(moot: Moot, tmp_path: Path) -> None:
    sentence = moot("eval", "structure", "--out", tmp_path / "no" / "out.jsonl").sentence
    assert "can't be written" in sentence


def test_a_cap_on_tokens_stops_with_what_is_done(moot: Moot, model: Endpoint) -> None:
    outcome = moot("eval", "structure", "--engine", "baseline", "--max-tokens", 1, "--json")
    assert outcome.document["left_out"] >= 1
    assert row(outcome, "baseline")["cases"] == 5 - outcome.document["left_out"]
    assert "1 tokens are spent" in outcome.err


def test_a_case_that_fails_is_told_and_the_others_go_on(moot: Moot, model: Endpoint) -> None:
    good = model.script

    def script(request: dict[str, Any]) -> Reply:
        if "Tabs or spaces" in request["messages"][1]["content"]:
            return Reply("I am a poet.")
        return good(request)

    model.script = script
    outcome = moot("eval", "structure", "--engine", "baseline", "--json")
    assert row(outcome, "baseline")["failed"] == 1
    assert row(outcome, "baseline")["cases"] == 4
    assert "an even split with words of consensus in it failed" in outcome.err
    model.script = good
    again = moot("eval", "structure", "--engine", "baseline", "--resume", "--json")
    assert row(again, "baseline")["cases"] == 5, "a failure is tried again"


def test_two_folders_of_prompts_are_compared(moot: Moot, model: Endpoint, tmp_path: Path) -> None:
    own_prompts(tmp_path / "mine", "Say nothing at all.")
    good = model.script

    def script(request: dict[str, Any]) -> Reply:
        if "Say nothing at all." in request["messages"][0]["content"]:
            return Reply('{"lead": "", "points": [], "open": [], "people": []}')
        return good(request)

    model.script = script
    own_prompts(tmp_path / "theirs", "Take good care.")
    outcome = moot("eval", "consensus", "--prompts", "theirs", "--prompts", "mine", "--json")
    theirs, mine = (row(outcome, f"llm:{name}") for name in ("theirs", "mine"))
    assert theirs["prompts"]["brief"] != mine["prompts"]["brief"]
    assert theirs["prompts"]["answer"] == mine["prompts"]["answer"]
    changed = {each["figure"]: each for each in outcome.document["changes"]}
    assert changed["texts"]["base"] == "llm:theirs"
    assert changed["texts"]["difference"]["value"] < 0, "it writes no statements"
    assert len(changed["texts"]["moved"]) == 3
    shown = moot("eval", "consensus", "--prompts", "theirs", "--prompts", "mine").out
    assert "consensus texts: llm:mine against llm:theirs" in shown
    assert "debates/two against one: " in shown


def test_a_change_is_compared_with_the_results_before_it(
    moot: Moot, model: Endpoint, tmp_path: Path
) -> None:
    moot("eval", "structure", "--engine", "baseline", "--out", "before.jsonl")
    good = model.script
    lie = json.dumps({"answer": "So.", "quotes": [{"author": "Ana", "quote": "I never did."}]})

    def lying(request: dict[str, Any]) -> Reply:
        asked = "The question:" in request["messages"][1]["content"]
        return Reply(lie) if asked else good(request)

    model.script = lying
    outcome = moot(
        "eval", "structure", "--engine", "baseline", "--compare", "before.jsonl", "--json"
    )
    changed = {each["figure"]: each for each in outcome.document["changes"]}
    assert changed["verbatim"]["difference"]["value"] < 0
    assert {each["after"] for each in changed["verbatim"]["moved"]} == {0.0}
    assert changed["fits"]["moved"] == []


def test_a_contender_is_compared_with_another(moot: Moot, model: Endpoint) -> None:
    outcome = moot("eval", "structure", "--compare", "baseline", "--json")
    pairs = {(each["contender"], each["base"]) for each in outcome.document["changes"]}
    assert pairs == {("quotes", "baseline"), ("llm", "baseline")}
    assert "nobody" in moot("eval", "structure", "--compare", "nobody").sentence
    assert "no.jsonl" in moot("eval", "structure", "--compare", "no.jsonl").sentence


def test_floors_are_beside_the_contenders_and_not_compared(
    moot: Moot, model: Endpoint, tmp_path: Path
) -> None:
    turns = ["Ana: The oven stands in the yard.", "Ben: It rains into the oven."]
    meeting(tmp_path, "shop", turns, {"Where is the oven?": [0, 0]})
    with (tmp_path / "config.toml").open("a") as config:
        config.write('[eval]\ndata = "."\n')
    outcome = moot("eval", "citations", "--only", "qmsum/*", "--compare", "baseline", "--json")
    assert row(outcome, "cite all")["figures"]["recall"]["value"] == 1.0
    compared = {each["contender"] for each in outcome.document["changes"]}
    assert compared == {"quotes", "llm"}


def test_who_interrupts_keeps_what_is_done(
    moot: Moot, model: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, seen = model.script, threading.Event()

    def script(request: dict[str, Any]) -> Reply:
        if seen.is_set() and "Do we need a second oven" in request["messages"][1]["content"]:
            signal.raise_signal(signal.SIGINT)
        seen.set()
        return good(request)

    (tmp_path / "config.toml").write_text((tmp_path / "config.toml").read_text() + "at_once = 1\n")
    model.script = script
    outcome = moot("eval", "structure", "--engine", "baseline")
    assert outcome.status == 130
    assert "go on with --resume" in outcome.err
    assert len(lines(tmp_path / "moot-eval.jsonl")) == 4
