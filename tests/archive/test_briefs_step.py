"""The step to briefs takes out what was noted and drafted, and nothing that people gave."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.archive import Archive, Card, GuildSettings, SpentBy, Visit
from bot.archive.migrations import steps
from bot.core.receipt import OPTED_OUT
from tests.archive.files import bytes_of
from tests.archive.world import JUN, MIRA, NOON, ROOM, draft, drafts, said

ASKED = said(1, MIRA, "Shall we paint the room? I would.", contested=((25, 33),))
POSTED = said(2, JUN, "What would blue cost us?", drafted=True, reply_to="1")
AT = NOON.isoformat(timespec="microseconds")
GONE = {"readings", "reading_messages", "notes", "placements", "frames", "merges"}
ROWS = f"""
    INSERT INTO topics (source, source_id, title, url, closed, filled_at)
        VALUES ('{ROOM.source}', '{ROOM.source_id}', '{ROOM.title}', '{ROOM.url}', 0, '{AT}');
    INSERT INTO authors VALUES (1, 1, '1', 'mira', 0), (2, 1, '2', 'jun', 0);
    INSERT INTO batches (topic_id) VALUES (1);
    INSERT INTO messages VALUES
        (1, 1, '1', 1, '{ASKED.content}', '{ASKED.revision}', '2026-03-01T12:01:00.000000+00:00',
            NULL, NULL, '[]', NULL, 0, NULL, NULL, NULL),
        (2, 1, '2', 2, '{POSTED.content}', '{POSTED.revision}', '2026-03-01T12:02:00.000000+00:00',
            '1', NULL, '[]', NULL, 1, NULL, NULL, NULL),
        (3, 1, '3', NULL, '', '', NULL, NULL, NULL, '[]', NULL, 0, '{AT}', NULL, '{OPTED_OUT}');
    INSERT INTO readings VALUES (1, 1, 'llm', '{{}}', '{{}}');
    INSERT INTO reading_messages VALUES (1, 1, 1), (1, 2, 1);
    INSERT INTO notes (message_id, engine, kind, spans, words, about_id, about_start, about_end)
        VALUES (1, 'llm', 'view', '[[0, 24]]', 'The qwxyz should be painted.', NULL, NULL, NULL),
            (2, 'llm', 'view', '[[0, 24]]', 'It should be blue.', 1, 0, 24);
    INSERT INTO placements VALUES (1, 1, 'supports'), (2, 2, 'supports');
    INSERT INTO frames VALUES (1, 'llm', 1, NULL, '[]');
    INSERT INTO merges VALUES (1, 'llm', 2, 1, 1, 2);
    INSERT INTO drafts (topic_id, kind, engine, body, made_with, made_at)
        VALUES (1, 'headline', 'llm', '{{"text": "About the qwxyz."}}', '{{}}', '{AT}');
    INSERT INTO draft_messages VALUES (1, 1);
    INSERT INTO guilds VALUES
        ('7', '{{"channels": ["5"], "host_roles": [], "announced": [], "keep_days": 30}}');
    INSERT INTO opted_out VALUES ('forum', '9', '{AT}');
    INSERT INTO visits VALUES (1, '2', '1', '{AT}');
    INSERT INTO spending (topic_id, model, calls, prompt_tokens, completion_tokens, at)
        VALUES (1, 'small', 3, 100, 10, '{AT}');
    INSERT INTO contests VALUES (1, 25, 33, 'I took it back.', '{AT}');
    INSERT INTO cards (channel_id, message_id, withdrawn) VALUES ('lobby', '100', 0);
    INSERT INTO card_messages VALUES (1, 2);
"""


@pytest.fixture
def older(path: Path) -> Path:
    """A database from before the step, with rows in every table, and nothing left to erase."""
    with closing(sqlite3.connect(path)) as db:
        steps.apply(Database(db), stop_before="013_briefs")
        db.executescript(ROWS)
        filled = {name: db.execute(f"SELECT count(*) FROM {name}").fetchone() for name in _own(db)}
    assert len(filled) > 15
    assert {name for name, (count,) in filled.items() if not count} == {"erasing"}
    return path


@pytest.fixture
def archive(older: Path) -> Iterator[Archive]:
    """The same, opened by this Moot."""
    with Archive.open(older) as opened:
        yield opened


def test_messages_stay_those_posted_for_people_too(archive: Archive) -> None:
    known = archive.known(1)
    assert known.topic.topic == ROOM
    assert known.messages == [ASKED, POSTED]
    assert known.withheld == {OPTED_OUT: 1}
    assert archive.filled_at(1) == NOON
    assert [hit.message_id for hit in archive.search("paint")] == ["1"]


def test_people_settings_contests_and_spending_stay(archive: Archive) -> None:
    assert archive.opted_out("forum", "9") == NOON
    assert archive.visit(1, JUN.source_id) == Visit("1", NOON)
    assert archive.find_person("jun").messages == 1
    assert archive.settings("7") == GuildSettings(frozenset({"5"}), keep_days=30)
    assert [(each.quote, each.said) for each in archive.contests()] == [
        ("I would.", "I took it back.")
    ]
    assert [each.usage.calls for each in archive.spent({SpentBy.MODEL})] == [3]


def test_cards_stay_to_be_taken_back_and_are_not_renewed(archive: Archive) -> None:
    archive.delete(1, ["2"], NOON)
    withdrawn = archive.withdrawn_cards()
    assert list(withdrawn.values()) == [Card("lobby", "100")]
    archive.cards_taken_back(withdrawn)
    assert archive.cards_to_renew() == archive.withdrawn_cards() == {}


def test_notes_and_drafts_go_to_the_last_byte(archive: Archive, path: Path) -> None:
    assert drafts(archive, 1, "headline") == []
    assert b"qwxyz" not in bytes_of(path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA freelist_count").fetchone() == (0,), "the file was written anew"
        assert not GONE & {name for (name,) in db.execute("SELECT tbl_name FROM sqlite_master")}
    assert archive.check() == []


def test_what_comes_after_is_kept_as_in_a_new_database(archive: Archive) -> None:
    before = archive.version(1)
    kept = draft(archive, 1, "1", revisions={"1": ASKED.revision})
    archive.record(ROOM, [said(4, JUN, "Blue.")])
    assert archive.version(1) > before
    assert drafts(archive, 1) == [kept]


def _own(db: sqlite3.Connection) -> list[str]:
    rows = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return [name for (name,) in rows if "_fts" not in name and not name.startswith("sqlite_")]
