import json
from pathlib import Path

import pytest

from tests.cli.conftest import Moot
from tests.cli.topics import export

SHARED = Path(__file__).parents[3] / "shared"
HATS = (
    ("ana", "I think that hats should come back, because they keep the sun out of your eyes."),
    ("ben", "Hats are a nuisance in every train and every theatre, honestly."),
    ("cho", "Does anybody know where one can still have a hat repaired?"),
    ("dov", "thanks!"),
)


def test_the_demo_shows_the_whole_job_with_nothing_configured(moot: Moot) -> None:
    shown = moot("demo")
    assert shown.status == 0
    for heading in ("Asked", "Where people stand", "Suggested replies", "quotes only"):
        assert heading in shown.out
    assert "quoted 6 of 6 people" in shown.out
    assert "still open" in shown.out
    assert not list(Path.cwd().iterdir())


def test_a_discussion_goes_in_and_a_cited_summary_comes_out(moot: Moot, tmp_path: Path) -> None:
    imported = moot("import", export(tmp_path / "hats.json", HATS), "--json").document
    (row,) = imported["files"]
    assert (row["format"], row["topics"], row["added"]) == ("discord", 1, 4)
    summary = moot("summary", "1", "--json").document
    assert summary["topic"] == {
        "id": 1,
        "title": "Hats",
        "url": "https://discord.com/channels/5/1",
        "messages": 4,
        "authors": 4,
    }
    assert summary["engine"]["name"] == "quotes"
    assert [each["authors"] for each in summary["viewpoints"]] == [["ana"], ["ben"]]
    (question,) = summary["questions"]
    assert (question["text"], question["open"]) == (HATS[2][1], True)
    assert summary["receipt"] == {
        "messages": 4,
        "read": 4,
        "skipped": [],
        "authors": 4,
        "quoted": 3,
        "not_quoted": ["dov"],
        "rejected": [],
        "contested": 0,
    }
    words = dict(HATS)
    for viewpoint in summary["viewpoints"]:
        for evidence in viewpoint["evidence"]:
            assert evidence["quote"] in words[evidence["author"]]
            assert evidence["stance"] == "unknown"
            assert evidence["url"] == f"https://discord.com/channels/5/1/{evidence['message_id']}"
            assert evidence["posted_at"].startswith("2026-03-01T12:")


def test_suggestions_name_what_they_take_up_and_one_takes_up_two(
    moot: Moot, tmp_path: Path
) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    summary = moot("summary", "1", "--json").document
    known = {each["id"] for each in summary["viewpoints"]}
    drafts = moot("suggest", "hats", "--json").document["suggestions"]
    assert len({each["intent"] for each in drafts}) == 3
    assert any(len(each["addresses"]) > 1 for each in drafts)
    for draft in drafts:
        assert set(draft["addresses"]) <= known
        assert draft["evidence"]
        assert draft["beyond"] is None
    ids = [each["id"] for each in drafts]
    again = moot("suggest", "hats", "--count", 1, "--json").document["suggestions"]
    assert len(again) == 1
    assert again[0]["id"] not in ids


def test_nobody_is_answered_with_themselves(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    drafts = moot("suggest", 1, "--as", "ANA", "--json", "--count", 5).document["suggestions"]
    assert drafts
    assert all(quote["author"] != "ana" for draft in drafts for quote in draft["evidence"])
    assert all("ana" not in draft["text"] for draft in drafts)
    assert moot("suggest", 1, "--as", "zed").sentence.startswith('Nobody called "zed"')
    assert "ask for bridge" in moot("suggest", 1, "--intent", "counter").sentence


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
    assert "No topics yet" in moot("topics").out
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
    assert moot("search", "zebra").out.strip() == "Nothing found."


def test_a_question_is_answered_with_the_nearest_words(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    answer = moot("ask", 1, "Are hats a nuisance?", "--json").document
    assert answer["answer"] is None
    assert answer["evidence"][0]["author"] == "ben"
    assert "does not say" in moot("ask", 1, "Who won the cup?").out


def test_a_person_reads_the_nearest_words_and_how_many_more_there_are(
    moot: Moot, tmp_path: Path
) -> None:
    weather = [("ana", f"Day {day} was dry and quiet at the harbour.") for day in range(12)]
    moot("import", export(tmp_path / "oven.json", [*weather, ("ben", "The oven is hot.")], "Oven"))
    shown = moot("ask", 1, "Is the oven hot?").out
    assert "“The oven is hot.”" in shown
    assert shown.count("“Day ") == 7
    assert "and 5 more passages: --json has them all" in shown


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
    assert summary["receipt"]["quoted"] == summary["receipt"]["authors"] == 2
    shown = moot("show", 1, "--json").document
    words = {each["message_id"]: each["content"] for each in shown["messages"]}
    evidence = [quote for each in summary["viewpoints"] for quote in each["evidence"]]
    assert evidence
    assert all(quote["quote"] in words[quote["message_id"]] for quote in evidence)
    assert {quote["author"] for quote in evidence} == {"christianGV", "author of post 2"}
    drafts = moot("suggest", 1, "--json").document["suggestions"]
    assert any(len(each["addresses"]) == 2 for each in drafts)
