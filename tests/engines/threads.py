"""Threads of the shared data as topics; none where the data is not beside the project."""

import re
from pathlib import Path

from bot.core.model import Author, Message, Thread, Topic

SHARED = Path(__file__).parents[3] / "shared"
CONVOSUMM = SHARED / "data" / "convosumm" / "val.source"


def all_mailing_list_threads() -> list[Thread]:
    """The validation split's threads in their order, from a mailing list of the W3C."""
    if not CONVOSUMM.is_file():
        return []
    lines = CONVOSUMM.read_text(encoding="utf-8").splitlines()
    return [_thread(number, line) for number, line in enumerate(lines)]


def mailing_list_threads(most: int) -> list[Thread]:
    """The shortest threads of at least two people, which a test has time for."""
    threads = all_mailing_list_threads()
    return sorted((each for each in threads if _people(each) > 1), key=_size)[:most]


def _thread(number: int, line: str) -> Thread:
    messages = tuple(
        _message(place, text.strip())
        for place, text in enumerate(line.split("</s>"), start=1)
        if text.strip()
    )
    return Thread(Topic("convosumm", str(number), f"Thread {number}"), messages, {})


def _message(place: int, text: str) -> Message:
    head = re.match(r'Name:\s*"?(.*?)"?\s+Email:.*?Subject:\s*".*?"\s*', text)
    name = head.group(1) if head else f"author of message {place}"
    return Message(str(place), Author(name, name), text[head.end() :] if head else text)


def _size(thread: Thread) -> int:
    return sum(len(message.content) for message in thread.messages)


def _people(thread: Thread) -> int:
    return len({message.author.source_id for message in thread.messages})
