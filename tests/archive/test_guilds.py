"""What the host of a server chose is there the next time."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.archive import Archive, GuildSettings
from bot.core.errors import ArchiveError

CHOSEN = GuildSettings(frozenset({"10", "11"}), frozenset({"7"}), frozenset({"10"}))


def test_until_the_host_chooses_nothing_is_kept(archive: Archive) -> None:
    assert archive.settings("1") == GuildSettings()
    assert archive.settings("1").channels == frozenset()


def test_what_was_chosen_is_there_after_a_restart_in_its_server_alone(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.keep_settings("1", CHOSEN)
    with Archive.open(path, read_only=True) as archive:
        assert archive.settings("1") == CHOSEN
        assert archive.settings("2") == GuildSettings()


def test_a_new_choice_takes_the_place_of_the_old_one(archive: Archive) -> None:
    archive.keep_settings("1", CHOSEN)
    fewer = replace(CHOSEN, channels=frozenset({"11"}))
    archive.keep_settings("1", fewer)
    assert archive.settings("1") == fewer


@pytest.mark.parametrize("broken", ["", "[]", '{"channels": 3}'])
def test_settings_that_are_none_are_damage(archive: Archive, path: Path, broken: str) -> None:
    archive.keep_settings("1", CHOSEN)
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE guilds SET settings = ?", (broken,))
        db.commit()
    with pytest.raises(ArchiveError, match="damaged"):
        archive.settings("1")
