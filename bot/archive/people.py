"""What a person may ask to be done with all that is theirs, in whichever topics of a source.

A person is (source, the source's user id). Their name goes from other people's messages where these
mention them, and so do forwards of their words. A name that others typed, and words that others
quote, can't be told from any other words and stay: a quoted line (`> `) is no evidence, but a model
may see it with the message that it stands in. A title is theirs where the message that opened the
topic is.
"""

import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from bot.archive import deletion, erasing, mentions, resting, spending, topics
from bot.archive.texts import storable
from bot.archive.times import from_text, to_text
from bot.core.errors import Ambiguous, NotFound
from bot.core.receipt import OPTED_OUT

_MESSAGES = """
    SELECT m.topic_id, m.source_id FROM authors a
    JOIN topics t ON t.id = a.topic_id JOIN messages m ON m.author_id = a.id
    WHERE (t.source, a.source_id) = (?, ?)
"""
_KNOWN = """
    SELECT t.source, a.source_id, a.name, count(m.id) FROM authors a
    JOIN topics t ON t.id = a.topic_id JOIN present_messages m ON m.author_id = a.id
    GROUP BY t.source, a.source_id, a.name
    UNION SELECT t.source, v.author_id, NULL, 0 FROM visits v JOIN topics t ON t.id = v.topic_id
    UNION SELECT source, person, NULL, 0 FROM spending WHERE person > ''
    UNION SELECT t.source, json_extract(n.value, '$[2]'), nullif(substr(m.content,
        json_extract(n.value, '$[0]') + 2, json_extract(n.value, '$[1]')
        - json_extract(n.value, '$[0]') - 1), 'unknown-user'), 0
    FROM messages m JOIN topics t ON t.id = m.topic_id, json_each(m.mentions) n
    WHERE m.mentions <> '[]' AND json_extract(n.value, '$[2]') IS NOT NULL
    UNION SELECT t.source, m.forward_author, NULL, 0
    FROM messages m JOIN topics t ON t.id = m.topic_id WHERE m.forward_author IS NOT NULL
    ORDER BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of whom something is kept. `names` are all that they go by in one topic or other.

    `messages` counts theirs over all topics; of who has only visited or asked there is no name.
    """

    source: str
    author_id: str
    names: tuple[str, ...]
    messages: int


def opted_out(db: sqlite3.Connection, source: str, author_id: str) -> datetime | None:
    """When a person opted out; None where they did not."""
    row = db.execute(
        "SELECT at FROM opted_out WHERE (source, author_id) = (?, ?)",
        (storable(source), storable(author_id)),
    ).fetchone()
    return from_text(row[0]) if row else None


def opt_out(db: sqlite3.Connection, source: str, author_id: str, at: datetime) -> int:
    """Takes out all of a person's, and keeps none of it from now on; how many messages went."""
    db.execute(
        "INSERT INTO opted_out (source, author_id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (storable(source), storable(author_id), to_text(at)),
    )
    spending.forget(db, storable(source), storable(author_id), spending.TOGETHER)
    return _take_out(db, source, author_id, at, OPTED_OUT)


def opt_in(db: sqlite3.Connection, source: str, author_id: str) -> bool:
    """Lets what a person posts from now on be kept; whether they had opted out."""
    gone = db.execute(
        "DELETE FROM opted_out WHERE (source, author_id) = (?, ?)",
        (storable(source), storable(author_id)),
    ).rowcount
    if gone:
        erasing.remember(db)
    return gone > 0


def erase(db: sqlite3.Connection, source: str, author_id: str, at: datetime) -> int:
    """Takes out all of a person's; how many messages went."""
    return _take_out(db, source, author_id, at, None)


def find(db: sqlite3.Connection, words: str) -> Person:
    """The person with that id or name, or a part of the name. Raises NotFound, Ambiguous."""
    known = _known(db)
    wanted = words.strip().casefold()
    names = {each: [name.casefold() for name in each.names] for each in known}
    fitting = (
        [each for each in known if each.author_id == words.strip()]
        or [each for each in known if wanted in names[each]]
        or [each for each in known if wanted and any(wanted in name for name in names[each])]
    )
    if not fitting:
        raise NotFound(f'Nothing is kept of anybody called "{words}".')
    if len(fitting) > 1:
        raise Ambiguous("person", words, list(map(_told, fitting)))
    return fitting[0]


def _take_out(
    db: sqlite3.Connection, source: str, author_id: str, at: datetime, withheld: str | None
) -> int:
    who = (storable(source), storable(author_id))
    theirs: defaultdict[int, list[str]] = defaultdict(list)
    for topic_id, source_id in db.execute(_MESSAGES, who):
        theirs[topic_id].append(source_id)
    for topic_id, source_id in mentions.forwards(db, *who):
        theirs[topic_id].append(source_id)
    mentions.take_out(db, *who)
    db.execute(
        """DELETE FROM visits WHERE topic_id IN (SELECT id FROM topics WHERE source = ?)
        AND author_id = ?""",
        who,
    )
    spending.forget(db, *who, None)
    erasing.remember(db)
    for topic, ids in theirs.items():
        topics.untitle(db, topic, ids)
        # A draft or a card may name them without having seen a message of theirs.
        resting.let_go_all(db, topic)
    return sum(deletion.delete(db, topic, ids, at, withheld) for topic, ids in theirs.items())


def _known(db: sqlite3.Connection) -> list[Person]:
    names: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    messages: defaultdict[tuple[str, str], int] = defaultdict(int)
    for source, author_id, name, count in db.execute(_KNOWN):
        names[source, author_id].extend([name] if name is not None else [])
        messages[source, author_id] += count
    return [
        Person(*who, tuple(dict.fromkeys(called)), messages[who]) for who, called in names.items()
    ]


def _told(person: Person) -> str:
    called = ", ".join(person.names) or "no name"
    return f"{called} ({person.source}, id {person.author_id})"
