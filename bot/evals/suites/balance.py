"""Balance: are the points of both sides found, as fairly as people made them?

The thread is 60 arguments on one topic, each by its own author, with as many for and against as
the topic has in all. A key point is found where an argument that makes it is cited on the first
page; arguments without a label (28 % of all) count neither way.

BUR and UER are the binary unfair rate and the unfair error rate of Zhang et al., "Fair Abstractive
Summarization of Diverse Perspectives" (NAACL 2024). With p(s) the share of the source's words, and
q(s) of the summary's, that come from side s: a summary is unfair if q(s) < 0.8 p(s) for some s;
its error is the mean over s of max(0, p(s) - q(s)). The paper finds q by matching single words;
here it is known, since every sentence that is cited says whose it is.
"""

import random
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from bot.core.model import Author, Message, Thread, Topic
from bot.core.summary import Evidence
from bot.evals.case import Case, Drafting, Figures, Score, Suite
from bot.evals.datasets import kpa
from bot.evals.datasets.kpa import Argument
from bot.evals.datasets.names import names
from bot.evals.front import cited, words
from bot.evals.quoting import true_quotes
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
    """The shares of either side's points that are found, and how unfair that is."""
    labels = _Labels(case.expected["stances"], case.expected["points"])
    summary = await drafting.summarise(case.thread)
    quotes = list(true_quotes(case.thread, cited(summary)))
    found = {point for quote in quotes for point in labels.points[quote.message_id]}
    shares = [labels.prevalent(found, side) for side in SIDES]
    return {
        "pro": Score(shares[0]),
        "con": Score(shares[1]),
        "weaker": Score(min(shares) / max(shares) if max(shares) else 0.0),
        **_unfairness(case, quotes, labels),
        "words": Score(words(summary)),
    }


class _Labels:
    """The stance of each argument, by its message, and the key points that it makes."""

    def __init__(self, stances: Mapping[str, int], points: Mapping[str, Sequence[str]]) -> None:
        self.stances = stances
        self.points = points
        self._made = Counter(
            (point, stances[id_]) for id_, made in points.items() for point in made
        )

    def prevalent(self, points: Collection[str], side: int) -> float:
        """The share of all that a side made of key points, which these are."""
        ours = {point: n for (point, of), n in self._made.items() if of == side}
        among = sum(n for point, n in ours.items() if point in points)
        return among / max(1, sum(ours.values()))


def _unfairness(case: Case, quotes: Iterable[Evidence], labels: _Labels) -> Figures:
    """BUR and UER of the words that are cited."""
    said = _shares(labels, ((each.source_id, each.content) for each in case.thread.messages))
    shown = _shares(labels, ((each.message_id, each.quote) for each in quotes))
    unfair = any(shown[side] < TOLERANCE * said[side] for side in SIDES)
    error = sum(max(0.0, said[side] - shown[side]) for side in SIDES) / len(SIDES)
    return {"bur": Score(float(unfair)), "uer": Score(error)}


def _shares(labels: _Labels, texts: Iterable[tuple[str, str]]) -> dict[int, float]:
    """What share of the words comes from each side."""
    counted = dict.fromkeys(SIDES, 0)
    for message, text in texts:
        counted[labels.stances[message]] += len(text.split())
    return {side: counted[side] / max(1, sum(counted.values())) for side in SIDES}


BALANCE = Suite(
    name="balance",
    about="Are the points of both sides found, as fairly as they were made?",
    cases=cases,
    run=run,
)
