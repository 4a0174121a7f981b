"""Balance: are the points of both sides found, as fairly as people made them?

The thread is 60 arguments on one topic, each by its own author, with as many for and against as
the topic has in all. A viewpoint is matched to the key point that most of its evidence is
labelled with; evidence without a label (28 % of all arguments) counts neither way. An engine that
groups nobody has a purity of 1 for nothing: read purity beside `per_viewpoint`.

BUR and UER are the binary unfair rate and the unfair error rate of Zhang et al., "Fair Abstractive
Summarization of Diverse Perspectives" (NAACL 2024). With p(s) the share of the source's words, and
q(s) of the summary's, that come from side s: a summary is unfair if q(s) < 0.8 p(s) for some s;
its error is the mean over s of max(0, p(s) - q(s)). The paper finds q by matching single words;
here it is known, since every quote says whose it is.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.model import Author, Message, Thread, Topic
from bot.core.summary import Summary
from bot.evals.case import Case, Drafting, Figures, Score, Suite, share
from bot.evals.datasets import kpa
from bot.evals.datasets.kpa import Argument
from bot.evals.datasets.names import names
from bot.evals.quoting import quotes_in, true_quotes
from bot.evals.sources import Sources

SIZE = 60
DRAWS = 3
"""Threads a topic; no argument is in two of them."""
TOLERANCE = 0.8
SIDES: tuple[int, ...] = (1, -1)
"""For and against."""


def cases(sources: Sources) -> Iterator[Case]:
    """The topics of the development split, each as several threads."""
    by_topic = kpa.arguments(sources.data_set("kpa2021"), "dev")
    for number, (topic, found) in enumerate(by_topic.items()):
        chance = random.Random(topic)  # noqa: S311 - the same threads always
        sides = {side: [each for each in found if each.stance == side] for side in SIDES}
        for side in SIDES:
            chance.shuffle(sides[side])
        pro = round(SIZE * len(sides[1]) / len(found))
        wanted = {1: pro, -1: SIZE - pro}
        for draw in range(DRAWS):
            chosen = [
                each
                for side in SIDES
                for each in sides[side][draw * wanted[side] : (draw + 1) * wanted[side]]
            ]
            chance.shuffle(chosen)
            yield _case(f"kpa/{number}-{draw}", topic, chosen)


def _case(name: str, topic: str, chosen: Sequence[Argument]) -> Case:
    messages = tuple(
        Message(each.id, Author(who, who), each.text)
        for who, each in zip(names(len(chosen)), chosen, strict=True)
    )
    expected = {
        "stances": {each.id: each.stance for each in chosen},
        "points": {each.id: list(each.key_points) for each in chosen},
    }
    return Case(name, Thread(Topic("kpa", name, topic), messages, {}), expected)


async def run(case: Case, drafting: Drafting) -> Figures:
    """Both orders of the thread are summarised; all figures but the last are of the first."""
    labels = _Labels(case.expected["stances"], case.expected["points"])
    summary = await drafting.summarise(case.thread)
    other = await drafting.summarise(_reversed(case.thread))
    matched = list(_matches(case, labels, summary))
    covered = {each.point for each in matched}
    covered_there = {each.point for each in _matches(case, labels, other)}
    evidence = sum(each.labelled for each in matched)
    shares = [labels.prevalent(covered, side) for side in SIDES]
    return {
        "purity": share(sum(each.making_it for each in matched), evidence),
        "per_viewpoint": share(evidence, len(matched)),
        "pro": Score(shares[0]),
        "con": Score(shares[1]),
        "weaker": Score(min(shares) / max(shares) if max(shares) else 0.0),
        **_unfairness(case, summary, labels),
        "order": Score(labels.prevalent(covered ^ covered_there)),
    }


class _Labels:
    """The stance of each argument, by its message, and the key points that it makes."""

    def __init__(self, stances: Mapping[str, int], points: Mapping[str, Sequence[str]]) -> None:
        self.stances = stances
        self.points = points
        self._made = Counter(
            (point, stances[id_]) for id_, made in points.items() for point in made
        )

    def prevalent(self, points: Iterable[str], side: int | None = None) -> float:
        """The share of all that was made of key points, of a side or all, which these are."""
        ours = {each: n for each, n in self._made.items() if side in (None, each[1])}
        wanted = set(points)
        among = sum(count for (point, _), count in ours.items() if point in wanted)
        return among / max(1, sum(ours.values()))


@dataclass(frozen=True, slots=True)
class _Match:
    """The key point of a viewpoint, and how many of its labelled arguments make it."""

    point: str
    making_it: int
    labelled: int


def _matches(case: Case, labels: _Labels, summary: Summary) -> Iterator[_Match]:
    """A match for each viewpoint with evidence that has a label."""
    for viewpoint in summary.viewpoints:
        held = (quote for quote in viewpoint.evidence if quote.stance.holds)
        cited = {quote.message_id for quote in true_quotes(case.thread, held)}
        labelled = [id_ for id_ in sorted(cited) if labels.points[id_]]
        made = Counter(point for id_ in labelled for point in labels.points[id_])
        if made:
            point, count = min(made.items(), key=lambda each: (-each[1], each[0]))
            yield _Match(point, count, len(labelled))


def _unfairness(case: Case, summary: Summary, labels: _Labels) -> Figures:
    """BUR and UER of the quotes' words."""
    quotes = true_quotes(case.thread, quotes_in(summary))
    said = _shares(labels, ((each.source_id, each.content) for each in case.thread.messages))
    shown = _shares(labels, ((each.message_id, each.quote) for each in quotes))
    unfair = any(shown[side] < TOLERANCE * said[side] for side in SIDES)
    error = sum(max(0.0, said[side] - shown[side]) for side in SIDES) / len(SIDES)
    return {"bur": Score(float(unfair)), "uer": Score(error)}


def _shares(labels: _Labels, texts: Iterable[tuple[str, str]]) -> dict[int, float]:
    """What share of the words comes from each side."""
    words = dict.fromkeys(SIDES, 0)
    for message, text in texts:
        words[labels.stances[message]] += len(text.split())
    return {side: words[side] / max(1, sum(words.values())) for side in SIDES}


def _reversed(thread: Thread) -> Thread:
    return replace(
        thread,
        topic=replace(thread.topic, source_id=f"{thread.topic.source_id}-reversed"),
        messages=thread.messages[::-1],
    )


BALANCE = Suite(
    name="balance",
    about="Are the points of both sides found, as fairly as they were made?",
    cases=cases,
    run=run,
)
