"""Somebody comes back and asks what is new since a message, or in the last hours."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Moot
from tests.cli.test_main_job import HATS
from tests.cli.topics import export
from tests.endpoint import Reply, serving

LATER = (
    ("cho", "I found a shop by the river that repairs every kind of hat for little money."),
    ("dov", "What would such a repair cost for an old felt hat?"),
)
LAST_KNOWN = "1004"
LAST = "1006"


@pytest.fixture
def hats(moot: Moot, tmp_path: Path) -> Moot:
    """The thread on hats, with what came later; its last message answers Ben."""
    path = export(tmp_path / "hats.json", (*HATS, *LATER))
    document = json.loads(path.read_text(encoding="utf-8"))
    document["messages"][-1]["reference"] = {"messageId": "1002"}
    path.write_text(json.dumps(document), encoding="utf-8")
    moot("import", path)
    return moot


def test_only_what_is_new_is_told(hats: Moot) -> None:
    document = hats("summary", 1, "--since", LAST_KNOWN, "--json").document
    assert document["since"] == LAST_KNOWN
    assert [each["author"] for each in document["people"]] == ["cho", "dov"]
    assert document["to_you"] == []
    shown = " ".join(hats("summary", "hats", "--since", LAST_KNOWN).out.split())
    assert "2 new messages since message #1004" in shown
    assert LATER[0][1] in shown
    assert HATS[0][1] not in shown


def test_nothing_new_is_one_line(hats: Moot) -> None:
    assert hats("summary", 1, "--since", LAST).out == f"Nothing new since message #{LAST}.\n"
    assert hats("summary", 1, "--since", LAST, "--json").document["people"] == []


def test_what_the_reader_posted_is_no_news_to_them(hats: Moot) -> None:
    assert hats("summary", 1, "--since", "1005", "--as", "dov").out.startswith("Nothing new")
    shown = hats("summary", 1, "--since", LAST_KNOWN, "--as", "dov").out
    assert "1 new message since" in shown


def test_a_reply_to_the_reader_comes_first(hats: Moot) -> None:
    asked = ("summary", 1, "--since", LAST_KNOWN, "--as", "ben")
    (reply,) = hats(*asked, "--json").document["to_you"]
    assert (reply["message_id"], reply["author"], reply["quote"]) == (LAST, "dov", LATER[1][1])
    shown = hats(*asked).out
    assert shown.index("To you") < shown.index(LATER[0][1].split()[1])


def test_the_last_hours_are_counted_from_now(moot: Moot, tmp_path: Path) -> None:
    path = export(tmp_path / "hats.json", HATS)
    document = json.loads(path.read_text(encoding="utf-8"))
    for hours_ago, message in zip((50, 30, 2, 1), document["messages"], strict=True):
        message["timestamp"] = (datetime.now(UTC) - timedelta(hours=hours_ago)).isoformat()
    path.write_text(json.dumps(document), encoding="utf-8")
    moot("import", path)
    shown = moot("summary", 1, "--hours", 24).out
    assert "2 new messages in the last 24 hours" in shown
    assert "nuisance" not in shown
    assert "nuisance" in moot("summary", 1, "--hours", 40).out


def test_hours_in_which_nobody_wrote_are_one_line(hats: Moot) -> None:
    assert hats("summary", 1, "--hours", 1).out == "Nothing new in the last hour.\n"


def test_a_message_or_a_person_that_is_not_there(hats: Moot) -> None:
    assert hats("summary", 1, "--since", "77").sentence == (
        'Topic 1 has no message with the id "77": `moot show 1` prints ids behind a #; '
        "for a time, take --hours N."
    )
    assert hats("summary", 1, "--since", LAST, "--as", "zed").sentence.startswith(
        'Nobody called "zed"'
    )


@pytest.mark.parametrize("number", ["4", "[4]", "#4"])
def test_the_number_of_a_mark_is_answered_with_the_id(hats: Moot, number: str) -> None:
    assert "but number 4 has the id 1004" in hats("summary", 1, "--since", number).sentence


def test_an_id_may_be_typed_as_it_is_printed(hats: Moot) -> None:
    assert "#1004" in hats("show", 1).out
    shown = hats("summary", 1, "--since", "#1004").out
    assert "2 new messages since message #1004" in shown


def test_what_the_reader_wrote_is_not_counted_and_they_are_not_listed(hats: Moot) -> None:
    asked = ("summary", 1, "--since", "1003", "--as", "dov")
    shown = hats(*asked).out
    assert "1 new message since message #1003" in shown
    assert "1 of 1 message read · 1 of 1 person cited" in shown
    document = hats(*asked, "--json").document
    assert [each["author"] for each in document["people"]] == ["cho"]
    receipt = document["receipt"]
    assert (receipt["messages"], receipt["read"], receipt["authors"], receipt["cited"]) == (
        *(1, 1),
        *(1, 1),
    )
    everything = hats("summary", 1, "--hours", 100_000, "--as", "ana").out
    assert "5 new messages" in everything
    assert "- ana:" not in everything
    assert "5 of 5 messages read" in everything


def test_hours_are_given_back_with_the_message_that_they_begin_behind(
    moot: Moot, tmp_path: Path
) -> None:
    path = export(tmp_path / "hats.json", HATS)
    document = json.loads(path.read_text(encoding="utf-8"))
    for hours_ago, message in zip((50, 30, 2, 1), document["messages"], strict=True):
        message["timestamp"] = (datetime.now(UTC) - timedelta(hours=hours_ago)).isoformat()
    path.write_text(json.dumps(document), encoding="utf-8")
    moot("import", path)
    told = moot("summary", 1, "--hours", 24, "--json").document
    assert (told["hours"], told["since"]) == (24, "1002")
    assert list(told)[:4] == ["topic", "engine", "hours", "since"]
    assert moot("summary", 1, "--hours", 90, "--json").document["since"] is None
    assert "hours" not in moot("summary", 1, "--since", "1002", "--json").document


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--as", "ben"), "add --since ID or --hours N"),
        (("--since", LAST, "--hours", 3), "two different stretches"),
        (("--hours", 0), "--hours"),
        (("--hours", "nan"), "--hours"),
    ],
)
def test_wrong_usage_says_what_to_write(hats: Moot, options: tuple[object, ...], told: str) -> None:
    wrong = hats("summary", 1, *options)
    assert (wrong.status, told in wrong.err) == (2, True)


def test_nothing_new_asks_no_model(hats: Moot, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda request: Reply("{}")) as endpoint:
        monkeypatch.setenv("MOOT_LLM__BASE_URL", endpoint.url)
        monkeypatch.setenv("MOOT_LLM__MODEL", "scripted")
        quiet = hats("summary", 1, "--since", LAST, "--json").document
        assert endpoint.requests == []
    assert quiet["usage"]["calls"] == 0
