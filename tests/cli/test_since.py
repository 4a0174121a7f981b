"""Somebody comes back and asks what changed since the last message that they know."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Moot
from tests.cli.test_main_job import HATS
from tests.cli.topics import export
from tests.endpoint import serving
from tests.engines.llm.world import GoodModel

LATER = (
    ("cho", "I found a shop by the river that repairs every kind of hat for little money."),
    ("dov", "What would such a repair cost for an old felt hat?"),
)
LAST_KNOWN = "1004"
LAST = "1006"


@pytest.fixture
def hats(moot: Moot, tmp_path: Path) -> Moot:
    """The thread on hats, with what came later."""
    moot("import", export(tmp_path / "hats.json", (*HATS, *LATER)))
    return moot


def test_what_changed_is_told_by_kind_and_cited(hats: Moot) -> None:
    document = hats("summary", 1, "--since", LAST_KNOWN, "--json").document
    assert list(document) == [
        *("topic", "engine", "headline", "since", "new_messages", "new_from"),
        *("changes", "agreements", "receipt", "usage"),
    ]
    assert document["since"] == LAST_KNOWN
    assert (document["new_messages"], document["new_from"]) == (2, ["cho", "dov"])
    view, question = document["changes"]
    assert list(view) == ["kind", "text", "evidence"]
    assert (view["kind"], view["text"]) == (
        "new_viewpoint",
        f"cho said: {LATER[0][1]}",
    )
    assert question["kind"] == "new_question"
    assert question["text"] == f"dov asked (still open): {LATER[1][1]}"
    (evidence,) = question["evidence"]
    assert evidence == {
        "message_id": LAST,
        "author": "dov",
        "quote": LATER[1][1],
        "stance": "unknown",
        "url": f"https://discord.com/channels/5/1/{LAST}",
        "posted_at": "2026-03-01T12:00:06+00:00",
    }


def test_a_person_reads_it_in_a_few_lines(hats: Moot) -> None:
    shown = hats("summary", "hats", "--since", LAST_KNOWN).out
    assert "since #1004: 2 new messages by cho and dov" in shown
    for heading in ("New views", "New questions"):
        assert heading in shown
    assert " ".join(shown.split()).count(LATER[0][1]) == 1
    assert HATS[0][1] not in " ".join(shown.split())


def test_nothing_new_is_one_line(hats: Moot) -> None:
    assert hats("summary", 1, "--since", LAST).out == f"Nothing new since message #{LAST}.\n"


def test_what_the_asker_posted_is_no_news_to_them(hats: Moot) -> None:
    assert hats("summary", 1, "--since", "1005", "--as", "dov").out.startswith("Nothing new")
    kinds = [
        each["kind"]
        for each in hats("summary", 1, "--since", LAST_KNOWN, "--as", "dov", "--json").document[
            "changes"
        ]
    ]
    assert kinds == ["new_viewpoint"]


def test_a_reply_to_the_asker_comes_first(moot: Moot, tmp_path: Path) -> None:
    path = export(tmp_path / "hats.json", (*HATS, *LATER))
    document = json.loads(path.read_text(encoding="utf-8"))
    document["messages"][-1]["reference"] = {"messageId": "1002"}
    path.write_text(json.dumps(document), encoding="utf-8")
    moot("import", path)
    asked = ("summary", 1, "--since", LAST_KNOWN, "--as", "ben")
    first = moot(*asked, "--json").document["changes"][0]
    assert (first["kind"], first["text"]) == (
        "reply_to_you",
        f"dov replied to you: {LATER[1][1]}",
    )
    assert moot(*asked).out.index("To you") < moot(*asked).out.index("New views")


def test_of_many_changes_a_person_is_shown_a_few_or_all_and_json_has_all(
    moot: Moot, tmp_path: Path
) -> None:
    said = [(f"person{n}", f"What does hat number {n} cost?") for n in range(9)]
    moot("import", export(tmp_path / "hats.json", (*HATS, *said)))
    asked = ("summary", 1, "--since", LAST_KNOWN)
    assert "and 1 more change: --all shows all" in moot(*asked).out
    assert "What does hat number 8 cost?" in moot(*asked, "--all").out
    document = moot("summary", 1, "--since", LAST_KNOWN, "--json").document
    assert len(document["changes"]) == 9


def test_where_new_words_change_nothing_that_is_said(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    shown = moot("summary", 1, "--since", "1003").out
    assert "1 new message by dov" in shown
    assert "Nothing in them changes what is asked or who holds what." in shown


def test_a_message_or_a_person_that_is_not_there(hats: Moot) -> None:
    assert hats("summary", 1, "--since", "77").sentence == (
        'This topic has no message "77"; "moot show TOPIC" lists them with their ids.'
    )
    assert hats("summary", 1, "--since", LAST, "--as", "zed").sentence.startswith(
        'Nobody called "zed"'
    )


def test_wrong_usage_says_what_to_write(hats: Moot) -> None:
    alone = hats("summary", 1, "--as", "ben")
    assert (alone.status, "add --since ID" in alone.err) == (2, True)
    both = hats("summary", 1, "--since", LAST, "--refresh")
    assert (both.status, "leave out --since" in both.err) == (2, True)


def test_nothing_new_asks_no_model_and_news_are_read_alone(
    hats: Moot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    model = GoodModel()
    with serving(model) as endpoint:
        monkeypatch.setenv("MOOT_LLM__BASE_URL", endpoint.url)
        monkeypatch.setenv("MOOT_LLM__MODEL", "scripted")
        quiet = hats("summary", 1, "--since", LAST, "--json").document
        assert endpoint.requests == []
        assert (quiet["changes"], quiet["usage"]["calls"]) == ([], 0)
        whole = hats("summary", 1, "--json").document
        again = hats("summary", 1, "--since", LAST_KNOWN, "--json").document
    assert model.asked.count("read") == 1
    assert again["usage"]["cached"]
    assert again["headline"] == whole["headline"] == model.headline
    assert [each["kind"] for each in again["changes"]] == ["new_viewpoint", "new_question"]
