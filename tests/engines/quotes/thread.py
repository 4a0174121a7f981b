"""A discussion that people have, and what the quotes engine makes of it."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from bot.core.brief import Brief
from bot.core.discussion import Discussion
from bot.core.model import Author, Message, Topic
from bot.engines import Draft, Material, Wanted
from bot.engines.quotes import QuotesEngine
from bot.importers import read

SAMPLE = Path(__file__).parents[3] / "bot" / "sample" / "small-batch.json"
TITLE = "Should the club buy a kiln?"
Post = tuple[str, str] | tuple[str, str, int]
"""Who posts what, and the place of the post that it replies to, from 1."""


def thread(*posts: Post | Message, title: str = TITLE) -> Discussion:
    """Posts in their order; a person's id is their name in lower case, a message's its place."""
    messages = (
        post if isinstance(post, Message) else message(place, *post)
        for place, post in enumerate(posts, start=1)
    )
    return Discussion(Topic("test", "1", title), messages)


def message(place: int, name: str, words: str, replies_to: int | None = None) -> Message:
    replied = str(replies_to) if replies_to else None
    return Message(str(place), Author(name.casefold(), name), words, reply_to=replied)


def sample() -> Discussion:
    (found,) = read(SAMPLE).threads
    return Discussion(found.topic, found.messages)


def brief(discussion: Discussion, stretch: Sequence[str] | None = None) -> Brief:
    """The brief of some messages, by id; of all where none are named."""
    material = Material(discussion, tuple(discussion.ids if stretch is None else stretch))
    return asyncio.run(QuotesEngine().brief(material))


def quotes(discussion: Discussion, stretch: Sequence[str] | None = None) -> dict[str, str]:
    """The sentence that stands for each person, by name."""
    people = brief(discussion, stretch).people
    return {discussion.names[each.author]: discussion.text(*each.cites) for each in people}


def open_questions(discussion: Discussion) -> list[str]:
    """What is open, as it is shown: with who asked."""
    return [
        f"{discussion.names[statement.people[0]]}{statement.words.rstrip()}"
        for (statement,) in brief(discussion).open
    ]


def drafts(discussion: Discussion, wanted: Wanted | None = None) -> tuple[Draft, ...]:
    material = Material(discussion, discussion.ids)
    return asyncio.run(QuotesEngine().suggest(material, None, wanted or Wanted()))
