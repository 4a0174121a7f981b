"""Where messages name people, kept with the words: names follow a rename, an opt-out, an erasure.

A name is the one that its person goes by in the topic; of who does not write there, the first that
was heard. Of who opted out, or was erased, no name is kept in what others wrote, and none of their
words that others forwarded.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.archive import contests, resting, topics
from bot.archive.messages import ask_for, mentions_from, mentions_to
from bot.archive.texts import storable
from bot.core.mentions import NOBODY, UNKNOWN_PERSON, at, followed, renamed
from bot.core.model import Author, Forward, Mention, Message, Place, revision_of
from bot.core.sentences import split

_NAMING = """
    SELECT m.id, m.source_id, m.content, m.mentions FROM messages m
    WHERE m.topic_id = :topic AND m.mentions <> '[]' AND EXISTS (
        SELECT 1 FROM json_each(m.mentions) WHERE json_extract(value, '$[2]') IN (
            SELECT value FROM json_each(:people)))
"""
_DRAFTED = """
    SELECT DISTINCT dm.message_id FROM drafts d JOIN draft_messages dm ON dm.draft_id = d.id
    WHERE d.topic_id = ?
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


@dataclass(frozen=True, slots=True)
class _Named:
    """A message that names people, as it is kept."""

    id: int
    source_id: str
    content: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class _Renaming:
    """What a message says once it names people otherwise."""

    message: _Named
    content: str
    mentions: tuple[Mention, ...]

    def moved(self, start: int, end: int) -> Place:
        """Where words stand then."""
        before = self.message.mentions
        return (
            followed(start, before, self.mentions),
            followed(end, before, self.mentions, is_end=True),
        )


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
    authors |= {storable(each.source_id): each.author.source_id for each in given}
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
    names = {storable(each.source_id): storable(each.name) for each in given}
    to = {id_: (at(name), id_) for id_, name in names.items() if people.get(id_) != name}
    if to:
        _rename(db, topic_id, to)


def take_out(db: sqlite3.Connection, source: str, person: str) -> None:
    """Takes a person's name out of what others wrote, and drops what was written in sight of it."""
    for (topic_id,) in db.execute(_TOPICS, (source,)).fetchall():
        resting.let_go(db, _rename(db, topic_id, {storable(person): (NOBODY, None)}))


def forwards(db: sqlite3.Connection, source: str, person: str) -> list[tuple[int, str]]:
    """The topics and source ids of messages that forward a person's words."""
    return db.execute(_FORWARDS, {"source": source, "person": person}).fetchall()


def _people(db: sqlite3.Connection, topic_id: int) -> dict[str, str]:
    rows = db.execute("SELECT source_id, name FROM authors WHERE topic_id = ?", (topic_id,))
    return dict(rows.fetchall())


def _rename(
    db: sqlite3.Connection, topic_id: int, to: Mapping[str, tuple[str, str | None]]
) -> list[int]:
    """Puts other words where messages name people; the row ids of these messages."""
    rows = db.execute(_NAMING, {"topic": topic_id, "people": json.dumps(list(to))}).fetchall()
    messages = [
        _Named(id_, source_id, content, mentions_from(mentions))
        for id_, source_id, content, mentions in rows
    ]
    renamings = [_renaming(each, to) for each in messages]
    db.executemany(
        "UPDATE messages SET content = ?, mentions = ?, revision = ? WHERE id = ?",
        (
            (each.content, mentions_to(each.mentions), revision_of(each.content), each.message.id)
            for each in renamings
        ),
    )
    _move_contests(db, renamings)
    _move_drafts(db, topic_id, renamings)
    return [each.id for each in messages]


def _renaming(message: _Named, to: Mapping[str, tuple[str, str | None]]) -> _Renaming:
    texts = {
        place: to[each.person]
        for place, each in enumerate(message.mentions)
        if each.person is not None and each.person in to
    }
    content, mentions = renamed(message.content, message.mentions, texts)
    return _Renaming(message, storable(content), mentions)


def _move_contests(db: sqlite3.Connection, renamings: Iterable[_Renaming]) -> None:
    contested = {id_ for (id_,) in db.execute("SELECT DISTINCT message_id FROM contests")}
    for each in renamings:
        if each.message.id in contested:
            contests.move(db, each.message.id, each.moved)


def _move_drafts(db: sqlite3.Connection, topic_id: int, renamings: Iterable[_Renaming]) -> None:
    """Has citations follow; where the sentences are others now, the drafts go."""
    cited = {id_ for (id_,) in db.execute(_DRAFTED, (topic_id,))}
    language = topics.language(db, topic_id)
    moves: dict[str, dict[Place, Place]] = {}
    lost: list[int] = []
    for each in renamings:
        if each.message.id in cited:
            places = _places(each.message.content, language)
            now = {place: each.moved(*place) for place in places}
            if set(now.values()) == set(_places(each.content, language)):
                moves[each.message.source_id] = now
            else:
                lost.append(each.message.id)
    if moves:
        resting.follow(db, topic_id, moves)
    resting.let_go(db, lost)


def _places(content: str, language: str) -> list[Place]:
    message = Message("", Author("", ""), content, topic_language=language)
    spans = [each.span for each in split(message)]
    return [(span.start, span.end) for span in spans]
