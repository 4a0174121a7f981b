"""Drafts: what an engine made of a topic, kept only as long as all that it rests on."""

import json
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.archive import messages
from bot.archive.failures import Damaged
from bot.archive.texts import from_json, storable
from bot.archive.times import from_text, to_text
from bot.core.errors import NotFound

_SELECT = """
    SELECT d.id, d.topic_id, d.kind, d.engine, d.body, d.made_with, d.made_at,
        (SELECT json_group_array(m.source_id) FROM draft_messages dm
         JOIN messages m ON m.id = dm.message_id WHERE dm.draft_id = d.id)
    FROM drafts d
"""


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft in the archive. `body` and `made_with` come back as JSON has them.

    `rests_on` are the source ids of the messages that it goes with.
    """

    id: int
    topic_id: int
    kind: str
    engine: str
    body: Mapping[str, Any]
    made_with: Mapping[str, Any]
    at: datetime
    rests_on: frozenset[str]


def keep(
    db: sqlite3.Connection,
    topic_id: int,
    kind: str,
    engine: str,
    body: Mapping[str, Any],
    rests_on: Collection[str],
    revisions: Mapping[str, str] | None,
    made_with: Mapping[str, Any],
    at: datetime,
    replaces: Collection[int] = (),
) -> int:
    """Keeps a draft in place of others.

    Raises NotFound where a message that it rests on is gone or says something else by now.
    """
    if revisions is None:
        there = messages.rows_named(db, topic_id, rests_on)
    else:
        made_from = {source_id: revisions.get(source_id, "") for source_id in rests_on}
        there = messages.unchanged(db, topic_id, made_from)
    if len(there) < len({storable(source_id) for source_id in rests_on}):
        raise NotFound("A message that this draft rests on was changed meanwhile: ask again.")
    (draft,) = db.execute(
        "INSERT INTO drafts (topic_id, kind, engine, body, made_with, made_at) "
        "VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        (topic_id, kind, engine, json.dumps(body), json.dumps(made_with), to_text(at)),
    ).fetchone()
    db.executemany(
        "INSERT INTO draft_messages (draft_id, message_id) VALUES (?, ?)",
        ((draft, message) for message in there.values()),
    )
    drop(db, replaces)
    return draft


def drop(db: sqlite3.Connection, ids: Collection[int]) -> None:
    """Takes out drafts that are of no use any more, as far as they are there."""
    db.executemany("DELETE FROM drafts WHERE id = ?", ((id_,) for id_ in ids))


def one(db: sqlite3.Connection, draft_id: int) -> KeptDraft:
    """The draft with that id. Raises NotFound."""
    row = db.execute(f"{_SELECT} WHERE d.id = ?", (draft_id,)).fetchone()
    if row is None:
        raise NotFound("This draft is no longer there: ask for a new one.")
    return _kept(row)


def of_topic(db: sqlite3.Connection, topic_id: int, kind: str, engine: str) -> list[KeptDraft]:
    """The drafts of that kind by that engine, the newest first."""
    rows = db.execute(
        f"{_SELECT} WHERE d.topic_id = ? AND d.kind = ? AND d.engine = ? ORDER BY d.id DESC",
        (topic_id, kind, engine),
    )
    return [_kept(row) for row in rows]


def _kept(row: tuple[Any, ...]) -> KeptDraft:
    id_, topic_id, kind, engine, body, made_with, at, rests_on = row
    made_at = from_text(at)
    if made_at is None:
        raise Damaged(f"draft {id_} has no time")
    return KeptDraft(
        id=id_,
        topic_id=topic_id,
        kind=kind,
        engine=engine,
        body=from_json(body),
        made_with=from_json(made_with),
        at=made_at,
        rests_on=frozenset(from_json(rests_on)),
    )
