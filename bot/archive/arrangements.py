"""Where notes were placed, and what viewpoints stand in."""

import json
import sqlite3
from collections.abc import Iterable

from bot.archive import resting
from bot.archive.failures import Damaged
from bot.archive.texts import from_json
from bot.core.arrangement import Arrangement, Frame, Merge, Placement, Stance


def of_topic(db: sqlite3.Connection, topic_id: int, engine: str) -> Arrangement:
    """The arrangement of the topic's notes by that engine."""
    return Arrangement(
        _placements(db, topic_id, engine),
        _frames(db, topic_id, engine),
        _merges(db, topic_id, engine),
    )


def keep(db: sqlite3.Connection, topic_id: int, engine: str, arrangement: Arrangement) -> None:
    """Writes what is new in an arrangement, and takes out what is no longer in it.

    What it says of notes that are gone, or of viewpoints at which then nothing stands, is left
    out: they were deleted while it was made. What a merge would have brought along that can no
    longer be is to be placed anew.
    """
    _keep_placements(db, topic_id, engine, arrangement)
    _keep_frames(db, topic_id, engine, arrangement)
    _keep_merges(db, topic_id, engine, arrangement.merges.values())
    resting.drop_empty_frames(db, topic_id)


def _keep_placements(
    db: sqlite3.Connection, topic_id: int, engine: str, arrangement: Arrangement
) -> None:
    before = _placements(db, topic_id, engine)
    gone = before.keys() - arrangement.placements.keys()
    db.executemany("DELETE FROM placements WHERE note_id = ?", ((note,) for note in gone))
    db.executemany(
        """INSERT INTO placements (note_id, viewpoint, stance)
        SELECT n.id, ?, ? FROM notes n JOIN messages m ON m.id = n.message_id
        WHERE n.id = ? AND n.engine = ? AND m.topic_id = ?
        ON CONFLICT (note_id) DO UPDATE
        SET viewpoint = excluded.viewpoint, stance = excluded.stance""",
        (
            (each.viewpoint, each.stance, note, engine, topic_id)
            for note, each in arrangement.placements.items()
            if before.get(note) != each
        ),
    )


def _keep_frames(
    db: sqlite3.Connection, topic_id: int, engine: str, arrangement: Arrangement
) -> None:
    before = _frames(db, topic_id, engine)
    gone = before.keys() - arrangement.frames.keys()
    db.executemany(
        "DELETE FROM frames WHERE (topic_id, engine, viewpoint) = (?, ?, ?)",
        ((topic_id, engine, viewpoint) for viewpoint in gone),
    )
    db.executemany(
        "INSERT OR REPLACE INTO frames (topic_id, engine, viewpoint, question, opposes) "
        "VALUES (?, ?, ?, ?, ?)",
        (
            (topic_id, engine, viewpoint, each.question, json.dumps(sorted(each.opposes)))
            for viewpoint, each in arrangement.frames.items()
            if before.get(viewpoint) != each
        ),
    )


def _keep_merges(
    db: sqlite3.Connection, topic_id: int, engine: str, merges: Iterable[Merge]
) -> None:
    db.executemany(
        """INSERT INTO merges (topic_id, engine, newer, older, one_id, other_id)
        SELECT ?, ?, ?, ?, one.id, other.id FROM notes one, notes other
        WHERE one.id = ? AND other.id = ? ON CONFLICT DO NOTHING""",
        ((topic_id, engine, each.newer, each.older, *each.rests_on) for each in merges),
    )
    kept = _merges(db, topic_id, engine).keys()
    resting.part(db, topic_id, {each.newer for each in merges} - kept)


def _placements(db: sqlite3.Connection, topic_id: int, engine: str) -> dict[int, Placement]:
    rows = db.execute(
        """SELECT p.note_id, p.viewpoint, p.stance FROM messages m
        JOIN notes n ON n.message_id = m.id JOIN placements p ON p.note_id = n.id
        WHERE m.topic_id = ? AND n.engine = ? ORDER BY p.note_id""",
        (topic_id, engine),
    )
    return {note: Placement(note, viewpoint, _stance(name)) for note, viewpoint, name in rows}


def _frames(db: sqlite3.Connection, topic_id: int, engine: str) -> dict[int, Frame]:
    rows = db.execute(
        "SELECT viewpoint, question, opposes FROM frames WHERE topic_id = ? AND engine = ?",
        (topic_id, engine),
    )
    return {
        viewpoint: Frame(viewpoint, question, frozenset(from_json(opposes)))
        for viewpoint, question, opposes in rows
    }


def _merges(db: sqlite3.Connection, topic_id: int, engine: str) -> dict[int, Merge]:
    rows = db.execute(
        """SELECT newer, older, one_id, other_id FROM merges
        WHERE topic_id = ? AND engine = ? ORDER BY newer""",
        (topic_id, engine),
    )
    return {newer: Merge(older, newer, (one, other)) for newer, older, one, other in rows}


def _stance(name: str) -> Stance:
    try:
        return Stance(name)
    except ValueError as error:
        raise Damaged(f"{name!r} is no stance") from error
