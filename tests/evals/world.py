"""Data sets of a few lines in the formats of the real ones, and drafts as a test wants them."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.model import Author, Message, Thread, Topic
from bot.core.summary import (
    Answer,
    Count,
    EngineFacts,
    Evidence,
    Intent,
    Mark,
    Receipt,
    ShownPerson,
    ShownPoint,
    Suggestion,
    Suggestions,
    Summary,
    Text,
    TopicFacts,
    Usage,
)
from bot.engines import Wanted

FACTS = EngineFacts("told")


def thread(*said: tuple[str, str], title: str = "Hats") -> Thread:
    """Messages 1, 2, ... by name and words."""
    messages = tuple(
        Message(str(place), Author(who, who), words)
        for place, (who, words) in enumerate(said, start=1)
    )
    return Thread(Topic("test", title, title), messages, {})


def quote(message: str, author: str, words: str) -> Evidence:
    return Evidence(message, author, words, None, None)


def text(words: str, *evidence: Evidence) -> Text:
    """Words with one mark behind them."""
    marks = (Mark(tuple(range(1, len(evidence) + 1))),) if evidence else ()
    return Text((words, *marks), evidence)


def person(author: str, *evidence: Evidence, stand: str | None = None) -> ShownPerson:
    return ShownPerson(author, stand, evidence)


def reply(text: str, beyond: str | None = None) -> Suggestion:
    return Suggestion(1, Intent.BUILD, text, (), beyond, ())


@dataclass
class Told:
    """Drafts whatever it is told to, and remembers the threads that it was asked about."""

    lead: Text | None = None
    points: Sequence[ShownPoint] = ()
    people: Sequence[ShownPerson] = ()
    answer: Text | None = None
    nearest: Sequence[Evidence] = ()
    replies: Sequence[Suggestion] = ()
    receipt: Receipt = field(default_factory=lambda: Receipt(0, 0, (), 0, 0, (), ()))
    threads: list[Thread] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)

    async def summarise(self, thread: Thread) -> Summary:
        self.threads.append(thread)
        return Summary(
            topic=_topic(thread),
            engine=FACTS,
            since=None,
            to_you=(),
            lead=self.lead,
            points=tuple(self.points),
            open=(),
            people=tuple(self.people),
            receipt=self.receipt,
            usage=Usage(),
        )

    async def ask(self, thread: Thread, question: str) -> Answer:
        self.threads.append(thread)
        self.questions.append(question)
        nearest = tuple(self.nearest)
        return Answer(_topic(thread), FACTS, self.answer, nearest, self.receipt, Usage())

    async def suggest(self, thread: Thread, wanted: Wanted) -> Suggestions:
        return Suggestions(_topic(thread), FACTS, tuple(self.replies), self.receipt, Usage())


def _topic(thread: Thread) -> TopicFacts:
    return TopicFacts(1, thread.topic.title, None, len(thread.messages), 0)


def receipt(messages: int, read: int, authors: int, not_cited: Sequence[str] = ()) -> Receipt:
    skipped = (Count("empty", messages - read),) if messages > read else ()
    cited = authors - len(not_cited)
    return Receipt(messages, read, skipped, authors, cited, tuple(not_cited), ())


def meeting(folder: Path, name: str, turns: Sequence[str], queries: dict[str, list[int]]) -> None:
    """A meeting in QMSum's format; a turn is `Name: words`, a query has first and last turn."""
    path = folder / "qmsum" / "val" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    said = [dict(zip(("speaker", "content"), turn.split(": ", 1), strict=True)) for turn in turns]
    asked = [
        {"query": query, "answer": "", "relevant_text_span": [[str(first), str(last)]]}
        for query, (first, last) in queries.items()
    ]
    path.write_text(json.dumps({"meeting_transcripts": said, "specific_query_list": asked}))


def mailing_list(folder: Path, mails: Sequence[str], summary: str) -> None:
    """One thread in ConvoSumm's format; a mail is `Name: words`."""
    (folder / "convosumm").mkdir(parents=True, exist_ok=True)
    parts = [
        f'Name: "{who}"   Email: "x@example.org"   To: list@example.org   Subject: "Hats"   {words}'
        for who, words in (mail.split(": ", 1) for mail in mails)
    ]
    (folder / "convosumm" / "val.source").write_text(" </s>".join(parts) + "\n")
    (folder / "convosumm" / "val.target").write_text(summary + "\n")


def arguments(folder: Path, topic: str, pro: int, con: int) -> None:
    """Arguments in the format of Key Point Analysis; each side has two points, made in turn."""
    (folder / "kpa2021").mkdir(parents=True, exist_ok=True)
    said = [("p", 1, place) for place in range(pro)] + [("c", -1, place) for place in range(con)]
    rows = [(f"{k}{n}", f"argument {k} number {n}", topic, stance) for k, stance, n in said]
    labels = [(f"{k}{n}", f"kp_{k}{n % 2}", 1) for k, _, n in said]
    _table(folder / "kpa2021" / "arguments_dev.csv", "arg_id,argument,topic,stance", rows)
    _table(folder / "kpa2021" / "labels_dev.csv", "arg_id,key_point_id,label", labels)


def claim(folder: Path, text: str, supports: Sequence[str], undermines: Sequence[str]) -> None:
    """One claim in Perspectrum's format."""
    (folder / "perspectrum").mkdir(parents=True, exist_ok=True)
    said = [
        *(("SUPPORT", each) for each in supports),
        *(("UNDERMINE", each) for each in undermines),
    ]
    perspectives = [{"pId": place, "text": words} for place, (_, words) in enumerate(said)]
    clusters = [{"pids": [place], "stance_label_3": side} for place, (side, _) in enumerate(said)]
    claims = [{"cId": 7, "text": text, "perspectives": clusters}]
    (folder / "perspectrum" / "perspectives_dev.json").write_text(json.dumps(perspectives))
    (folder / "perspectrum" / "claims_dev.json").write_text(json.dumps(claims))


def _table(path: Path, head: str, rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([head.split(","), *rows])
