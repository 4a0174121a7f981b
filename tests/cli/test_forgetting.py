"""The host erases what is kept of a server, or is too old, and sees what people contest."""

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.archive import Archive, GuildSettings
from bot.core.model import Author, Message, Topic
from bot.core.sentences import split
from tests.cli.conftest import Moot

NOW = datetime.now(UTC)
ANA, BEN = Author("10", "ana"), Author("11", "ben")
OLD = Message("101", ANA, "Hats were quixotic once.", posted_at=NOW - timedelta(days=50))
NEW = Message("102", BEN, "Hats are a nuisance today.", posted_at=NOW - timedelta(days=2))


def topic(server: int, id_: str, title: str) -> Topic:
    return Topic("discord", id_, title, f"https://discord.com/channels/{server}/{id_}")


@pytest.fixture(autouse=True)
def archive(moot: Moot, tmp_path: Path) -> Path:
    path = tmp_path / "moot.db"
    with Archive.open(path) as archive:
        archive.record(topic(1, "100", "Hats"), [OLD, NEW])
        archive.record(topic(12, "200", "Shoes"), [NEW])
        archive.keep_settings("1", GuildSettings(frozenset({"5"})))
    return path


def test_a_server_goes_with_its_topics_and_settings_and_no_other_does(
    moot: Moot, archive: Path
) -> None:
    erased = moot("db", "forget", "--server", "1", "--yes", "--json").document
    assert erased == {"server": "1", "topics": 1}
    left = moot("topics", "--json").document["topics"]
    assert [each["title"] for each in left] == ["Shoes"]
    with Archive.open(archive) as opened:
        assert opened.settings("1") == GuildSettings()
    assert moot("db", "forget", "--server", "1", "--yes").sentence == (
        "Nothing is kept of a server 1."
    )


def test_what_is_older_goes_and_is_counted_as_that(moot: Moot) -> None:
    assert "Messages: 1" in moot("db", "forget", "--older-than", "30", "--yes").out
    assert moot("search", "quixotic", "--json").document["hits"] == []
    receipt = moot("summary", "Hats", "--json").document["receipt"]
    assert (receipt["messages"], receipt["skipped"]) == (1, [{"reason": "too_old", "count": 1}])


def test_it_asks_first_and_says_how_much_it_is(
    moot: Moot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    no = tmp_path / "no"
    no.write_text("n\n")
    for what, asked in (
        (("--server", "1"), "Erase all that is kept of server 1 (topics: 1)?"),
        (("--older-than", "30"), "Erase all messages older than 30 days (messages: 1)?"),
    ):
        monkeypatch.setattr("sys.stdin", no.open())
        refused = moot("db", "forget", *what)
        assert (refused.status, asked in refused.err) == (1, True)
    assert len(moot("topics", "--json").document["topics"]) == 2


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (("ana", "--opt-out"), b""),
        (("ana",), b"\xff\xfe\n"),
        (("--server", "1"), b"perhaps\n"),
        (("--older-than", "30"), None),
    ],
)
def test_where_nobody_answers_the_flag_is_named_and_nothing_goes(
    moot: Moot, tmp_path: Path, what: tuple[str, ...], said: bytes | None
) -> None:
    closed = ["sh", "-c", 'exec "$@" <&-', "sh"] if said is None else []
    done = subprocess.run(
        [*closed, sys.executable, "-m", "bot", "db", "forget", *what],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        input=said,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    told = done.stderr.decode().splitlines()[-1]
    assert told == "moot: Nothing was erased. To erase without being asked, add --yes."
    assert len(moot("topics", "--json").document["topics"]) == 2


def test_ctrl_c_at_the_question_erases_nothing(moot: Moot, tmp_path: Path) -> None:
    asking = subprocess.Popen(
        [sys.executable, "-m", "bot", "db", "forget", "ana"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert asking.stderr is not None
    os.read(asking.stderr.fileno(), 100)
    asking.send_signal(signal.SIGINT)
    assert asking.communicate(timeout=30)[1].decode().splitlines()[-1] == "moot: Stopped."
    assert asking.returncode == 130
    assert moot("search", "quixotic", "--json").document["hits"]


def test_it_has_to_be_told_one_thing(moot: Moot) -> None:
    for arguments in ((), ("ana", "--older-than", "3"), ("--server", "1", "--older-than", "3")):
        wrong = moot("db", "forget", *arguments, "--yes")
        assert (wrong.status, "Say what to forget" in wrong.err) == (2, True)
    assert moot("db", "forget", "--server", "1", "--opt-out").status == 2


def test_a_person_is_handed_all_that_is_kept_of_them_and_no_more(moot: Moot) -> None:
    (kept,) = moot("db", "export", "ana").document["topics"]
    assert [each["content"] for each in kept["messages"]] == [OLD.content]
    assert "nuisance" not in moot("db", "export", ANA.source_id).out
    assert moot("db", "export", "zoe").sentence == 'Nothing is kept of anybody called "zoe".'


def test_what_people_contest_is_listed_with_what_they_say(moot: Moot, archive: Path) -> None:
    assert "Nothing is contested." in moot("db", "contested").out
    with Archive.open(archive) as opened:
        opened.contest(1, BEN.source_id, [split(NEW)[0].span], "Only \x1b[31mmine.", NOW)

    told = moot("db", "contested")
    (contest,) = moot("db", "contested", "--json").document["contested"]

    assert "“Hats are a nuisance today.”  ben #102  topic 1" in told.out
    assert "says: Only" in told.out
    assert "\x1b" not in told.out
    assert (contest["author"], contest["quote"]) == ("ben", "Hats are a nuisance today.")
    summary = moot("summary", "Hats")
    assert "1 sentence contested by its author" in " ".join(summary.out.split())
    assert "nuisance today" not in summary.out
    receipt = json.loads(moot("summary", "Hats", "--json").out)["receipt"]
    assert receipt["contested"] == 1
    assert receipt["skipped"] == [{"reason": "contested", "count": 1}]
