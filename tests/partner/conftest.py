import gc
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "moot.db"


@pytest.fixture
def clean_memory() -> Iterator[None]:
    """Hides all that is in memory already from who looks for something there (see world.py)."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
