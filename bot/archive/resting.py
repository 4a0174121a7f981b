"""What rests on a message's words: goes with them, and follows where only a mistake is mended."""

import json
import sqlite3
from collections.abc import Collection, Mapping
from typing import Any, cast

from bot.archive import cards
from bot.archive.texts import from_json
from bot.core.model import Place

Moves = Mapping[str, Mapping[Place, Place]]
"""Where sentences stood and where they stand now, by the source id of their message."""


def let_go(db: sqlite3.Connection, message_ids: Collection[int]) -> None:
    """Takes out the drafts that were written in sight of messages, and marks the cards."""
    db.execute(
        """DELETE FROM drafts WHERE id IN (
            SELECT draft_id FROM draft_messages
            WHERE message_id IN (SELECT value FROM json_each(?)))""",
        (json.dumps(list(message_ids)),),
    )
    cards.withdraw(db, message_ids)


def let_go_all(db: sqlite3.Connection, topic_id: int) -> None:
    """Takes out all drafts of a topic, and marks all cards that show it."""
    db.execute("DELETE FROM drafts WHERE topic_id = ?", (topic_id,))
    cards.withdraw_all(db, topic_id)


def let_go_naming(db: sqlite3.Connection, topic_id: int, names: Collection[str]) -> None:
    """Takes out a topic's drafts in whose text one of these names stands."""
    db.executemany(
        "DELETE FROM drafts WHERE topic_id = ? AND instr(body, ?)",
        ((topic_id, json.dumps(name)[1:-1]) for name in names if name),
    )


def follow(db: sqlite3.Connection, topic_id: int, moves: Moves) -> None:
    """Has the citations of drafts point at where the sentences stand now.

    A draft goes where it cites a place that was no sentence.
    """
    rows = db.execute(
        """SELECT DISTINCT d.id, d.body FROM messages m
        JOIN draft_messages dm ON dm.message_id = m.id JOIN drafts d ON d.id = dm.draft_id
        WHERE m.topic_id = ? AND m.source_id IN (SELECT value FROM json_each(?))""",
        (topic_id, json.dumps(list(moves))),
    ).fetchall()
    for id_, body in rows:
        try:
            moved = json.dumps(_moved(from_json(body), moves))
        except KeyError:
            db.execute("DELETE FROM drafts WHERE id = ?", (id_,))
        else:
            db.execute("UPDATE drafts SET body = ? WHERE id = ?", (moved, id_))


def _moved(body: Any, moves: Moves) -> Any:
    """A body, or a part of one, with every `{"cites": [[message, start, end], ...]}` in place."""
    if isinstance(body, list):
        return [_moved(part, moves) for part in cast("list[Any]", body)]
    if not isinstance(body, dict):
        return body
    fields = cast("dict[str, Any]", body)
    return {
        name: [_place(cited, moves) for cited in value] if name == "cites" else _moved(value, moves)
        for name, value in fields.items()
    }


def _place(cited: tuple[str, int, int], moves: Moves) -> tuple[str, int, int]:
    message, start, end = cited
    return (message, *moves[message][start, end]) if message in moves else cited
