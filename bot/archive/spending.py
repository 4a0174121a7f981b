"""What the model was asked for, a row a request: the topic, the model and the tokens."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.archive.times import to_text
from bot.core.summary import Usage


@dataclass(frozen=True, slots=True)
class Spent:
    """What one model was asked for one topic, in all. A topic that is gone keeps its number."""

    topic_id: int
    model: str
    requests: int
    usage: Usage


def keep(db: sqlite3.Connection, topic_id: int, model: str, usage: Usage, at: datetime) -> None:
    """Keeps what a request cost."""
    db.execute(
        "INSERT INTO spending (topic_id, model, calls, prompt_tokens, completion_tokens, at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (topic_id, model, usage.calls, usage.prompt_tokens, usage.completion_tokens, to_text(at)),
    )


def by_topic(db: sqlite3.Connection) -> Iterable[Spent]:
    """The sums by topic and model, the dearest first."""
    rows = db.execute(
        """SELECT topic_id, model, count(*), sum(calls), sum(prompt_tokens), sum(completion_tokens)
        FROM spending GROUP BY topic_id, model
        ORDER BY sum(prompt_tokens) + sum(completion_tokens) DESC, topic_id, model"""
    )
    for topic_id, model, requests, calls, prompt, completion in rows:
        yield Spent(topic_id, model, requests, Usage(calls, prompt, completion))
