"""Posts: what a message of Discord's says, in one form for the live bot and for exported files.

Somebody's own words come first, then words of others that the post shows, as quoted lines (`> `):
what it forwards, the answers of a poll, what a link leads to. Those are never the author's view.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.core.inert import one_line, shorten
from bot.core.marks import Names, readable
from bot.core.model import Mention

PREVIEW_LENGTH = 300
"""Characters of what a link leads to: enough to know what it is about."""
_LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Poll:
    """A question with its answers; `votes` are there once it has ended, one for each answer."""

    question: str
    answers: tuple[str, ...]
    votes: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a post shows of a link, or a program adds to a post: title and text."""

    title: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """What a message of Discord's holds, with Discord's own marks in the words."""

    content: str
    previews: tuple[Preview, ...] = ()
    forwarded: tuple["Post", ...] = ()
    poll: Poll | None = None
    result: Mapping[str, str] | None = None
    """The fields of the notice that a poll has ended."""


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a post as they are kept, and where they name people."""

    content: str
    mentions: tuple[Mention, ...]


def said(post: Post, names: Names) -> Said:
    """A post's words: empty only where it has none."""
    content, mentions = "", list[Mention]()
    for piece in _pieces(post):
        worded = readable(piece, names)
        content += "\n" if content else ""
        mentions += [
            replace(each, start=each.start + len(content), end=each.end + len(content))
            for each in worded.mentions
        ]
        content += worded.text
    return Said(content, tuple(mentions))


def _pieces(post: Post) -> Iterator[str]:
    if post.content:
        yield post.content
    if post.poll:
        yield from _poll(post.poll)
    if post.result is not None and (ended := _result(post.result)):
        yield ended
    yield from (
        _quoted(piece) for each in post.forwarded for piece in _pieces(each) if piece.strip()
    )
    if not _leaves_code_open(post.content):
        yield from (_quoted(words) for each in post.previews if (words := _preview(each)))


def _leaves_code_open(words: str) -> bool:
    """Whether lines behind the words would count as their author's code."""
    return any(words.count(fence) % 2 for fence in ("```", "~~~"))


def _quoted(words: str) -> str:
    return "\n".join(f"> {line}" for line in _LINE_END.split(words.strip()))


def _poll(poll: Poll) -> Iterator[str]:
    """The question is its author's; an answer is nobody's view until somebody says so."""
    if question := one_line(poll.question):
        yield question
    votes = poll.votes or (None,) * len(poll.answers)
    for answer, count in zip(poll.answers, votes, strict=False):
        told = "" if count is None else f" ({count} {'vote' if count == 1 else 'votes'})"
        yield _quoted(f"{one_line(answer)}{told}")


def _result(fields: Mapping[str, str]) -> str | None:
    """`The poll "Tea or coffee?" has ended: "Tea" won with 3 of 5 votes.`"""
    question = one_line(fields.get("poll_question_text", ""))
    if not question:
        return None
    winner = one_line(
        fields.get("victor_answer_text") or fields.get("victor_answer_emoji_name", "")
    )
    total = fields.get("total_votes", "0")
    if winner and "victor_answer_votes" in fields:
        outcome = f'"{winner}" won with {fields["victor_answer_votes"]} of {total} votes'
    else:
        outcome = f"no answer won, with {total} votes in all"
    return f'The poll "{question}" has ended: {outcome}.'


def _preview(preview: Preview) -> str:
    title, text = (one_line(each or "") for each in (preview.title, preview.text))
    return shorten(": ".join(filter(None, (title, text))), PREVIEW_LENGTH)
