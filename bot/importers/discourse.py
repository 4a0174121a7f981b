"""Discourse's topic JSON: `/t/ID.json`, or `/t/ID/posts.json`, which has no title of its own.

The file does not name its server, so there are no links, and a topic is known by number and
slug: two servers' topic 12 stay apart. A slug follows the title, so a renamed topic is known again
by its number and its posts. Post ids are a topic's own (an export may repeat them in another).
What a topic has and the file lacks is counted as `not_in_file`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property

from bot.core.authors import unnamed
from bot.core.errors import ImportFailed
from bot.core.mentions import marked
from bot.core.model import Author, Message, Thread, Topic
from bot.importers.cooked import Body, from_cooked, from_raw
from bot.importers.records import Moment, Record, Words, possible, sift, validated
from bot.importers.saved_file import SavedFile

_REGULAR, _MODERATOR_ACTION = 1, 2


class _Post(Record):
    id: Words | None = None
    topic_id: Words | None = None
    topic_slug: Words | None = None
    posts_count: int | None = None
    post_number: int | None = None
    post_type: int | None = None
    reply_to_post_number: int | None = None
    user_id: int | None = None
    username: Words | None = None
    raw: Words | None = None
    cooked: Words | None = None
    version: int | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None
    deleted_at: object = None
    hidden: bool | None = None
    user_deleted: bool | None = None

    @property
    def moment(self) -> datetime | None:
        return self.created_at

    @cached_property
    def body(self) -> Body:
        """What the author typed where the file has it, else read back from the page's HTML."""
        return from_raw(self.raw, self.cooked) if self.raw else from_cooked(self.cooked or "")


class _Stream(Record):
    posts: list[_Post] | None = None
    stream: list[object] | None = None


class _Topic(Record):
    id: Words | None = None
    title: Words | None = None
    slug: Words | None = None
    closed: bool | None = None
    archived: bool | None = None
    post_stream: _Stream


def recognises(saved: SavedFile) -> bool:
    """Whether the content is a topic with its stream of posts."""
    return "post_stream" in saved.fields


def threads(saved: SavedFile) -> tuple[Thread, ...]:
    """The one topic that the file holds, its posts by number."""
    document = validated(saved, _Topic, "Discourse")
    posts = document.post_stream.posts or []
    topic = _topic(saved, document, posts)
    kept, skipped = sift(posts, _why_not)
    skipped["not_in_file"] = _missing(document.post_stream, posts)
    if all(post.post_number is not None for post in kept):
        kept.sort(key=lambda post: post.post_number or 0)
    numbers = {post.post_number: post.id for post in kept if post.post_number is not None}
    people = {post.username: post.username for post in kept if post.username}
    messages = tuple(_message(topic, post, numbers, people) for post in kept)
    return (Thread(topic, messages, +skipped, _notices(posts)),)


def _topic(saved: SavedFile, document: _Topic, posts: Sequence[_Post]) -> Topic:
    number = document.id or next((post.topic_id for post in posts if post.topic_id), None)
    if number is None:
        raise ImportFailed(f"{saved.name} does not say which topic it is; download it again.")
    slug = document.slug or next((post.topic_slug for post in posts if post.topic_slug), None)
    title = document.title or _title(slug) or f"Topic {number}"
    closed = bool(document.closed or document.archived)
    return Topic(
        "discourse",
        f"{number}:{slug}" if slug else number,
        title,
        closed=closed,
        beheaded=document.title is None,
        number=number,
    )


def _title(slug: str | None) -> str | None:
    return slug.replace("-", " ").capitalize() if slug else None


def _notices(posts: Sequence[_Post]) -> dict[str, datetime | None]:
    return {each.id: possible(each.created_at) for each in posts if each.id and _is_notice(each)}


def _is_notice(post: _Post) -> bool:
    return post.post_type not in (None, _REGULAR, _MODERATOR_ACTION)


def _why_not(post: _Post) -> str | None:
    if _is_notice(post):
        return "system"
    if post.hidden or post.user_deleted or post.deleted_at:
        return "deleted"
    return None if post.body.words or post.body.attachments else "empty"


def _missing(stream: _Stream, posts: Sequence[_Post]) -> int:
    counts = (post.posts_count or 0 for post in posts)
    total = len(stream.stream) if stream.stream else max(counts, default=0)
    return max(0, total - len(posts))


def _message(
    topic: Topic, post: _Post, numbers: Mapping[int, str | None], people: Mapping[str, str]
) -> Message:
    return Message(
        post.id or "",
        _author(topic, post),
        post.body.words,
        posted_at=post.created_at,
        reply_to=numbers.get(post.reply_to_post_number or 0),
        edited_at=possible(post.updated_at) if (post.version or 1) > 1 else None,
        attachments=post.body.attachments,
        mentions=marked(post.body.words, (), people),
    )


def _author(topic: Topic, post: _Post) -> Author:
    """By user name: a user's number is another person's on the next server.

    Discourse gives its own programs numbers below 0.
    """
    if not post.username:
        id_ = post.id or ""
        return unnamed(topic.source_id, id_, f"author of post {post.post_number or 0}")
    bot = post.user_id is not None and post.user_id < 0
    return Author(post.username, post.username, bot=bot)
