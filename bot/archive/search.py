"""Search: any text is a query, and no mark in it means anything but itself."""

import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.archive.texts import storable
from bot.archive.times import from_text

_MOST_WORDS = 32
_SHORT = 3
"""Shorter words are looked for as they are, longer ones also as the beginning of a word."""
_BEFORE, _LENGTH = 60, 240
"""Characters of a snippet: before the first hit, and in all."""
_EDGES = re.compile(r"^\W+|\W+$")

_HITS = """
    SELECT m.topic_id, m.source_id, a.name, m.content, m.posted_at, m.url
    FROM {source} JOIN present_topics t ON t.id = m.topic_id JOIN authors a ON a.id = m.author_id
    WHERE {condition} AND m.topic_id = coalesce(:topic, m.topic_id)
    ORDER BY {order} LIMIT :limit
"""
_BY_INDEX = _HITS.format(
    source="messages_fts f JOIN present_messages m ON m.id = f.rowid",
    condition="messages_fts MATCH :wanted",
    order="bm25(messages_fts), m.id",
)
_BY_LETTERS = _HITS.format(
    source="present_messages m", condition="instr(m.content, :wanted)", order="m.posted_at DESC"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that was found. `snippet` is the slice of its words around the first hit."""

    topic_id: int
    message_id: str
    author: str
    snippet: str
    posted_at: datetime | None
    url: str | None


def search(db: sqlite3.Connection, words: str, topic_id: int | None, limit: int) -> list[Hit]:
    """Messages with all of the words, or else with any, best first by BM25.

    What is no word to the index (an emoji, a piece of a language without spaces) is found letter
    by letter, latest first, where the index finds nothing.
    """
    words = storable(words).replace("\0", " ")
    for query, wanted in _queries(words):
        rows = db.execute(query, {"wanted": wanted, "topic": topic_id, "limit": limit}).fetchall()
        if rows:
            return [_hit(row, words.split()) for row in rows]
    return []


def _queries(words: str) -> Iterator[tuple[str, str]]:
    terms = [_term(word) for word in _indexed(words)]
    if terms:
        yield _BY_INDEX, " AND ".join(terms)
        yield _BY_INDEX, " OR ".join(terms)
    if words.strip():
        yield _BY_LETTERS, words.strip()


def _indexed(words: str) -> list[str]:
    """The words that the index can know, each once: those with a letter or a digit."""
    known = (word for word in words.split() if any(map(str.isalnum, word)))
    return list(dict.fromkeys(known))[:_MOST_WORDS]


def _term(word: str) -> str:
    quoted = '"' + word.replace('"', '""') + '"'
    return quoted if len(word) < _SHORT else f"{quoted}*"


def _hit(row: tuple[int, str, str, str, str | None, str | None], words: list[str]) -> Hit:
    topic_id, source_id, author, content, posted_at, url = row
    return Hit(topic_id, source_id, author, _snippet(content, words), from_text(posted_at), url)


def _snippet(content: str, words: list[str]) -> str:
    """The slice around the first of the words, cut between words where it can be."""
    first = _first_place(content.translate(_FOLDED), words)
    start = 0
    if first > _BEFORE:
        space = content.find(" ", first - _BEFORE, first)
        start = space + 1 if space >= 0 else first
    end = start + _LENGTH
    if end < len(content):
        space = content.rfind(" ", start + _LENGTH // 2, end)
        end = space if space > first else end
    return content[start:end].strip()


def _first_place(text: str, words: list[str]) -> int:
    """Where the first of the words begins a word of the text, or else stands at all."""
    bare = [_EDGES.sub("", word.translate(_FOLDED)) or word for word in words[:_MOST_WORDS]]
    either = "|".join(re.escape(word) for word in bare)
    found = re.search(rf"(?<!\w)(?:{either})", text) or re.search(either, text)
    return found.start() if found else 0


class _Folding(dict[int, str]):
    """A letter without case and accent, always one for one, so that positions stay."""

    def __missing__(self, code: int) -> str:
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        self[code] = folded = base if len(base) == 1 else chr(code)
        return folded


_FOLDED = _Folding()
