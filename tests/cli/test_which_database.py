"""Which database a command works on, and that none is made by mistake."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Moot
from tests.cli.test_main_job import HATS
from tests.cli.topics import export

READING = (
    ("topics",),
    ("show", 1),
    ("search", "hats"),
    ("summary", 1),
    ("suggest", 1),
    ("ask", 1, "Hats?"),
    ("prompts", "render", "brief", 1),
    ("db", "check"),
    ("db", "contested"),
    ("db", "export", "ana"),
    ("db", "usage"),
    ("db", "forget", "ana", "--yes"),
    ("db", "forget", "--server", "1", "--yes"),
    ("db", "forget", "--older-than", 3, "--yes"),
)


@pytest.mark.parametrize("command", READING, ids=lambda words: " ".join(map(str, words)))
def test_a_command_that_reads_makes_no_database(
    moot: Moot, tmp_path: Path, command: tuple[object, ...]
) -> None:
    assert moot(*command).sentence.startswith("There is no database moot.db: `moot import FILE`")
    for path in ("mistyped.db", "nowhere/moot.db"):
        sentence = moot("--db", path, *command).sentence
        assert sentence.startswith(f"There is no database {path}")
        assert "--db FILE" in sentence
    assert not list(tmp_path.iterdir())


def test_an_empty_file_stays_empty(moot: Moot, tmp_path: Path) -> None:
    empty = tmp_path / "notes.txt"
    empty.touch()
    assert "no database" in moot("topics", "--db", empty).sentence
    assert empty.stat().st_size == 0


def test_what_is_no_database_is_said_and_stays_as_it_is(moot: Moot, tmp_path: Path) -> None:
    path = export(tmp_path / "hats.json", HATS)
    recipes = tmp_path / "recipes.db"
    with closing(sqlite3.connect(recipes)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
        other.commit()
    before = recipes.read_bytes(), path.read_bytes()
    for command in (("topics",), ("import", path)):
        assert "is a folder" in moot(*command, "--db", tmp_path).sentence
        assert "another program's database" in moot(*command, "--db", recipes).sentence
        assert "is not a database" in moot(*command, "--db", path).sentence
        assert "n't be opened" in moot(*command, "--db", "x" * 5000).sentence
    assert "There is no folder nowhere" in moot("import", path, "--db", "nowhere/x.db").sentence
    assert (recipes.read_bytes(), path.read_bytes()) == before
    assert len(list(tmp_path.iterdir())) == 2


def test_an_import_in_which_nothing_can_be_read_makes_no_database(
    moot: Moot, tmp_path: Path
) -> None:
    assert "none.json is not there" in moot("import", "none.json").sentence
    assert not list(tmp_path.iterdir())
