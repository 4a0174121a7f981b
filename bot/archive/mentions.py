"""Where messages name people, kept with the words: names follow a rename, an opt-out, an erasure.

A name is the one that its person goes by in the topic; of who does not write there, the first that
was heard. Of who opted out, or was erased, no name is kept in what others wrote, and none of their
words that others forwarded.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.archive import contests, resting
from bot.archive.messages import ask_for, mentions_from, mentions_to
from bot.archive.texts import storable
from bot.core.mentions import NOBODY, UNKNOWN_PERSON, at, followed, renamed
from bot.core.model import Author, Forward, Mention, Message, Place, revision_of
from bot.core.sentences import Span, split

_NAMING = """
    SELECT m.id, m.topic_id, m.source_id, m.content, m.mentions FROM messages m
    WHERE m.topic_id = :topic AND m.mentions <> '[]' AND EXISTS (
        SELECT 1 FROM json_each(m.mentions) WHERE json_extract(value, '$[2]') = :person)
"""
_TOPICS = "SELECT id FROM topics WHERE source = ?"
_KEPT = """
    SELECT m.source_id, m.content, m.mentions, m.forward_author FROM asked
    CROSS JOIN messages m USING (source_id)
    WHERE m.topic_id = ? AND (m.mentions <> '[]' OR m.forward_author IS NOT NULL)
"""
_AUTHORS = """
    SELECT asked.source_id, min(a.source_id) FROM asked
    CROSS JOIN messages m ON m.source_id = asked.source_id AND m.author_id IS NOT NULL
    JOIN authors a ON a.id = m.author_id JOIN topics t ON t.id = m.topic_id
    WHERE t.source = (SELECT source FROM topics WHERE id = ?) GROUP BY asked.source_id
"""

_FORWARDS = """
    SELECT m.topic_id, m.source_id FROM messages m JOIN topics t ON t.id = m.topic_id
    WHERE t.source = :source AND m.forward_message IS NOT NULL AND (
        m.forward_author = :person OR m.forward_message IN (
            SELECT own.source_id FROM authors a JOIN topics o ON o.id = a.topic_id
            JOIN messages own ON own.author_id = a.id
            WHERE o.source = :source AND a.source_id = :person))
"""

Texts = dict[int, tuple[str, str | None]]
"""What stands at mentions of a message, by their place in a row: words, and the person's id."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A message that names people, as it is kept."""

    id: int
    topic_id: int
    source_id: str
    content: str
    mentions: tuple[Mention, ...]


def settled(
    db: sqlite3.Connection, topic_id: int, given: Collection[Message], out: Collection[str]
) -> list[Message]:
    """The messages with people's names as they are kept, and none of those who are `out`."""
    if not any(each.mentions or each.forward for each in given):
        return list(given)
    people = _people(db, topic_id) | {each.author.source_id: each.author.name for each in given}
    ask_for(db, (each.source_id for each in given))
    kept = {
        source_id: (content, mentions_from(mentions), author)
        for source_id, content, mentions, author in db.execute(_KEPT, (topic_id,)).fetchall()
    }
    found: list[Message] = []
    for each in given:
        content, before, author = kept.get(storable(each.source_id), ("", (), None))
        known = {one.person: content[one.start : one.end] for one in before}
        words, mentions = renamed(
            each.content, each.mentions, dict(_texts(each, people, known, out))
        )
        forward = each.forward and replace(each.forward, author=each.forward.author or author)
        found.append(replace(each, content=words, mentions=mentions, forward=forward))
    return found


def _texts(
    message: Message,
    people: Mapping[str, str],
    known: Mapping[str | None, str],
    out: Collection[str],
) -> Iterator[tuple[int, tuple[str, str | None]]]:
    for place, each in enumerate(message.mentions):
        given = message.content[each.start : each.end]
        person = each.person
        # From a message that lost a name, no new copy of it brings an unknown name back.
        if person is None or storable(person) in out or (None in known and person not in known):
            yield place, (NOBODY, None)
        elif person in people:
            yield place, (at(people[person]), person)
        else:
            before = known.get(person, UNKNOWN_PERSON)
            yield place, (given if before == UNKNOWN_PERSON else before, person)


def sourced(db: sqlite3.Connection, topic_id: int, given: Sequence[Message]) -> list[Message]:
    """The messages, each forward with the author of what it forwards, where that is kept."""
    wanted = {each.forward.message for each in given if each.forward and not each.forward.author}
    if not wanted:
        return list(given)
    ask_for(db, wanted)
    authors = dict(db.execute(_AUTHORS, (topic_id,)).fetchall())
    return [
        replace(each, forward=Forward(each.forward.message, author))
        if each.forward
        and not each.forward.author
        and (author := authors.get(storable(each.forward.message)))
        else each
        for each in given
    ]


def follow(db: sqlite3.Connection, topic_id: int, given: Iterable[Author]) -> None:
    """Has messages that name these authors name them as they are called now."""
    people = _people(db, topic_id)
    for author in {each.source_id: each for each in given}.values():
        if people.get(storable(author.source_id)) != storable(author.name):
            for message in _naming(db, topic_id, author.source_id):
                _rename(db, message, author.source_id, (at(author.name), author.source_id))


def take_out(db: sqlite3.Connection, source: str, person: str) -> None:
    """Takes a person's name out of what others wrote, and drops what was written in sight of it."""
    for (topic_id,) in db.execute(_TOPICS, (source,)).fetchall():
        for message in _naming(db, topic_id, person):
            _rename(db, message, person, (NOBODY, None))
            resting.let_go(db, [message.id])


def forwards(db: sqlite3.Connection, source: str, person: str) -> list[tuple[int, str]]:
    """The topics and source ids of messages that forward a person's words."""
    return db.execute(_FORWARDS, {"source": source, "person": person}).fetchall()


def _people(db: sqlite3.Connection, topic_id: int) -> dict[str, str]:
    rows = db.execute("SELECT source_id, name FROM authors WHERE topic_id = ?", (topic_id,))
    return dict(rows.fetchall())


def _naming(db: sqlite3.Connection, topic_id: int, person: str) -> list[_Named]:
    rows = db.execute(_NAMING, {"topic": topic_id, "person": storable(person)}).fetchall()
    return [
        _Named(id_, topic, source_id, content, mentions_from(mentions))
        for id_, topic, source_id, content, mentions in rows
    ]


def _rename(
    db: sqlite3.Connection, message: _Named, person: str, to: tuple[str, str | None]
) -> None:
    texts: Texts = {
        place: to for place, each in enumerate(message.mentions) if each.person == storable(person)
    }
    content, mentions = renamed(message.content, message.mentions, texts)
    if (content, mentions) == (message.content, message.mentions):
        return
    db.execute(
        "UPDATE messages SET content = ?, mentions = ?, revision = ? WHERE id = ?",
        (storable(content), mentions_to(mentions), revision_of(storable(content)), message.id),
    )
    contests.move(
        db, message.id, lambda start, end: _moved((start, end), message.mentions, mentions)
    )
    places = _places(message.source_id, message.content)
    moves = {place: _moved(place, message.mentions, mentions) for place in places}
    if set(moves.values()) == set(_places(message.source_id, content)):
        resting.follow(db, message.topic_id, {message.source_id: moves})
    else:
        resting.let_go(db, [message.id])


def _moved(place: Place, before: Sequence[Mention], after: Sequence[Mention]) -> Place:
    start, end = place
    return followed(start, before, after), followed(end, before, after, is_end=True)


def _places(source_id: str, content: str) -> list[Place]:
    spans: list[Span] = [each.span for each in split(Message(source_id, Author("", ""), content))]
    return [(span.start, span.end) for span in spans]
