"""QMSum (Zhong et al. 2021): meetings as turns, and queries with the turns that answer them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.core.model import Author, Message, Thread, Topic


@dataclass(frozen=True, slots=True)
class Query:
    """A question about a meeting, and the source ids of the turns labelled as its evidence."""

    question: str
    evidence: tuple[str, ...]


def meetings(folder: Path, split: str) -> Iterator[tuple[Thread, list[Query]]]:
    """The meetings of a split by name, each with its specific queries."""
    for path in sorted((folder / split).glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        thread = _thread(path.stem, document["meeting_transcripts"])
        yield thread, [_query(each, thread) for each in document["specific_query_list"]]


def _thread(name: str, turns: list[dict[str, str]]) -> Thread:
    messages = tuple(
        Message(str(place), Author(turn["speaker"], turn["speaker"]), turn["content"])
        for place, turn in enumerate(turns)
    )
    return Thread(Topic("qmsum", name, f"Meeting {name}"), messages, {})


def _query(told: dict[str, Any], thread: Thread) -> Query:
    labelled = {
        turn
        for first, last in told["relevant_text_span"]
        for turn in range(int(first), int(last) + 1)
    }
    there = sorted(turn for turn in labelled if turn < len(thread.messages))
    return Query(told["query"], tuple(map(str, there)))
