"""Topics, and the authors who belong to one."""

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.archive import cards, erasing
from bot.archive.texts import from_json, maybe_storable, storable
from bot.archive.times import from_text, to_text
from bot.core.errors import Ambiguous, NotFound
from bot.core.model import UNTITLED, Author, Topic

_SELECT = """
    SELECT t.id, t.source, t.source_id, t.title, t.url, t.closed, t.channel, t.private, t.tags,
        t.version, count(m.id), count(DISTINCT a.id), max(m.posted_at)
    FROM present_topics t
    LEFT JOIN present_messages m ON m.topic_id = t.id
    LEFT JOIN authors a ON a.id = m.author_id AND NOT a.bot
"""


@dataclass(frozen=True, slots=True)
class KeptTopic:
    """A topic in the archive, with what it amounts to.

    `messages` counts those that are there, `authors` the people (not the programs) who wrote
    them; `version` grows with every change of the topic, its messages and contests of them.
    """

    id: int
    topic: Topic
    messages: int
    authors: int
    last_posted_at: datetime | None
    version: int


def every(db: sqlite3.Connection) -> list[KeptTopic]:
    """All topics, the latest message first."""
    order = "GROUP BY t.id ORDER BY max(m.posted_at) DESC NULLS LAST, t.id DESC"
    return [_kept(row) for row in db.execute(f"{_SELECT} {order}")]


def of_server(db: sqlite3.Connection, guild_id: str) -> list[KeptTopic]:
    """A Discord server's topics that have a message, the liveliest first."""
    here = "WHERE t.source = 'discord' AND instr(t.url, ?) = 1"
    lively = "GROUP BY t.id HAVING count(m.id) > 0 ORDER BY max(m.posted_at) DESC, t.id DESC"
    rows = db.execute(f"{_SELECT} {here} {lively}", (f"https://discord.com/channels/{guild_id}/",))
    return list(map(_kept, rows))


def frequented(db: sqlite3.Connection, source: str, author_id: str) -> set[int]:
    """The ids of the topics that a person opened, wrote in or looked at."""
    rows = db.execute(
        """SELECT a.topic_id FROM authors a JOIN present_topics t ON t.id = a.topic_id
        WHERE (t.source, a.source_id) = (?1, ?2)
        UNION SELECT v.topic_id FROM visits v JOIN present_topics t ON t.id = v.topic_id
        WHERE (t.source, v.author_id) = (?1, ?2)
        UNION SELECT id FROM present_topics WHERE (source, opened_by) = (?1, ?2)""",
        (storable(source), storable(author_id)),
    )
    return {id_ for (id_,) in rows}


def one(db: sqlite3.Connection, topic_id: int) -> KeptTopic:
    """The topic with that id. Raises NotFound."""
    row = db.execute(f"{_SELECT} WHERE t.id = ? GROUP BY t.id", (topic_id,)).fetchone()
    if row is None:
        raise _not_found(str(topic_id))
    return _kept(row)


def source(db: sqlite3.Connection, topic_id: int) -> str:
    """Where the topic with that id is from. Raises NotFound."""
    row = db.execute("SELECT source FROM present_topics WHERE id = ?", (topic_id,)).fetchone()
    if row is None:
        raise _not_found(str(topic_id))
    return row[0]


def title(db: sqlite3.Connection, topic_id: int) -> str:
    """The topic's title alone."""
    row = db.execute("SELECT title FROM topics WHERE id = ?", (topic_id,)).fetchone()
    return row[0]


def version(db: sqlite3.Connection, topic_id: int) -> int:
    """The topic's version alone. Raises NotFound."""
    row = db.execute("SELECT version FROM present_topics WHERE id = ?", (topic_id,)).fetchone()
    if row is None:
        raise _not_found(str(topic_id))
    return row[0]


def known_as(db: sqlite3.Connection, source: str, source_id: str) -> KeptTopic | None:
    """The topic that its source knows by that id, or None."""
    row = db.execute(
        f"{_SELECT} WHERE (t.source, t.source_id) = (?, ?) GROUP BY t.id",
        (storable(source), storable(source_id)),
    ).fetchone()
    return _kept(row) if row else None


def standing_in(db: sqlite3.Connection, source: str, channel: str) -> list[str]:
    """The source's ids of the topics that stand in a channel."""
    rows = db.execute(
        "SELECT source_id FROM topics WHERE source = ? AND channel = ? ORDER BY id",
        (storable(source), storable(channel)),
    )
    return [source_id for (source_id,) in rows]


def find(db: sqlite3.Connection, words: str) -> KeptTopic:
    """The topic with that id, or whose title the words fit: as a whole, as a part, or one by one.

    Raises NotFound, or Ambiguous where they fit several equally well.
    """
    titles = dict(db.execute("SELECT id, title FROM present_topics ORDER BY id").fetchall())
    by_id = {str(id_): id_ for id_ in titles}
    if words.strip() in by_id:
        return one(db, by_id[words.strip()])
    fitting = _fitting({id_: _plain(title) for id_, title in titles.items()}, _plain(words))
    if not fitting:
        raise _not_found(words)
    if len(fitting) > 1:
        raise Ambiguous("topic", words, [f"{id_}: {titles[id_]}" for id_ in fitting])
    return one(db, fitting[0])


def keep(db: sqlite3.Connection, topic: Topic) -> int:
    """The id of the topic, which is there from now on, to be seen, and as it is given."""
    topic_id = stage(db, topic)
    if topic.beheaded and _is_titled(db, topic_id):
        return topic_id
    now = (storable(topic.title), maybe_storable(topic.url), topic.closed)
    db.execute(
        """UPDATE topics SET title = ?1, url = ?2, closed = ?3, staged = 0
        WHERE id = ?4 AND (staged OR (title, url, closed) IS NOT (?1, ?2, ?3))""",
        (*now, topic_id),
    )
    _keep_place(db, topic_id, topic)
    return topic_id


def _keep_place(db: sqlite3.Connection, topic_id: int, topic: Topic) -> None:
    """Keeps where it stands and what it is filed under, as far as the source says so.

    Nothing that was written rests on it, so that its version stays.
    """
    names = None if topic.tags is None else [storable(each) for each in topic.tags]
    tags = None if names is None else json.dumps(names, ensure_ascii=False)
    db.execute(
        """UPDATE topics SET channel = coalesce(?1, channel), private = coalesce(?2, private),
            tags = coalesce(?3, tags)
        WHERE id = ?4 AND (channel, private, tags) IS NOT
            (coalesce(?1, channel), coalesce(?2, private), coalesce(?3, tags))""",
        (maybe_storable(topic.channel), topic.private, tags, topic_id),
    )


def _is_titled(db: sqlite3.Connection, topic_id: int) -> bool:
    row = db.execute("SELECT NOT staged FROM topics WHERE id = ?", (topic_id,)).fetchone()
    return bool(row[0])


def stage(db: sqlite3.Connection, topic: Topic) -> int:
    """The id of the topic; one that was not there is not to be seen yet."""
    key = (storable(topic.source), storable(topic.source_id))
    known = db.execute("SELECT id FROM topics WHERE (source, source_id) = (?, ?)", key).fetchone()
    if known:
        return known[0]
    new = db.execute(
        "INSERT INTO topics (source, source_id, title, closed, staged) VALUES (?, ?, '', 0, 1) "
        "RETURNING id",
        key,
    )
    return new.fetchone()[0]


def title_kept(db: sqlite3.Connection, topic: Topic) -> str | None:
    """The title that is kept of a topic; None where there is none."""
    key = (storable(topic.source), storable(topic.source_id))
    row = db.execute("SELECT title FROM topics WHERE (source, source_id) = (?, ?)", key).fetchone()
    return row[0] if row else None


def untitle(db: sqlite3.Connection, topic_id: int) -> None:
    """Takes out a topic's title for good, and who gave it."""
    db.execute(
        "UPDATE topics SET title = ?1, opened_by = NULL, untitled = 1 "
        "WHERE id = ?2 AND (title, opened_by, untitled) IS NOT (?1, NULL, 1)",
        (UNTITLED, topic_id),
    )


def keep_opener(db: sqlite3.Connection, topic_id: int, author_id: str | None) -> None:
    """Keeps who gave a topic its title, unless none is kept."""
    db.execute(
        "UPDATE topics SET opened_by = ?1 "
        "WHERE id = ?2 AND NOT untitled AND opened_by IS NOT ?1 AND ?1 IS NOT NULL",
        (maybe_storable(author_id), topic_id),
    )


def language(db: sqlite3.Connection, topic_id: int) -> str:
    """What the topic is mostly written in, as a code of ISO 639-1; "" where nobody can tell yet."""
    row = db.execute("SELECT language FROM topics WHERE id = ?", (topic_id,)).fetchone()
    return row[0] or "" if row else ""


def filled_at(db: sqlite3.Connection, topic_id: int) -> datetime | None:
    """Up to when nothing is missing."""
    row = db.execute("SELECT filled_at FROM topics WHERE id = ?", (topic_id,)).fetchone()
    return from_text(row[0]) if row else None


def keep_filled(db: sqlite3.Connection, topic_id: int, at: datetime) -> None:
    """Keeps up to when nothing is missing: no change of the topic, so its version stays."""
    db.execute("UPDATE topics SET filled_at = ? WHERE id = ?", (to_text(at), topic_id))


def delete(db: sqlite3.Connection, topic_id: int) -> None:
    """Takes out a topic with everything of it; its cards are left marked. Raises NotFound."""
    one(db, topic_id)
    cards.withdraw_all(db, topic_id)
    db.execute("DELETE FROM topics WHERE id = ?", (topic_id,))
    erasing.remember(db)


def introduce(db: sqlite3.Connection, topic_id: int, authors: Iterable[Author]) -> dict[str, int]:
    """Keeps authors who are not there yet; the ids of all of the topic's by their source's id."""
    db.executemany(
        "INSERT INTO authors (topic_id, source_id, name, bot) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        ((topic_id, storable(each.source_id), storable(each.name), each.bot) for each in authors),
    )
    rows = db.execute("SELECT source_id, id FROM authors WHERE topic_id = ?", (topic_id,))
    return dict(rows.fetchall())


def rename(db: sqlite3.Connection, topic_id: int, authors: Collection[Author]) -> list[str]:
    """Gives authors the names that they go by now; those that nobody goes by any more."""
    rows = [(storable(each.name), each.bot, topic_id, storable(each.source_id)) for each in authors]
    before = "SELECT name FROM authors WHERE topic_id = ?3 AND source_id = ?4 AND name IS NOT ?1"
    old = [name for row in rows for (name,) in db.execute(before, row)]
    db.executemany(
        """UPDATE authors SET name = ?1, bot = ?2 WHERE topic_id = ?3 AND source_id = ?4
        AND (name, bot) IS NOT (?1, ?2)""",
        rows,
    )
    return old


def forget_silent(db: sqlite3.Connection, topic_id: int) -> None:
    """Takes out the authors of whom no message is left."""
    db.execute(
        """DELETE FROM authors WHERE topic_id = ?
        AND NOT EXISTS (SELECT 1 FROM messages WHERE author_id = authors.id)""",
        (topic_id,),
    )


def _fitting(titles: dict[int, str], words: str) -> list[int]:
    if not words:
        return []
    exact = [id_ for id_, title in titles.items() if title == words]
    part = [id_ for id_, title in titles.items() if words in title]
    return (
        exact
        or part
        or [id_ for id_, title in titles.items() if all(word in title for word in words.split())]
    )


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _not_found(words: str) -> NotFound:
    return NotFound(f'There is no topic "{words}"; "moot topics" lists those that there are.')


def _kept(row: tuple[Any, ...]) -> KeptTopic:
    id_, source, source_id, title, url, closed, channel, private, tags, *counted = row
    topic = Topic(
        source,
        source_id,
        title,
        url,
        bool(closed),
        channel=channel,
        private=None if private is None else bool(private),
        tags=None if tags is None else tuple(from_json(tags)),
    )
    version, messages, authors, last = counted
    return KeptTopic(id_, topic, messages, authors, from_text(last), version)
