"""Search: any text is a query, in any script, and no mark in it means anything but itself."""

import json
import re
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from bot.archive.texts import storable
from bot.archive.times import from_text
from bot.core.spoilers import without_spoilers
from bot.core.terms import Term, pairs, place, terms

_MOST_WORDS = 32
_LONGEST_QUERY, _LONGEST_WORD = 2_000, 64
"""Characters that are looked at; nobody looks for more."""
_SHORT = 3
"""Shorter words are looked for as they are, longer ones also as the beginning of a word."""
_BEFORE, _LENGTH = 60, 240
"""Characters of a snippet: before the first hit, and in all."""

_HITS = """
    SELECT m.topic_id, m.source_id, a.name, m.content, m.posted_at, m.url
    FROM messages_fts f JOIN present_messages m ON m.id = f.rowid
    JOIN present_topics t ON t.id = m.topic_id JOIN authors a ON a.id = m.author_id
    WHERE messages_fts MATCH :wanted
    AND (:topics IS NULL OR m.topic_id IN (SELECT value FROM json_each(:topics)))
    ORDER BY bm25(messages_fts), m.id LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that was found.

    `snippet` is the slice of its words around the first hit, with a mark for what is hidden there.
    """

    topic_id: int
    message_id: str
    author: str
    snippet: str
    posted_at: datetime | None
    url: str | None


def search(
    db: sqlite3.Connection, words: str, topics: Collection[int] | None, limit: int
) -> list[Hit]:
    """Messages of some topics, or of all, with each of the words, or else with any of them.

    The best come first by BM25. Words that are hidden behind `||` are not found.
    """
    wanted = list(_wanted(storable(words[:_LONGEST_QUERY])))
    where = None if topics is None else json.dumps(sorted(topics))
    for query in dict.fromkeys((" AND ".join(wanted), " OR ".join(wanted)) if wanted else ()):
        given = {"wanted": query, "topics": where, "limit": limit}
        if rows := db.execute(_HITS, given).fetchall():
            looked_for = tuple(islice(terms(words[:_LONGEST_QUERY]), _MOST_WORDS))
            return [_hit(row, looked_for) for row in rows]
    return []


def _wanted(words: str) -> Iterator[str]:
    """What the index is asked for, a word each."""
    chunks = (list(islice(terms(chunk), _MOST_WORDS)) for chunk in dict.fromkeys(words.split()))
    asked = (each for chunk in chunks for each in _asked(chunk))
    yield from islice(dict.fromkeys(asked), _MOST_WORDS)


def _asked(chunk: Sequence[Term]) -> Iterator[str]:
    """The terms of a word: those of `O'Reilly` in a row, where each has one form only."""
    if len(chunk) > 1 and not any(each.unspaced or len(each.forms) > 1 for each in chunk):
        yield _phrase(" ".join(each.forms[0] for each in chunk))
    else:
        yield from map(_any_form, chunk)


def _any_form(term: Term) -> str:
    if term.unspaced:
        run = term.forms[0][:_LONGEST_WORD]
        return f'"{run}"*' if len(run) == 1 else f'"{" ".join(pairs(run))}"'
    either = " OR ".join(map(_phrase, term.forms))
    return f"({either})" if len(term.forms) > 1 else either


def _phrase(words: str) -> str:
    return f'"{words}"' if len(words) < _SHORT else f'"{words}"*'


def _hit(row: tuple[int, str, str, str, str | None, str | None], wanted: tuple[Term, ...]) -> Hit:
    topic_id, source_id, author, content, posted_at, url = row
    snippet = _snippet(without_spoilers(content), wanted)
    return Hit(topic_id, source_id, author, snippet, from_text(posted_at), url)


def _snippet(content: str, wanted: tuple[Term, ...]) -> str:
    """The slice around the first of the words, cut between words where it can be."""
    first = _plain_place(content, wanted) if content.isascii() else _place(content, wanted)
    start = 0
    if first > _BEFORE:
        space = content.find(" ", first - _BEFORE, first)
        start = space + 1 if space >= 0 else first
    end = start + _LENGTH
    if end < len(content):
        space = content.rfind(" ", start + _LENGTH // 2, end)
        end = space if space > first else end
    return content[start:end].strip()


def _plain_place(content: str, wanted: tuple[Term, ...]) -> int:
    """Where the first of the words begins; quicker than `_place`, and right in ASCII alone."""
    forms = {form for each in wanted for form in each.forms if form.isascii()}
    either = "|".join(form if len(form) >= _SHORT else rf"{form}(?![a-z0-9])" for form in forms)
    found = re.search(rf"(?<![a-z0-9])(?:{either})", content.lower()) if forms else None
    return found.start() if found else 0


def _place(content: str, wanted: tuple[Term, ...]) -> int:
    return place(content, lambda term: _piece(term, wanted))


def _piece(term: Term, wanted: tuple[Term, ...]) -> str | None:
    """What of a term is looked for, if anything."""
    for each in wanted:
        if term.unspaced and each.unspaced and each.forms[0] in term.forms[0]:
            return each.forms[0]
        if not term.unspaced and any(
            own == form or (len(form) >= _SHORT and own.startswith(form))
            for own in (*term.forms, *term.more)
            for form in each.forms
        ):
            return term.forms[0]
    return None
