"""Memory: does an engine do as well where it can't know the thread from somewhere else?

Public threads may have been in a model's training. So coverage and citations are measured again
with the speakers renamed, in what they say as well, and with the messages in another order. The
figures are drops: as it was, less as it is. An engine that goes by what stands together loses in
the second change for that reason alone: read it beside the drop of the quotes engine, which
remembers nothing.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.core.model import Author, Message, Thread
from bot.evals.case import Case, Drafting, Figures, Score, Suite
from bot.evals.datasets.names import names
from bot.evals.sources import Sources
from bot.evals.suites import citations, coverage

MEASURED = {"quoted": (coverage.run, "people"), "evidence": (citations.run, "f1")}
_WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 3
"""Letters of a part of a name that is renamed in what people say."""


def cases(sources: Sources) -> Iterator[Case]:
    """Those of coverage and of citations."""
    yield from coverage.cases(sources)
    yield from citations.cases(sources)


async def run(case: Case, drafting: Drafting) -> Figures:
    """The drop of the suite's main figure after each change."""
    kind = next(each for each in MEASURED if each in case.expected)
    measure, figure = MEASURED[kind]
    before = (await measure(case, drafting))[figure]
    drops: dict[str, Score] = {}
    for change in (renamed, reordered):
        after = (await measure(change(case), drafting))[figure]
        name = f"{figure}_{change.__name__}"
        drops[name] = Score(before.value - after.value, before.weight)
    return drops


def renamed(case: Case) -> Case:
    """Everybody goes by a made-up name, in what is said of them and asked about them too."""
    people = list(dict.fromkeys(each.author.name for each in case.thread.messages))
    new = dict(zip(people, names(len(people)), strict=True))
    parts = _parts(new)
    in_text = new | {part: name for part, name in parts.items() if len(part) >= SHORTEST}
    messages = [
        replace(
            each,
            author=Author(new[each.author.name], new[each.author.name]),
            content=_with_names(each.content, in_text),
        )
        for each in case.thread.messages
    ]
    expected: dict[str, Any] = dict(case.expected)
    if "quoted" in expected:
        expected["quoted"] = [new[name] for name in expected["quoted"]]
    question = _with_names(case.question, new | parts) if case.question else None
    return replace(
        case, thread=_other(case.thread, "renamed", messages), expected=expected, question=question
    )


def reordered(case: Case) -> Case:
    """The same messages, shuffled; the same way for every question on a thread."""
    messages = list(case.thread.messages)
    chance = random.Random(case.thread.topic.source_id)  # noqa: S311 - the same order always
    chance.shuffle(messages)
    return replace(case, thread=_other(case.thread, "reordered", messages))


def _other(thread: Thread, change: str, messages: Sequence[Message]) -> Thread:
    """A thread that the archive takes for another one."""
    topic = replace(thread.topic, source_id=f"{thread.topic.source_id}-{change}")
    return replace(thread, topic=topic, messages=tuple(messages))


def _parts(new: Mapping[str, str]) -> dict[str, str]:
    """New names by the parts of the old ones that only one person has, as capitals show them."""
    parts = {name: set(_WORD.findall(name)) for name in new}
    count = Counter(part for each in parts.values() for part in each)
    return {
        part: new[name]
        for name, each in parts.items()
        for part in sorted(each)
        if count[part] == 1 and part[0].isupper()
    }


def _with_names(text: str, new: Mapping[str, str]) -> str:
    longest_first = sorted(new, key=lambda name: -len(name))
    pattern = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest_first)
    return re.sub(pattern, lambda found: new[found.group()], text) if pattern else text


MEMORY = Suite(
    name="memory",
    about="What is lost with other names, and in another order?",
    cases=cases,
    run=run,
)
