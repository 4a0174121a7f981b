"""Whom a reply can be addressed to: the authors of viewpoints, and who talks with whom."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from bot.core.ledger import Evidence
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

    Of a viewpoint that several people hold, the first of them is addressed. Of a person's
    viewpoints, one that a model found a claim for comes before one that it found none for: that
    is more often an introduction or an aside.
    """
    answered = Counter(replied for _, replied in _replies(state))
    people: dict[str, Person] = {}
    for viewpoint in sorted(state.ledger.viewpoints, key=lambda each: each.claim is None):
        holding = [each for each in viewpoint.evidence if each.author in viewpoint.authors]
        own = [each for each in holding if each.author not in {viewer, *people}]
        if own:
            author = own[0].author
            said = [each for each in own if each.author == author]
            people[author] = Person(author, viewpoint.id, said[0], said[-1], answered[author])
    appearance = dict.fromkeys(each for view in state.ledger.viewpoints for each in view.authors)
    return [people[author] for author in appearance if author in people]


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
