"""An archive in a folder of its own, for every test that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.archive import Archive


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "moot.db"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with Archive.open(path) as opened:
        yield opened
