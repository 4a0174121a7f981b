import json
import os
import re
import sqlite3
from pathlib import Path

import pytest

from bot.core.authors import look, shows
from tests.cli.conftest import Moot
from tests.cli.test_main_job import HATS
from tests.cli.topics import export

NAUGHTY = Path(__file__).parents[3] / "shared" / "data" / "injection" / "blns.json"


def test_a_topic_that_is_not_there_or_is_one_of_several(moot: Moot, tmp_path: Path) -> None:
    moot("import", export(tmp_path / "a.json", HATS, "Hats and coats", 1))
    moot("import", export(tmp_path / "b.json", HATS, "Hats and shoes", 2))
    assert "moot topics" in moot("summary", 99).sentence
    assert "moot topics" in moot("summary", "gloves").sentence
    sentence = moot("summary", "hats").sentence
    assert "Hats and coats" in sentence
    assert "Hats and shoes" in sentence


@pytest.mark.parametrize("question", ["", "  \n"])
def test_an_empty_question_is_no_question(moot: Moot, tmp_path: Path, question: str) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    assert "ask in words" in moot("ask", 1, question).sentence


def test_a_bad_file_keeps_no_good_one_out(moot: Moot, tmp_path: Path) -> None:
    good = export(tmp_path / "good.json", HATS)
    bad = tmp_path / "bad.json"
    bad.write_text(good.read_text()[:200])
    outcome = moot("import", bad, good, tmp_path / "none.txt", "--json")
    assert outcome.status == 1
    assert [row["added"] for row in outcome.document["files"]] == [4]
    assert len(outcome.err.strip().splitlines()) == 2
    assert "bad.json" in outcome.err
    assert "none.txt" in outcome.err


def test_wrong_usage_is_told_apart(moot: Moot) -> None:
    assert moot("summary").status == 2
    assert moot("suggest", 1, "--count", 0).status == 2
    assert moot("suggest", 1, "--intent", "win").status == 2
    assert moot("nonsense").status == 2


def test_a_database_that_cant_be_used_is_named(moot: Moot, tmp_path: Path) -> None:
    path = export(tmp_path / "hats.json", HATS)
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"This is no database at all. " * 100)
    assert "damaged.db" in moot("topics", "--db", damaged).sentence
    assert "nowhere" in moot("topics", "--db", tmp_path / "nowhere" / "x.db").sentence
    newer = tmp_path / "newer.db"
    moot("import", path, "--db", newer)
    with sqlite3.connect(newer) as database:
        database.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at)"
            " select migration_set, '999_future', applied_at from _sqlite_migrations limit 1"
        )
    assert "newer" in moot("topics", "--db", newer).sentence


def test_a_locked_database_is_named_and_loses_nothing(moot: Moot, tmp_path: Path) -> None:
    path = export(tmp_path / "hats.json", HATS)
    moot("import", path)
    holder = sqlite3.connect(tmp_path / "moot.db", isolation_level=None)
    holder.execute("begin immediate")
    try:
        longer = export(tmp_path / "more.json", [*HATS, ("eve", "Hats for all, I say.")])
        assert "moot.db" in moot("import", longer).sentence
    finally:
        holder.execute("rollback")
        holder.close()
    (topic,) = moot("topics", "--json").document["topics"]
    assert topic["messages"] == 4


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_database_is_named(moot: Moot, tmp_path: Path) -> None:
    path = export(tmp_path / "hats.json", HATS)
    moot("import", path)
    (tmp_path / "moot.db").chmod(0o444)
    assert "moot.db" in moot("import", path).sentence


def test_a_huge_message_and_a_topic_of_attachments_are_taken_in_stride(
    moot: Moot, tmp_path: Path
) -> None:
    huge = "Small batches matter to me because I can see every seam. " * 1800
    moot("import", export(tmp_path / "huge.json", [("ana", huge), ("ben", "x" * 100_000)], id_=1))
    summary = moot("summary", 1, "--json").document
    assert summary["receipt"]["read"] == 2
    assert all(len(each["evidence"]) == 1 for each in summary["people"])
    path = export(tmp_path / "pictures.json", [("ana", ""), ("ben", "")], "Pictures", 2)
    document = json.loads(path.read_text())
    for message in document["messages"]:
        message["attachments"] = [{"id": "1", "fileName": "cat.png"}]
    path.write_text(json.dumps(document))
    moot("import", path)
    summary = moot("summary", "Pictures", "--json").document
    assert summary["people"] == []
    assert summary["receipt"]["skipped"] == [{"reason": "attachment_only", "count": 2}]
    assert "nothing to reply to" in moot("suggest", "Pictures").out


@pytest.mark.skipif(not NAUGHTY.is_file(), reason="the shared data is not beside the project")
def test_naughty_strings_go_in_and_out_unchanged_and_steer_no_terminal(
    moot: Moot, tmp_path: Path
) -> None:
    strings = [s for s in json.loads(NAUGHTY.read_text(encoding="utf-8")) if s.strip()]
    path = export(tmp_path / "naughty.json", [(s, s) for s in strings], strings[-1])
    moot("import", path)
    shown = moot("show", 1, "--json")
    messages = shown.document["messages"]
    assert [each["content"] for each in messages] == strings
    # Who looks like somebody before has a number behind the name.
    for message, string in zip(messages, strings, strict=True):
        assert shows(message["author"])
        name = re.sub(r" \(\d+\)$", "", message["author"])
        assert not shows(string) or look(name) == look(string)
    for command in ("show", "summary", "suggest"):
        outcome = moot(command, 1)
        assert outcome.status == 0
        assert not any(c < " " and c != "\n" for c in outcome.out)
        assert not any("\x7f" <= c <= "\x9f" or "\u202a" <= c <= "\u202e" for c in outcome.out)


def test_a_mistake_of_moots_own_is_one_sentence_without_anybodys_words(
    moot: Moot, tmp_path: Path
) -> None:
    moot("import", export(tmp_path / "hats.json", HATS))
    with sqlite3.connect(tmp_path / "moot.db") as database:
        database.executescript(
            "PRAGMA writable_schema = ON;"
            "UPDATE sqlite_master SET sql = replace(sql, 'STRICT', '') WHERE name = 'topics';"
        )
    database.close()
    with sqlite3.connect(tmp_path / "moot.db") as database:
        database.execute("UPDATE topics SET title = x'0102'")
    database.close()
    for command in (("summary", "hats"), ("show", "hats"), ("suggest", "hats")):
        sentence = moot(*command).sentence
        assert sentence.startswith("Moot itself has failed (")
        assert "topics.py, line" in sentence
        assert "moot db check" in sentence


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read_keeps_no_good_one_out(moot: Moot, tmp_path: Path) -> None:
    secret, good = export(tmp_path / "a.json", HATS), export(tmp_path / "b.json", HATS)
    secret.chmod(0)
    outcome = moot("import", secret, good)
    assert outcome.status == 1
    assert "a.json can't be read" in outcome.err
    assert "4 added" in outcome.out
    (tmp_path / "moot.db").chmod(0)
    assert "can't be opened" in moot("topics").sentence
