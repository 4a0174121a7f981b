"""The step to mentions puts what was kept with Discord's marks into words, and loses nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.archive import Archive
from bot.archive.migrations import steps
from bot.core.model import revision_of
from tests.archive.world import NOON

AT = NOON.isoformat(timespec="microseconds")
TYPED = "Is <@2> right? <@3> says no, and `<@2>`. Bring cups <:tea:5>."
PLACE = TYPED.index("Bring"), len(TYPED)
ROWS = f"""
    INSERT INTO topics (source, source_id, title, closed) VALUES
        ('discord', '9', 'Tea', 0), ('page', '1', 'A page', 0);
    INSERT INTO authors VALUES (1, 1, '1', 'mira', 0), (2, 1, '2', 'Tomas', 0), (3, 2, '1', 'x', 0);
    INSERT INTO messages VALUES
        (1, 1, '1', 1, '{TYPED}', 'r', '{AT}', NULL, NULL, '[]', NULL, 0, NULL, NULL, NULL),
        (2, 1, '2', 2, 'No, 1 < 2.', '{revision_of("No, 1 < 2.")}', '{AT}',
            NULL, NULL, '[]', NULL, 0, NULL, NULL, NULL),
        (3, 2, '1', 3, 'I type <@2>.', 'r', NULL, NULL, NULL, '[]', NULL, 0, NULL, NULL, NULL);
    INSERT INTO opted_out VALUES ('discord', '3', '{AT}');
    INSERT INTO contests VALUES (1, {PLACE[0]}, {PLACE[1]}, NULL, '{AT}');
    INSERT INTO drafts (topic_id, kind, engine, body, made_with, made_at)
        VALUES (1, 'brief', 'llm', '{{}}', '{{}}', '{AT}');
"""


@pytest.fixture
def older(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as db:
        steps.apply(Database(db), stop_before="014_mentions")
        db.executescript(ROWS)
    return path


def test_marks_become_words_and_contests_follow_theirs(older: Path) -> None:
    with Archive.open(older) as archive:
        marked, plain = archive.messages(1)
        assert marked.content == (
            "Is @Tomas right? @unknown-user says no, and `<@2>`. Bring cups :tea:."
        )
        assert [each.person for each in marked.mentions] == ["2", None]
        ((start, end),) = marked.contested
        assert marked.content[start:end] == "Bring cups :tea:."
        assert marked.revision == revision_of(marked.content, marked.contested)
        assert (plain.content, plain.mentions) == ("No, 1 < 2.", ())
        assert archive.messages(2)[0].content == "I type <@2>."
        assert [hit.message_id for hit in archive.search("Tomas")] == ["1"]
        assert archive.drafts(1, "brief", "llm") == []
        assert archive.check() == []
