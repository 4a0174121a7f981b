"""A long thread of real talk: meetings, Reddit threads and mailing lists, one after the other.

Read from the data beside the project each time; none of it is kept in the project.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from bot.core.model import Author, Message, Topic
from tests.engines.threads import SHARED, all_mailing_list_threads

DATA = SHARED / "data"
START = datetime(2026, 3, 1, tzinfo=UTC)
TOPIC = Topic("bench", "long", "A very long discussion")


def joined(count: int) -> tuple[Message, ...]:
    """The first `count` messages, a minute apart; fewer, or none, where the data ends."""
    return tuple(islice(_numbered(_conversations()), count))


def _conversations() -> Iterator[Iterable[Message]]:
    """Two Reddit threads, then meetings with a mailing list's threads in between."""
    yield from map(_reddit, sorted((DATA / "exports" / "reddit").glob("*.json")))
    mails = iter(all_mailing_list_threads())
    for path in sorted((DATA / "qmsum" / "val").glob("*.json")):
        yield _meeting(json.loads(path.read_text(encoding="utf-8")))
        yield from (thread.messages for thread in islice(mails, 2))


def _numbered(conversations: Iterable[Iterable[Message]]) -> Iterator[Message]:
    """All messages under ids of their own; who replies, replies within the conversation."""
    number = 0
    for conversation in conversations:
        new_ids: dict[str, str] = {}
        for message in conversation:
            number += 1
            new_ids[message.source_id] = str(number)
            yield replace(
                message,
                source_id=str(number),
                posted_at=START + timedelta(minutes=number),
                reply_to=new_ids.get(message.reply_to or ""),
            )


def _meeting(meeting: Any) -> Iterator[Message]:
    for place, turn in enumerate(meeting["meeting_transcripts"]):
        yield Message(str(place), Author(turn["speaker"], turn["speaker"]), turn["content"])


def _reddit(path: Any) -> Iterator[Message]:
    _, comments = json.loads(path.read_text(encoding="utf-8"))
    left = list(reversed(comments["data"]["children"]))
    while left:
        comment = left.pop()
        said = comment["data"]
        if comment["kind"] == "t1" and said.get("author"):
            author = Author(said["author"], said["author"])
            reply_to = said["parent_id"].removeprefix("t1_")
            yield Message(said["id"], author, said["body"], reply_to=reply_to)
            replies = said["replies"]["data"]["children"] if said["replies"] else []
            left.extend(reversed(replies))
