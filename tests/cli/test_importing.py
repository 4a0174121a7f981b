"""What `moot import` says of what came in, and of what did not."""

from pathlib import Path

from tests.cli.conftest import Moot
from tests.cli.test_main_job import HATS
from tests.cli.topics import export

WEB_PAGE = "<!DOCTYPE html>\n<html><head><title>Hats</title></head><body>Hats</body></html>"


def test_it_prints_the_id_and_the_title_of_what_came_in(moot: Moot, tmp_path: Path) -> None:
    hats, shoes = export(tmp_path / "a.json", HATS), export(tmp_path / "b.json", HATS, "Shoes", 2)
    assert moot("import", hats, shoes).out.splitlines() == [
        f"{hats} (discord): messages: 4 added, 0 updated, 0 unchanged",
        "  topic 1: Hats",
        f"{shoes} (discord): messages: 4 added, 0 updated, 0 unchanged",
        "  topic 2: Shoes",
    ]


def test_what_was_erased_is_counted_as_that_and_not_as_unchanged(
    moot: Moot, tmp_path: Path
) -> None:
    path = export(tmp_path / "hats.json", HATS)
    moot("import", path)
    moot("db", "forget", "ben", "--yes")
    moot("db", "forget", "cho", "--opt-out", "--yes")
    told = moot("import", path).out
    assert "0 added, 0 updated, 2 unchanged, 1 skipped (deleted), 1 skipped (opted out)" in told
    moot("db", "forget", "--older-than", 1, "--yes")
    (row,) = moot("import", path, "--json").document["files"]
    assert (row["added"], row["updated"], row["unchanged"]) == (0, 0, 0)
    assert sum(each["count"] for each in row["skipped"]) == len(HATS)


def test_an_export_without_messages_is_warned_of(moot: Moot, tmp_path: Path) -> None:
    empty = moot("import", export(tmp_path / "empty.json", ()))
    assert empty.status == 0
    assert "empty.json holds no message that can be kept: export it again" in empty.err
    assert moot("import", export(tmp_path / "hats.json", HATS)).err == ""


def test_what_is_no_saved_discussion_says_what_to_save(moot: Moot, tmp_path: Path) -> None:
    page = tmp_path / "hats.html"
    page.write_text(WEB_PAGE)
    for given in (page, "https://forum.example/t/hats/12"):
        assert "save a forum page as text" in moot("import", given).sentence
    assert not (tmp_path / "moot.db").exists()


def test_a_bad_file_is_told_also_where_the_database_can_not_be_used(
    moot: Moot, tmp_path: Path
) -> None:
    outcome = moot("import", "none.json", export(tmp_path / "a.json", HATS), "--db", tmp_path)
    assert outcome.status == 1
    assert "none.json is not there" in outcome.err
    assert "is a folder" in outcome.err
