"""Who may read the files of a database."""

import stat
from pathlib import Path

from bot.archive import Archive
from tests.archive.world import JUN, MIRA, ROOM, said


def test_only_its_owner_can_read_a_database_and_its_log(path: Path) -> None:
    with Archive.open(path) as archive, Archive.open(path, read_only=True):
        archive.record(ROOM, [said(1, MIRA, "Hello there."), said(2, JUN, "Hi.")])
        files = [path, *path.parent.glob(f"{path.name}-*")]
        assert {each.name for each in files} >= {path.name, f"{path.name}-wal", f"{path.name}-shm"}
        assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}


def test_a_link_to_where_a_database_is_to_be_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(tmp_path / "real.db")
    Archive.open(tmp_path / "link.db").close()
    assert stat.S_IMODE((tmp_path / "real.db").stat().st_mode) == 0o600
