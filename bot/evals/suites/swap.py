"""Swap: does it matter who says it, and who says it first?

A thread has as many people for as against, each with one argument; one side speaks before the
other. It is summarised twice, the second time with the two sides' people exchanged: the arguments
of the side that spoke second are now said first, by the people who spoke first. `words` and
`cited` are the weaker side's over the stronger's on the first page, as means of both summaries.
`words_moved` and `cited_moved` are how much of the page the exchange moved from one side to the
other; a summary that goes by what is said has 0.

The words of a claim belong to the people whom it cites, in equal parts, or, where it cites nobody,
to those whom it names.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from bot.core.brief import length
from bot.core.model import Author, Message, Thread, Topic
from bot.core.summary import Summary
from bot.evals.case import Case, Drafting, Figures, Score, Suite
from bot.evals.datasets import kpa, perspectrum
from bot.evals.datasets.names import names
from bot.evals.front import Claim, cited, claims
from bot.evals.quoting import named, true_quotes
from bot.evals.sources import Sources

LEAST, MOST = 3, 15
"""People of a side."""
SIDES: tuple[str, ...] = ("for", "against")


def cases(sources: Sources) -> Iterator[Case]:
    """The topics of Key Point Analysis, and Perspectrum's claims with enough on both sides."""
    by_topic = kpa.arguments(sources.data_set("kpa2021"), "dev")
    for number, (topic, found) in enumerate(by_topic.items()):
        sides = ([each.text for each in found if each.stance == side] for side in (1, -1))
        yield from _case(f"kpa/{number}", topic, *sides)
    for claim in perspectrum.claims(sources.data_set("perspectrum"), "dev"):
        yield from _case(
            f"perspectrum/{claim.id}", claim.text, list(claim.supports), list(claim.undermines)
        )


def _case(name: str, title: str, pro: list[str], con: list[str]) -> Iterator[Case]:
    """A thread of as many of each side, where there are enough."""
    size = min(len(pro), len(con), MOST)
    if size < LEAST:
        return
    messages = tuple(
        Message(str(place), Author(who, who), text)
        for place, (who, text) in enumerate(
            zip(names(2 * size), chain(pro[:size], con[:size]), strict=True), start=1
        )
    )
    sides = {each.source_id: SIDES[place >= size] for place, each in enumerate(messages)}
    yield Case(name, Thread(Topic("swap", name, title), messages, {}), {"sides": sides})


async def run(case: Case, drafting: Drafting) -> Figures:
    """Both threads are summarised, and the sides' parts of the first page compared."""
    parts = [
        _parts(thread, case.expected["sides"], await drafting.summarise(thread))
        for thread in (case.thread, swapped(case.thread))
    ]
    words, citations = [part.words for part in parts], [part.cited for part in parts]
    return {
        "words": _weaker(words),
        "cited": _weaker(citations),
        "words_moved": _moved(words),
        "cited_moved": _moved(citations),
    }


def swapped(thread: Thread) -> Thread:
    """The thread with the second half's arguments first, said by the people of the first half."""
    half = len(thread.messages) // 2
    said = thread.messages[half:] + thread.messages[:half]
    pairs = zip(thread.messages, said, strict=True)
    return replace(
        thread,
        topic=replace(thread.topic, source_id=f"{thread.topic.source_id}-swapped"),
        messages=tuple(replace(other, author=place.author) for place, other in pairs),
    )


Sides = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Parts:
    """Each side's words and citations on a first page."""

    words: Sides
    cited: Sides


def _parts(thread: Thread, sides: Mapping[str, str], summary: Summary) -> _Parts:
    words = dict.fromkeys(SIDES, 0.0)
    for claim in claims(summary):
        behind = _messages(thread, claim)
        for message in behind:
            words[sides[message]] += length(claim.words) / len(behind)
    quotes = [sides[quote.message_id] for quote in true_quotes(thread, cited(summary))]
    return _Parts(words, {side: float(quotes.count(side)) for side in SIDES})


def _messages(thread: Thread, claim: Claim) -> set[str]:
    """The messages of the people to whom the words of a claim belong."""
    if claim.evidence:
        return {quote.message_id for quote in true_quotes(thread, claim.evidence)}
    people = named(claim.words, thread)
    return {each.source_id for each in thread.messages if each.author.name in people}


def _weaker(counted: Iterable[Sides]) -> Score:
    """The weaker over the stronger side, in the mean."""
    ratios = [min(each.values()) / (max(each.values()) or 1.0) for each in counted]
    return Score(sum(ratios) / len(ratios))


def _moved(counted: Iterable[Sides]) -> Score:
    """The difference of one side's shares."""
    before, after = (each[SIDES[0]] / (sum(each.values()) or 1.0) for each in counted)
    return Score(abs(before - after))


SWAP = Suite(
    name="swap",
    about="Does it matter who says it, and who says it first?",
    cases=cases,
    run=run,
)
