"""What the rounds look for they would find: each fault, put into a database on purpose."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.archive import Archive
from tests.archive.world import MIRA, NOON, ROOM, draft, said
from tests.crash.checks import differences, faults
from tests.crash.truth import Told

WORD, GONE = "babebibobu", "gagegigogu"
KEPT = said(1, MIRA, f"I think that {WORD} is worth the trouble.")
TOLD = Told({ROOM.source_id: ROOM.title}, {ROOM.source_id: {"1": KEPT.content}}, frozenset({GONE}))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A topic with a message, one that was deleted, and a draft."""
    path = tmp_path / "moot.db"
    with Archive.open(path) as archive:
        topic = archive.record(ROOM, [KEPT, said(2, MIRA, f"And {GONE}.")]).topic_id
        archive.delete(topic, ["2"], NOON)
        draft(archive, topic, "1")
    return path


def test_a_sound_database_has_none(path: Path) -> None:
    assert faults(path, TOLD) == []
    assert differences(path, TOLD) == []


@pytest.mark.parametrize(
    ("done", "found"),
    [
        ("UPDATE draft_messages SET message_id = 2", "draft rests on a message that is gone"),
        ("UPDATE messages SET content = 'Hm.' WHERE id = 2", "deleted message says something"),
        ("UPDATE messages SET batch_id = 1", "only half there"),
        (f"UPDATE messages SET url = '{GONE}' WHERE id = 1", "holds the deleted gagegigogu"),
        (
            f"INSERT INTO messages_fts (rowid, words) VALUES (9, '{GONE}')",
            "The index holds the deleted gagegigogu",
        ),
        ("DELETE FROM messages_fts", "search index"),
        ("DELETE FROM topics", "belongs to a row of topics"),
    ],
)
def test_each_fault_is_found(path: Path, done: str, found: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.executescript(done)
    assert found in " ".join(faults(path, TOLD))


@pytest.mark.parametrize(
    "done",
    [
        "UPDATE messages SET content = 'Other words.' WHERE id = 1",
        "DELETE FROM messages WHERE id = 1",
        "UPDATE topics SET title = 'Another'",
        "UPDATE messages SET deleted_at = NULL WHERE id = 2",
        "INSERT INTO topics (source, source_id, title, closed) VALUES ('forum', '9', 'Hall', 0)",
    ],
)
def test_each_difference_is_found(path: Path, done: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.executescript(done)
    assert differences(path, TOLD)
