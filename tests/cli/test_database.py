"""The host erases a person, and checks the file."""

import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Moot
from tests.cli.test_main_job import HATS
from tests.cli.topics import export
from tests.endpoint import Reply, serving
from tests.engines.llm.world import GoodModel


@pytest.fixture
def hats(moot: Moot, tmp_path: Path) -> Path:
    path = export(tmp_path / "hats.json", HATS)
    moot("import", path)
    return path


@pytest.mark.usefixtures("hats")
def test_a_person_is_erased_once_the_host_says_yes(
    moot: Moot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("n\n"))
    refused = moot("db", "forget", "ben")
    assert refused.status == 1
    assert refused.err.splitlines()[-1] == "moot: Nothing was erased."
    assert "ben (discord, id 10, messages: 1)" in refused.err
    assert moot("search", "nuisance", "--json").document["hits"]

    monkeypatch.setattr("sys.stdin", StringIO("y\n"))
    assert "Messages: 1" in moot("db", "forget", "ben").out
    assert moot("search", "nuisance", "--json").document["hits"] == []


def test_an_erased_person_is_not_brought_back_by_the_same_file(moot: Moot, hats: Path) -> None:
    erased = moot("db", "forget", "10", "--yes", "--json").document
    assert erased == {"source": "discord", "author_id": "10", "messages": 1}
    (row,) = moot("import", hats, "--json").document["files"]
    assert (row["added"], row["unchanged"]) == (0, 3)
    assert row["skipped"] == [{"reason": "deleted", "count": 1}]
    receipt = moot("summary", 1, "--json").document["receipt"]
    assert (receipt["messages"], receipt["skipped"]) == (3, [])


def test_who_is_opted_out_is_counted_and_nowhere_named(moot: Moot, hats: Path) -> None:
    moot("db", "forget", "dov", "--opt-out", "--yes")
    (row,) = moot("import", hats, "--json").document["files"]
    assert row["unchanged"] == 3
    assert row["skipped"] == [{"reason": "opted_out", "count": 1}]
    summary = moot("summary", 1, "--json")
    receipt = summary.document["receipt"]
    assert receipt["skipped"] == [{"reason": "opted_out", "count": 1}]
    assert (receipt["messages"], receipt["read"], receipt["authors"]) == (3, 3, 3)
    assert receipt["not_cited"] == []
    assert "dov" not in summary.out


@pytest.mark.usefixtures("hats")
def test_nobody_or_several_of_that_name(moot: Moot) -> None:
    assert moot("db", "forget", "zoe", "--yes").sentence == (
        'Nothing is kept of anybody called "zoe".'
    )
    assert "ben (discord, id 10)" in moot("db", "forget", "n", "--yes").sentence


@pytest.mark.usefixtures("hats")
def test_a_whole_database_is_said_to_be_whole(moot: Moot) -> None:
    checked = moot("db", "check")
    assert checked.status == 0
    assert "whole" in checked.out


@pytest.mark.usefixtures("hats")
def test_what_is_wrong_with_a_database_is_said(moot: Moot) -> None:
    with closing(sqlite3.connect("moot.db")) as db:
        db.execute("UPDATE messages SET author_id = 99 WHERE id = 1")
        db.commit()
    assert moot("db", "check").sentence == (
        "Row 1 of messages belongs to a row of authors that is not there."
    )
    with closing(sqlite3.connect("moot.db")) as db:
        db.execute("DROP TRIGGER messages_reworded")
        db.execute("UPDATE messages SET content = 'other' WHERE id = 2")
        db.commit()
    assert "(and 1 more)" in moot("db", "check").sentence


@pytest.mark.usefixtures("hats")
def test_words_that_a_reader_still_holds_up_are_told(moot: Moot) -> None:
    with closing(sqlite3.connect("moot.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM messages").fetchone()
        moot("db", "forget", "ben", "--yes")
        assert "still in the file" in moot("db", "check").sentence
    assert moot("db", "check").status == 0


class Counted(GoodModel):
    """A model of whose calls each costs the same."""

    def __call__(self, request: dict[str, Any]) -> Reply:
        reply = super().__call__(request)
        reply.usage = {"prompt_tokens": 900, "completion_tokens": 100}
        return reply


def test_what_models_were_asked_for_is_told_by_who_and_what(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    assert "No model has been asked" in moot("db", "usage").out
    with serving(Counted()) as endpoint:
        (tmp_path / "config.toml").write_text(
            f'[llm]\nmodel = "scripted"\nbase_url = "{endpoint.url}"\n'
        )
        cost = moot("summary", 1, "--json").document["usage"]
        moot("summary", 1)
        asked = len(endpoint.requests)
    (row,) = moot("db", "usage", "--by", "topic", "--by", "model", "--json").document["usage"]
    assert row["calls"] == cost["calls"] == asked
    assert (row["topic_id"], row["title"], row["model"]) == (1, "Hats", "scripted")
    assert row["requests"] == 1  # the second summary cost nothing
    assert row["prompt_tokens"] == cost["prompt_tokens"] > 0
    assert (row["purpose"], row["server"], row["person"], row["money"]) == (None,) * 4
    rows = moot("db", "usage", "--json").document["usage"]
    assert sorted(each["purpose"] for each in rows) == ["brief"]
    told = moot("db", "usage").out
    assert "Hats" in told
    assert "Tokens only: no price set." in told


def test_what_it_cost_is_told_in_money_where_there_are_prices(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    with serving(Counted()) as endpoint:
        (tmp_path / "config.toml").write_text(
            f'[llm]\nmodel = "scripted"\nbase_url = "{endpoint.url}"\n'
            "price_prompt = 1000\nprice_completion = 2000\ncurrency = 'EUR'\n"
            "[budget]\nserver_day_money = 0\n"
        )
        summary = moot("summary", 1, "--json").document
    assert summary["engine"]["name"] == "llm"  # the host, at the terminal, has no limit
    document = moot("db", "usage", "--by", "purpose", "--json").document
    assert document["currency"] == "EUR"
    assert {row["money"] for row in document["usage"]} == {1.1}
    assert "Money in EUR." in moot("db", "usage").out


def test_what_a_failing_model_cost_is_told_too(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    with serving(lambda request: Reply("I am a poet.")) as endpoint:
        (tmp_path / "config.toml").write_text(
            f'[llm]\nmodel = "scripted"\nbase_url = "{endpoint.url}"\n'
        )
        assert moot("summary", 1, "--json").document["engine"]["name"] == "quotes"
    (row,) = moot("db", "usage", "--json").document["usage"]
    assert (row["calls"], row["purpose"]) == (2, "brief")
