"""Readings and the notes that they left."""

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bot.archive import messages, resting
from bot.archive.failures import Damaged
from bot.archive.texts import from_json, maybe_storable
from bot.core.notes import KeptNote, Note, NoteKind
from bot.core.sentences import Span

_SELECT = """
    SELECT n.id, n.kind, m.source_id, n.spans, n.words, b.source_id, n.about_start, n.about_end
    FROM present_messages m JOIN notes n ON n.message_id = m.id
    LEFT JOIN messages b ON b.id = n.about_id
"""
# A note read again keeps its id, and gets back what it lost with a message that it pointed at.
_INSERT = """
    INSERT INTO notes
        (message_id, engine, kind, spans, words, about_id, about_start, about_end, lapsed)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (message_id, engine, kind, spans) DO UPDATE SET
        words = coalesce(words, excluded.words),
        about_start = iif(about_id IS NULL, excluded.about_start, about_start),
        about_end = iif(about_id IS NULL, excluded.about_end, about_end),
        about_id = coalesce(about_id, excluded.about_id),
        lapsed = excluded.lapsed
    RETURNING id
"""


def keep(
    db: sqlite3.Connection,
    topic_id: int,
    engine: str,
    revisions: Mapping[str, str],
    complete: Collection[str],
    notes: Sequence[Note],
    rejected: Mapping[str, int],
    made_with: Mapping[str, Any],
) -> list[KeptNote]:
    """Keeps what a reading left, but for what rests on words that have changed since."""
    there = messages.unchanged(db, topic_id, revisions)
    known = [note for note in notes if note.message in there]
    lapsed = {note.message for note in known if note.about and note.about.message not in there}
    ids = [_insert(db, engine, note, there) for note in known if _stands(note, there)]
    noted = {note.message for note in known}
    done = {source_id for source_id in complete if source_id in there} - lapsed
    resting.drop_lapsed(db, topic_id, engine, [there[source_id] for source_id in done])
    # A piece of a long message may leave no note and finish nothing: it stands on all it saw.
    covered = done | noted or set(there)
    finished = {there[source_id]: source_id in done for source_id in covered}
    _keep_reading(db, topic_id, engine, rejected, made_with, finished)
    return _with_ids(db, set(ids))


def notes(db: sqlite3.Connection, topic_id: int, engine: str) -> list[KeptNote]:
    """The notes of all messages that are there, the oldest first."""
    rows = db.execute(
        f"{_SELECT} WHERE m.topic_id = ? AND n.engine = ? ORDER BY n.id", (topic_id, engine)
    )
    return [_kept(row) for row in rows]


def read_messages(db: sqlite3.Connection, topic_id: int, engine: str) -> dict[str, str]:
    """The revisions of the messages that are read to the end, by their source's id."""
    rows = db.execute(
        """SELECT m.source_id, m.revision FROM readings r
        JOIN reading_messages rm ON rm.reading_id = r.id AND rm.complete
        JOIN present_messages m ON m.id = rm.message_id
        WHERE r.topic_id = ? AND r.engine = ?""",
        (topic_id, engine),
    )
    return dict(rows.fetchall())


def rejected(db: sqlite3.Connection, topic_id: int, engine: str) -> Counter[str]:
    """What the checks threw out, by reason, over readings of which something still stands."""
    total: Counter[str] = Counter()
    for (counts,) in db.execute(
        "SELECT rejected FROM readings WHERE topic_id = ? AND engine = ?", (topic_id, engine)
    ):
        total.update(from_json(counts))
    return total


def _stands(note: Note, there: Mapping[str, int]) -> bool:
    """Whether something is left of a note where words that it points at are gone."""
    return note.about is None or note.about.message in there or note.kind is not NoteKind.ANSWER


def _insert(db: sqlite3.Connection, engine: str, note: Note, there: Mapping[str, int]) -> int:
    """Keeps a note; without a claim where that was written in sight of words that are gone."""
    spans = json.dumps([[span.start, span.end] for span in note.spans])
    about, words, lapsed = note.about, note.words, False
    if about is not None and about.message not in there:
        about, words, lapsed = None, None, True
    target = (there[about.message], about.start, about.end) if about else (None, None, None)
    row = (there[note.message], engine, note.kind, spans, maybe_storable(words), *target, lapsed)
    (id_,) = db.execute(_INSERT, row).fetchone()
    return id_


def _keep_reading(
    db: sqlite3.Connection,
    topic_id: int,
    engine: str,
    rejected: Mapping[str, int],
    made_with: Mapping[str, Any],
    finished: Mapping[int, bool],
) -> None:
    """A reading, and of each message (by row id) that it covered whether it finished it."""
    if not finished:
        return
    reading = db.execute(
        "INSERT INTO readings (topic_id, engine, rejected, made_with) VALUES (?, ?, ?, ?)",
        (topic_id, engine, json.dumps(dict(rejected)), json.dumps(dict(made_with))),
    ).lastrowid
    db.executemany(
        "INSERT INTO reading_messages (reading_id, message_id, complete) VALUES (?, ?, ?)",
        ((reading, id_, complete) for id_, complete in finished.items()),
    )


def _with_ids(db: sqlite3.Connection, ids: Collection[int]) -> list[KeptNote]:
    in_order = "WHERE n.id IN (SELECT value FROM json_each(?)) ORDER BY n.id"
    rows = db.execute(f"{_SELECT} {in_order}", (json.dumps(list(ids)),))
    return [_kept(row) for row in rows]


def _kept(row: tuple[Any, ...]) -> KeptNote:
    id_, kind, message, places, words, about, start, end = row
    try:
        note = Note(
            kind=NoteKind(kind),
            spans=tuple(Span(message, *place) for place in from_json(places)),
            words=words,
            about=None if about is None else Span(about, start, end),
        )
    except (ValueError, TypeError) as error:
        raise Damaged(f"note {id_} is none") from error
    return KeptNote(id_, note)
