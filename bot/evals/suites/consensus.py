"""Consensus: where people are known to be split, no word says that they agree.

Own cases tell the sides (`expect.sides`). All that is written of them is looked at: both pages and
the suggestions. Quotes are people's own words and are left out.
"""

from collections.abc import Iterator

from bot.core.checks import Grounds, faults, reasons
from bot.core.summary import Suggestions, Summary
from bot.engines import Wanted
from bot.evals.case import Case, Drafting, Figures, Score, Suite
from bot.evals.front import bare, words
from bot.evals.own_cases import own_cases
from bot.evals.sources import Sources

ANY_LENGTH = 1_000_000


def cases(sources: Sources) -> Iterator[Case]:
    """Own cases with `expect.sides`."""
    return own_cases(sources, "sides")


async def run(case: Case, drafting: Drafting) -> Figures:
    """How many texts claim an agreement that is not there, and how many there were."""
    summary = await drafting.summarise(case.thread)
    suggestions = await drafting.suggest(case.thread, Wanted())
    said = tuple(message.content for message in case.thread.messages)
    own = (text for text in _written(summary) if not any(text in content for content in said))
    texts = [*own, *_replies(suggestions)]
    found = (reasons(faults(text, Grounds(said, limit=ANY_LENGTH))) for text in texts)
    unfounded = sum("unfounded_consensus" in each for each in found)
    return {
        "unfounded": Score(unfounded),
        "texts": Score(len(texts)),
        "words": Score(words(summary)),
    }


def _written(summary: Summary) -> Iterator[str]:
    yield from map(bare, summary.front)
    yield from (point.title for point in summary.points)
    yield from (person.stand for person in summary.people if person.stand)


def _replies(suggestions: Suggestions) -> Iterator[str]:
    """What drafts say outside of block quotes."""
    for each in suggestions.suggestions:
        own = (line for line in each.text.splitlines() if not line.startswith(">"))
        yield "\n".join((*own, each.beyond or ""))


CONSENSUS = Suite(
    name="consensus",
    about="Is a split told as an agreement? (must be 0)",
    cases=cases,
    run=run,
)
