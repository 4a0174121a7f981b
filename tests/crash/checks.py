"""What must hold of a database after a crash, whatever the crash was.

It looks with SQL and into the bytes, past everything that the bot does to see its own data.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.archive import Archive
from bot.archive.times import to_text
from tests.crash.truth import Told
from tests.crash.words import words_hidden_in

ERASING = 20.0
"""Seconds after which a reader is taken to hold a state of the database for good."""
LAPSE = timedelta(minutes=30)
"""After which nothing may be left set aside for a call that a kill broke off."""
_HALF_WRITTEN = {
    "a draft rests on a message that is gone": """SELECT draft_id FROM draft_messages
        JOIN messages m ON m.id = message_id WHERE m.deleted_at IS NOT NULL""",
    "a deleted message says something": """SELECT id FROM messages
        WHERE deleted_at IS NOT NULL AND (content, author_id) IS NOT ('', NULL)""",
    "a topic or a message is only half there": """SELECT id FROM topics WHERE staged
        UNION ALL SELECT id FROM messages WHERE batch_id IS NOT NULL""",
}


def kept(path: Path) -> tuple[dict[str, str], dict[str, list[tuple[str, str]]]]:
    """Titles, and messages with their words, by the ids of threads."""
    with closing(_look(path)) as db:
        titles = dict(db.execute("SELECT source_id, title FROM present_topics").fetchall())
        messages: dict[str, list[tuple[str, str]]] = {thread: [] for thread in titles}
        rows = db.execute(
            """SELECT t.source_id, m.source_id, m.content FROM present_messages m
            JOIN topics t ON t.id = m.topic_id"""
        )
        for thread, message, words in rows:
            messages.setdefault(thread, []).append((message, words))
    return titles, messages


def differences(path: Path, told: Told) -> list[str]:
    """Where what is kept is not what there is, a sentence each."""
    titles, messages = kept(path)
    there = {thread: sorted(said.items()) for thread, said in told.messages.items()}
    here = {thread: sorted(said) for thread, said in messages.items()}
    return [
        f"Thread {thread} is kept as {titles.get(thread)!r} with {_against(here, there, thread)}."
        for thread in sorted(there.keys() | here.keys())
        if here.get(thread) != there.get(thread) or titles.get(thread) != told.titles.get(thread)
    ]


def faults(path: Path, told: Told) -> list[str]:
    """What is wrong with the files, a sentence each, once erasing is over.

    A bot that reads meanwhile holds it up, and nobody may read for long.
    """
    with Archive.open(path) as archive:
        deadline = time.monotonic() + ERASING
        while not archive.finish_erasing() and time.monotonic() < deadline:
            time.sleep(0.05)
        found = archive.check()
    with closing(_look(path)) as db:
        found += [*_half_written(db), *_set_aside(db)]
        found += [f"The index holds the deleted {word}." for word in _indexed(db) & told.gone]
    return found + list(_left_in_bytes(path, told.gone))


def is_erasing(path: Path) -> bool:
    """Whether something deleted is still to be got out of the files."""
    with closing(sqlite3.connect(path)) as db:
        return bool(db.execute("SELECT EXISTS (SELECT 1 FROM erasing)").fetchone()[0])


def _against(
    here: dict[str, list[tuple[str, str]]], there: dict[str, list[tuple[str, str]]], thread: str
) -> str:
    too_many = set(here.get(thread, [])) - set(there.get(thread, []))
    missing = set(there.get(thread, [])) - set(here.get(thread, []))
    return f"{sorted(too_many)} too many and {sorted(missing)} missing"


def _half_written(db: sqlite3.Connection) -> Iterator[str]:
    for sentence, query in _HALF_WRITTEN.items():
        if rows := db.execute(query).fetchall():
            yield f"In {len(rows)} cases {sentence}: {rows[0][0]}."


def _set_aside(db: sqlite3.Connection) -> Iterator[str]:
    """What is set aside for calls must lapse by itself: whoever would settle it was killed."""
    if "lapses_at" not in {name for _, name, *_ in db.execute("PRAGMA table_info(spending)")}:
        return
    latest = to_text(datetime.now(UTC) + LAPSE)
    rows = db.execute("SELECT id FROM spending WHERE lapses_at > ?", (latest,)).fetchall()
    yield from (f"Call {id_} holds what was set aside for it for too long." for (id_,) in rows)


def _indexed(db: sqlite3.Connection) -> set[str]:
    db.execute("CREATE VIRTUAL TABLE temp.indexed USING fts5vocab(main, messages_fts, row)")
    return {term for (term,) in db.execute("SELECT term FROM temp.indexed")}


def _left_in_bytes(path: Path, gone: frozenset[str]) -> Iterator[str]:
    for file in sorted(path.parent.glob(f"{path.name}*")):
        left = words_hidden_in(file.read_bytes()) & gone
        yield from (f"The file {file.name} holds the deleted {word}." for word in left)


def _look(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5)
