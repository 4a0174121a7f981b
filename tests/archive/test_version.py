"""A topic's version grows with whatever is known of it, whoever writes that and by which SQL."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.archive import Archive
from bot.archive.migrations import steps
from bot.core.errors import NotFound
from bot.core.sentences import split
from tests.archive.world import JUN, MIRA, NOON, ROOM, draft, said

BLUE, GREEN = said(1, MIRA, "Blue would be nice."), said(2, JUN, "Rather green.")
NOT_KNOWLEDGE = {
    "cards",  # where it was shown, and the words behind it: no knowledge of the topic
    "card_messages",
    "batches",  # of an import that nobody sees yet
    "drafts",  # looked up each time, so that nothing rests on knowing them
    "draft_messages",
    "erasing",
    "guilds",
    "opted_out",
    "spending",
    "unindexed",
    "marking",
    "visits",
    "sqlite_sequence",
    "_sqlite_migrations",
}


@pytest.fixture
def topic(archive: Archive) -> int:
    """A topic of which everything is known that can be."""
    topic = archive.record(ROOM, [BLUE, GREEN]).topic_id
    (sentence,) = split(BLUE)
    archive.contest(topic, MIRA.source_id, [sentence.span], None, NOON)
    return topic


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("topics", "title"),
        ("authors", "name"),
        ("messages", "content"),
        ("messages", "reply_to"),
        ("messages", "withheld"),
        ("contests", "said"),
    ],
)
def test_it_grows_with_every_row_that_changes_or_goes(
    archive: Archive, path: Path, topic: int, table: str, column: str
) -> None:
    before = archive.version(topic)
    with closing(sqlite3.connect(path)) as another, another:
        another.execute(f"UPDATE {table} SET {column} = 1")
    changed = archive.version(topic)
    assert changed > before
    if table != "topics":
        with closing(sqlite3.connect(path)) as another, another:
            another.execute(f"DELETE FROM {table}")
        assert archive.version(topic) > changed


def test_no_table_of_knowledge_is_left_out(archive: Archive, path: Path) -> None:
    """Who adds a table says here, or with triggers, whether it is part of what is known."""
    with closing(sqlite3.connect(path)) as db:
        listed = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = {name for (name,) in listed if not name.startswith("messages_fts")}
        rows = db.execute("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        growing = [(table, sql) for table, sql in rows if "SET version = version + 1" in sql]
    events = {(table, sql.split(" AFTER ")[1].split()[0]) for table, sql in growing}
    known = tables - NOT_KNOWLEDGE - {"topics"}
    assert len(known) == 3
    expected = {(table, event) for table in known for event in ("INSERT", "UPDATE", "DELETE")}
    assert events == expected | {("topics", "UPDATE")}


def test_another_topic_and_what_is_no_knowledge_leave_it_alone(
    archive: Archive, topic: int
) -> None:
    before = archive.version(topic)
    archive.record(ROOM, [BLUE, GREEN])
    archive.drop_drafts([draft(archive, topic, "1")])
    hall = type(ROOM)("forum", "hall", "The hall")
    archive.record(hall, [BLUE])
    assert archive.version(topic) == archive.topic(topic).version == before


def test_a_topic_that_is_gone_has_none(archive: Archive, topic: int) -> None:
    archive.delete_topic(topic)
    with pytest.raises(NotFound, match="There is no topic"):
        archive.version(topic)
    with pytest.raises(NotFound, match="There is no topic"):
        archive.known(topic)


def test_a_title_that_an_older_moot_took_out_does_not_come_back(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        steps.apply(Database(db), stop_before="016_gone")
        db.execute(
            "INSERT INTO topics (source, source_id, title, closed) "
            "VALUES ('forum', 'room', '(untitled)', 0)"
        )
        db.commit()
    with Archive.open(path) as archive:
        archive.record(ROOM, [])
        (kept,) = archive.topics()
        assert kept.topic.title == "(untitled)"
