"""The language of a topic: settled by its first messages, and then for good.

By it sentences are told apart, so it must not change with what comes later. When it is settled,
what was written before of a topic in another language than was assumed till then goes.
"""

import sqlite3

from bot.archive import resting
from bot.core.languages import USUAL, common_language

_FIRST = """
    SELECT substr(content, 1, 1000) FROM present_messages WHERE topic_id = ? AND content <> ''
    ORDER BY posted_at, length(source_id), source_id LIMIT 50
"""


def told(db: sqlite3.Connection, topic_id: int) -> str | None:
    """The language of a topic's first messages; None where they are not enough to tell."""
    return common_language(words for (words,) in db.execute(_FIRST, (topic_id,)))


def settle(db: sqlite3.Connection, topic_id: int) -> None:
    """Notes the language of a topic that has none yet, once its messages are enough to tell."""
    open_ = db.execute(
        "SELECT 1 FROM topics WHERE id = ? AND language IS NULL", (topic_id,)
    ).fetchone()
    if not open_:
        return
    language = told(db, topic_id)
    if language is None:
        return
    db.execute(
        "UPDATE topics SET language = ?, version = version + 1 WHERE id = ?", (language, topic_id)
    )
    if language != USUAL:
        resting.let_go_all(db, topic_id)
