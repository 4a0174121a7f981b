import json
from pathlib import Path

import pytest

from tests.cli.conftest import Moot
from tests.cli.topics import export
from tests.endpoint import serving
from tests.engines.llm.world import GoodModel

SHARED = Path(__file__).parents[3] / "shared"
HATS = (
    ("ana", "I think that hats should come back, because they keep the sun out of your eyes."),
    ("ben", "Hats are a nuisance in every train and every theatre, honestly."),
    ("cho", "Does anybody know where one can still have a hat repaired?"),
    ("dov", "thanks!"),
)


def test_a_discussion_goes_in_and_a_cited_summary_comes_out(moot: Moot, tmp_path: Path) -> None:
    imported = moot("import", export(tmp_path / "hats.json", HATS), "--json").document
    (row,) = imported["files"]
    assert (row["format"], row["added"]) == ("discord", 4)
    assert row["topics"] == [{"id": 1, "title": "Hats"}]
    summary = moot("summary", "1", "--json").document
    assert list(summary) == [
        *("topic", "engine", "since", "to_you", "lead", "points", "open", "people"),
        *("receipt", "usage"),
    ]
    assert summary["topic"] == {
        "id": 1,
        "title": "Hats",
        "url": "https://discord.com/channels/5/1",
        "messages": 4,
        "authors": 4,
    }
    assert summary["engine"] == {"name": "quotes", "model": None, "prompts": {}, "fallback": None}
    assert (summary["since"], summary["to_you"]) == (None, [])
    assert (summary["lead"], summary["points"]) == (None, [])
    assert summary["receipt"] == {
        "messages": 4,
        "read": 4,
        "skipped": [],
        "authors": 4,
        "cited": 3,
        "not_cited": ["dov"],
        "rejected": [],
        "contested": 0,
    }
    assert summary["usage"] == {
        "calls": 0,
        "prompt_tokens": 0,
        "completion_tokens": 0,
        "cached": True,
    }


def test_without_a_model_people_and_questions_are_true_slices(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    summary = moot("summary", "1", "--json").document
    assert [each["author"] for each in summary["people"]] == ["ana", "ben", "cho"]
    assert {each["stand"] for each in summary["people"]} == {None}
    (question,) = summary["open"]
    assert list(question) == ["text", "evidence"]
    assert HATS[2][1] in question["text"]
    assert question["text"].endswith(" [1]")
    words = dict(HATS)
    shown = [each["evidence"] for each in (*summary["people"], question)]
    for (evidence,) in shown:
        assert list(evidence) == ["message_id", "author", "quote", "url", "posted_at"]
        assert evidence["quote"] in words[evidence["author"]]
        assert evidence["url"] == f"https://discord.com/channels/5/1/{evidence['message_id']}"
        assert evidence["posted_at"].startswith("2026-03-01T12:")


def test_what_a_model_wrote_is_printed_as_the_contract_has_it(
    moot: Moot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    with serving(GoodModel()) as endpoint:
        monkeypatch.setenv("MOOT_LLM__BASE_URL", endpoint.url)
        monkeypatch.setenv("MOOT_LLM__MODEL", "scripted")
        monkeypatch.setenv("MOOT_LLM__CONTEXT", "32000")
        summary = moot("summary", 1, "--json").document
        answer = moot("ask", 1, "Are hats a nuisance?", "--json").document["answer"]
    assert (summary["engine"]["name"], summary["engine"]["model"]) == ("llm", "scripted")
    assert summary["engine"]["prompts"]["brief"]
    assert summary["lead"]["text"] == "People talk about it, **and nothing is settled** [1]."
    assert [each["message_id"] for each in summary["lead"]["evidence"]] == ["1001"]
    (point,) = summary["points"]
    assert list(point) == ["title", "text", "for"]
    assert point["text"]["text"].startswith("ana has a view on it [1].\nben has a view on it [2].")
    assert point["for"] == []
    ana, *_ = summary["people"]
    assert list(ana) == ["author", "stand", "evidence"]
    assert (ana["author"], ana["stand"]) == ("ana", "Has a view on it")
    assert summary["usage"] == {
        "calls": 1,
        "prompt_tokens": 10,
        "completion_tokens": 5,
        "cached": False,
    }
    assert list(answer) == ["text", "evidence"]
    assert answer["text"] == "ana has a view on it [1]."


def test_a_mark_leads_to_its_message(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    assert f"- ben: “{HATS[1][1]}” [2]" in " ".join(moot("summary", 1).out.split())
    assert "[2] ben  01 Mar 2026 12:00  #1002" in moot("show", 1).out


def test_why_there_are_fewer_suggestions_is_said(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    own = moot("suggest", 1, "--intent", "ask", "--as", "cho").out
    assert "The only open question here is your own." in own
    assert "nothing to reply to" not in own
    fewer = moot("suggest", 1, "--intent", "ask").out
    assert "1. ask to cho" in fewer
    assert "Only 1 question of others is open here." in fewer
    assert "of others" not in moot("suggest", 1, "--intent", "ask", "--count", 1).out


def test_without_a_model_suggestions_are_places_to_join(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    document = moot("suggest", "hats", "--json").document
    assert list(document) == ["topic", "engine", "suggestions", "receipt", "usage"]
    drafts = document["suggestions"]
    for draft in drafts:
        assert list(draft) == ["id", "intent", "text", "to", "beyond", "evidence", "engine"]
        assert draft["evidence"]
        assert set(draft["to"]) <= {name for name, _ in HATS}
        assert (draft["beyond"], draft["engine"]) == (None, "quotes")
    again = moot("suggest", "hats", "--count", 1, "--json").document["suggestions"]
    assert len(again) == 1
    assert again[0]["id"] not in [each["id"] for each in drafts]


def test_nobody_is_answered_with_themselves(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    drafts = moot("suggest", 1, "--as", "ANA", "--json", "--count", 5).document["suggestions"]
    assert drafts
    assert all("ana" not in draft["to"] for draft in drafts)
    assert all("ana" not in draft["text"] for draft in drafts)
    assert moot("suggest", 1, "--as", "zed").sentence.startswith('Nobody called "zed"')


def test_an_intent_that_needs_a_model_says_so(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    assert "model" in moot("suggest", 1, "--intent", "counter").sentence


def test_a_name_that_fits_several_people_lists_them(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(tmp_path / "a.json", [("Sam Lee", HATS[0][1]), ("Sam Roe", HATS[1][1])]))
    sentence = moot("suggest", 1, "--as", "sam").sentence
    assert "Sam Lee" in sentence
    assert "Sam Roe" in sentence


def test_importing_again_adds_nothing_and_an_edit_is_seen(moot: Moot, tmp_path: Path) -> None:
    path = export(tmp_path / "hats.json", HATS)
    moot("import", path)
    before = moot("summary", 1, "--json").out
    (row,) = moot("import", path, "--json").document["files"]
    assert (row["added"], row["updated"], row["unchanged"]) == (0, 0, 4)
    assert moot("summary", 1, "--json").out == before
    changed = [("ana", "Hats are over, and I have come to like umbrellas."), *HATS[1:]]
    (row,) = moot("import", export(path, changed), "--json").document["files"]
    assert (row["added"], row["updated"], row["unchanged"]) == (0, 1, 3)
    after = moot("summary", 1, "--json").out
    assert "umbrellas" in after
    assert "sun out of your eyes" not in after


def test_topics_show_and_search_say_what_is_there(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    (topic,) = moot("topics", "--json").document["topics"]
    assert (topic["id"], topic["title"], topic["messages"], topic["authors"]) == (1, "Hats", 4, 4)
    assert "Hats" in moot("topics").out
    shown = moot("show", "Hats", "--json").document
    assert [each["content"] for each in shown["messages"]] == [words for _, words in HATS]
    (hit,) = moot("search", "theatre", "--json").document["hits"]
    assert (hit["topic_id"], hit["author"]) == (1, "ben")
    assert "theatre" in hit["snippet"]
    for odd in ('"', "AND", "NEAR(", "*", "🎩", "a" * 5000, "-x", "col:umn", "'; DROP TABLE"):
        assert moot("search", "--json", "--", odd).status == 0
    told = moot("search", "zebra").out
    assert told.startswith("Nothing found. No message holds any of these words: try others")
    assert moot("search", "theat").out.startswith("ben")


def test_without_a_model_a_question_gets_the_nearest_passages(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    document = moot("ask", 1, "Are hats a nuisance?", "--json").document
    assert list(document) == ["topic", "engine", "answer", "nearest", "receipt", "usage"]
    assert document["answer"] is None
    assert document["nearest"][0]["author"] == "ben"
    shown = moot("ask", 1, "Are hats a nuisance?").out
    assert shown.startswith("These passages are nearest:")
    assert f"ben: “{HATS[1][1]}” [2]" in " ".join(shown.split())
    assert moot("ask", 1, "Who won the cup?").out.startswith("No message shares a word")


def test_json_is_alone_on_standard_output(moot: Moot, tmp_path: Path) -> None:
    path = export(tmp_path / "hats.json", HATS)
    for command in (
        ("import", path),
        ("topics",),
        ("show", 1),
        ("search", "hats"),
        ("summary", 1),
        ("suggest", 1),
        ("ask", 1, "Hats?"),
        ("prompts", "list"),
    ):
        outcome = moot(*command, "--json")
        assert outcome.status == 0
        json.loads(outcome.out)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not beside the project")
def test_the_real_page_goes_through_and_quotes_both_people(moot: Moot) -> None:
    moot("import", SHARED / "seed" / "small-batch-thread.txt")
    summary = moot("summary", 1, "--json").document
    assert summary["topic"]["title"] == "Why Small-Batch Production Still Matters"
    assert summary["receipt"]["cited"] == summary["receipt"]["authors"] == 2
    shown = moot("show", 1, "--json").document
    words = {each["message_id"]: each["content"] for each in shown["messages"]}
    evidence = [quote for each in summary["people"] for quote in each["evidence"]]
    assert all(quote["quote"] in words[quote["message_id"]] for quote in evidence)
    assert {quote["author"] for quote in evidence} == {"christianGV", "author of post 2"}
