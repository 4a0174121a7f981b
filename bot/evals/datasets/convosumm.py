"""ConvoSumm (Fabbri et al. 2021): threads of a W3C mailing list, each with a human summary.

One thread a line, its messages set apart by `</s>`; the summary on the same line of another file.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.core.model import Author, Message, Thread, Topic

_HEAD = re.compile(r'Name:\s*"?(?P<name>.*?)"?\s+Email:.*?Subject:\s*"(?P<subject>.*?)"\s*')


def threads(folder: Path, split: str) -> Iterator[tuple[Thread, str]]:
    """The threads of a split in their order, each with its human summary."""
    sources = (folder / f"{split}.source").read_text(encoding="utf-8").splitlines()
    targets = (folder / f"{split}.target").read_text(encoding="utf-8").splitlines()
    for number, (source, target) in enumerate(zip(sources, targets, strict=True)):
        yield _thread(f"{split}-{number}", source), target.strip()


def _thread(name: str, line: str) -> Thread:
    parts = [text.strip() for text in line.split("</s>")]
    messages = tuple(_message(place, text) for place, text in enumerate(parts, start=1) if text)
    head = _HEAD.match(parts[0])
    title = head["subject"] if head and head["subject"].strip() else f"Thread {name}"
    return Thread(Topic("convosumm", name, title), messages, {})


def _message(place: int, text: str) -> Message:
    head = _HEAD.match(text)
    name = head["name"] if head else f"author of message {place}"
    return Message(str(place), Author(name, name), text[head.end() :] if head else text)
