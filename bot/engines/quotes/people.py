"""Whom a reply can be addressed to: the authors of viewpoints, and who talks with whom."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.core.ledger import Evidence, Viewpoint
from bot.core.likeness import features
from bot.core.state import TopicState

MOST_PAIRED = 15
"""People among whom pairs are sought: those replied to most, else those who came first."""


@dataclass(frozen=True, slots=True)
class Person:
    """An author with a viewpoint; `answered` counts the replies that they got from others."""

    author: str
    viewpoint: int
    first: Evidence
    latest: Evidence
    answered: int


def present(state: TopicState, viewer: str | None) -> list[Person]:
    """All who can be addressed, in order of appearance. Nobody is shown what they said themselves.

    Of a viewpoint that several people hold, the first of them is addressed.
    """
    answered = Counter(replied for _, replied in _replies(state))
    return [
        _person(author, viewpoint, answered[author])
        for author, viewpoint in _addressed(state.ledger.viewpoints, viewer).items()
    ]


def _addressed(viewpoints: Sequence[Viewpoint], viewer: str | None) -> dict[str, Viewpoint]:
    """A viewpoint of each person's own. One that a model found no claim for, which is more often
    an introduction or an aside, gives way to one that it did and that nobody else is there for."""
    chosen: dict[str, Viewpoint] = {}
    for each in viewpoints:
        if author := next((by for by in each.authors if by not in {viewer, *chosen}), None):
            chosen[author] = each
    taken = {each.id for each in chosen.values()}
    for each in viewpoints:
        if each.claim is not None and each.id not in taken:
            waiting = (by for by in each.authors if by in chosen and chosen[by].claim is None)
            if author := next(waiting, None):
                chosen[author] = each
    return chosen


def _person(author: str, viewpoint: Viewpoint, answered: int) -> Person:
    own = [each for each in viewpoint.evidence if each.author == author]
    return Person(author, viewpoint.id, own[0], own[-1], answered)


def pairs(state: TopicState, people: list[Person]) -> list[tuple[Person, Person]]:
    """Two people each, those first who reply to each other, then those who use the same words.

    Neither says that they disagree: that they speak to each other, or of the same thing, is
    reason enough to read them together.
    """
    talks = Counter(frozenset(pair) for pair in _replies(state))
    words = {each.author: set(features(state.text(each.latest.span))) for each in people}
    noticed = sorted(people, key=lambda each: -each.answered)[:MOST_PAIRED]
    among = [each for each in people if each in noticed]

    def nearness(pair: tuple[Person, Person]) -> tuple[int, float]:
        one, other = (each.author for each in pair)
        shared = len(words[one] & words[other])
        return talks[frozenset((one, other))], shared / (1 + len(words[one] | words[other]))

    return sorted(combinations(among, 2), key=nearness, reverse=True)


def _replies(state: TopicState) -> Iterator[tuple[str, str]]:
    """Who replied to whom, once a reply; nobody replies to themselves."""
    for message in state.messages.values():
        replied = state.messages.get(message.reply_to or "")
        if replied and replied.author.source_id != message.author.source_id:
            yield message.author.source_id, replied.author.source_id
