"""What rests on a message's words, and goes with them when they change or are deleted."""

import json
import sqlite3
from collections.abc import Collection

from bot.archive import cards


def let_go(db: sqlite3.Connection, topic_id: int, message_ids: Collection[int]) -> None:
    """Takes out readings, notes, placements and drafts that rest on the messages' words, and
    marks the cards that do.

    Where a note of another message points at them, that message is to be read again: an answer
    goes, and a view loses what it responded to and its claim, which was written in sight of it.
    What was merged because of a claim that goes is to be placed anew.
    """
    gone = json.dumps(list(message_ids))
    merged = db.execute(_MERGED, {"gone": gone, "topic": topic_id})
    part(db, topic_id, [newer for (newer,) in merged])
    for statement in _STATEMENTS:
        db.execute(statement, {"gone": gone, "topic": topic_id})
    drop_empty_frames(db, topic_id)
    cards.withdraw(db, message_ids)


def let_replies_go(db: sqlite3.Connection, topic_id: int, source_ids: Collection[str]) -> None:
    """Takes out claims and drafts of messages that reply to these: written in sight of them.

    The replies are read again. For who leaves for good: an edit is followed by what points at it.
    """
    ids = json.dumps(list(source_ids))
    for statement in _REPLIES_LET_GO:
        db.execute(statement, {"ids": ids, "topic": topic_id})
    _part_lapsed(db, topic_id)


def part(db: sqlite3.Connection, topic_id: int, newer: Collection[int]) -> None:
    """Undoes the merges of these viewpoints into older ones, and lets go of all at them.

    What they had taken in before goes along, so that all of it is compared with all others again.
    """
    if not newer:
        return
    at = {"newer": json.dumps(list(newer)), "topic": topic_id}
    apart = json.dumps([viewpoint for (viewpoint,) in db.execute(_TAKEN_IN, at)])
    db.execute(
        """DELETE FROM placements WHERE note_id IN (
            SELECT p.note_id FROM messages m
            JOIN notes n ON n.message_id = m.id JOIN placements p ON p.note_id = n.id
            WHERE m.topic_id = ? AND p.viewpoint IN (SELECT value FROM json_each(?)))""",
        (topic_id, apart),
    )
    db.execute(
        """DELETE FROM merges WHERE topic_id = ?
        AND newer IN (SELECT value FROM json_each(?))""",
        (topic_id, apart),
    )


def drop_lapsed(
    db: sqlite3.Connection, topic_id: int, engine: str, message_ids: Collection[int]
) -> None:
    """Takes out what stood in until the messages were read again, and was not noted again."""
    _part_lapsed(db, topic_id)
    db.execute(
        """DELETE FROM notes WHERE lapsed AND engine = ?
        AND message_id IN (SELECT value FROM json_each(?))""",
        (engine, json.dumps(list(message_ids))),
    )


def _part_lapsed(db: sqlite3.Connection, topic_id: int) -> None:
    merged = db.execute(
        """SELECT g.newer FROM merges g JOIN notes n ON n.id IN (g.one_id, g.other_id)
        WHERE g.topic_id = ? AND n.lapsed""",
        (topic_id,),
    )
    part(db, topic_id, [newer for (newer,) in merged])


def drop_empty_frames(db: sqlite3.Connection, topic_id: int) -> None:
    """Takes out what viewpoints stand in at which no note is placed any more.

    A viewpoint's number is that of a note, so no two engines have one in common.
    """
    db.execute(
        """DELETE FROM frames WHERE topic_id = :topic AND viewpoint NOT IN (
            SELECT p.viewpoint FROM messages m
            JOIN notes n ON n.message_id = m.id JOIN placements p ON p.note_id = n.id
            WHERE m.topic_id = :topic)""",
        {"topic": topic_id},
    )


_UNREAD = """
    DELETE FROM readings WHERE topic_id = :topic
    AND NOT EXISTS (SELECT 1 FROM reading_messages WHERE reading_id = readings.id)
"""
_REPLIES_LET_GO = (
    """UPDATE notes SET words = NULL, lapsed = 1 WHERE message_id IN (
        SELECT id FROM messages WHERE topic_id = :topic
        AND reply_to IN (SELECT value FROM json_each(:ids)))""",
    """DELETE FROM reading_messages WHERE message_id IN (
        SELECT id FROM messages WHERE topic_id = :topic
        AND reply_to IN (SELECT value FROM json_each(:ids)))""",
    """DELETE FROM drafts WHERE id IN (
        SELECT draft_id FROM draft_messages JOIN messages ON messages.id = message_id
        WHERE topic_id = :topic AND reply_to IN (SELECT value FROM json_each(:ids)))""",
    _UNREAD,
)
_MERGED = """
    SELECT g.newer FROM notes n JOIN merges g ON n.id IN (g.one_id, g.other_id)
    WHERE g.topic_id = :topic AND (n.message_id IN (SELECT value FROM json_each(:gone))
        OR n.about_id IN (SELECT value FROM json_each(:gone)))
"""
_TAKEN_IN = """
    WITH RECURSIVE apart (viewpoint) AS (
        SELECT value FROM json_each(:newer)
        UNION SELECT g.newer FROM merges g JOIN apart ON g.older = apart.viewpoint
        WHERE g.topic_id = :topic)
    SELECT viewpoint FROM apart
"""
_STATEMENTS = (
    """DELETE FROM reading_messages WHERE (reading_id, message_id) IN (
        SELECT r.id, n.message_id FROM notes n
        JOIN readings r ON r.engine = n.engine AND r.topic_id = :topic
        WHERE n.about_id IN (SELECT value FROM json_each(:gone)))""",
    "DELETE FROM notes WHERE kind = 'answer' AND about_id IN (SELECT value FROM json_each(:gone))",
    """UPDATE notes SET about_id = NULL, about_start = NULL, about_end = NULL, words = NULL,
        lapsed = 1
        WHERE about_id IN (SELECT value FROM json_each(:gone))""",
    "DELETE FROM reading_messages WHERE message_id IN (SELECT value FROM json_each(:gone))",
    _UNREAD,
    "DELETE FROM notes WHERE message_id IN (SELECT value FROM json_each(:gone))",
    """DELETE FROM drafts WHERE id IN (
        SELECT draft_id FROM draft_messages
        WHERE message_id IN (SELECT value FROM json_each(:gone)))""",
)
