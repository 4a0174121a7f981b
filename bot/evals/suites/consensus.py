"""Consensus: where people are known to be split, no word says that they agree.

Own cases tell the sides (`expect.sides`). All that is written is checked against the true counts:
headline, claims, suggestions. Quotes are people's own words and are left out.
"""

from collections.abc import Iterator

from bot.core.checks import Grounds, faults
from bot.core.summary import Suggestions, Summary
from bot.engines import Wanted
from bot.evals.case import Case, Drafting, Figures, Score, Suite
from bot.evals.own_cases import own_cases
from bot.evals.sources import Sources


def cases(sources: Sources) -> Iterator[Case]:
    """Own cases with `expect.sides`."""
    return own_cases(sources, "sides")


async def run(case: Case, drafting: Drafting) -> Figures:
    """How many texts claim an agreement that is not there, and how many there were."""
    summary = await drafting.summarise(case.thread)
    suggestions = await drafting.suggest(case.thread, Wanted())
    texts = [*_written(case, summary), *_replies(suggestions)]
    sides = [len(each) for each in case.expected["sides"]]
    grounds = Grounds(
        sentences=tuple(each.content for each in case.thread.messages),
        holders=max(sides),
        speakers=sum(sides),
    )
    unfounded = sum("unfounded_consensus" in faults(text, grounds) for text in texts)
    return {"unfounded": Score(unfounded), "texts": Score(len(texts))}


def _written(case: Case, summary: Summary) -> Iterator[str]:
    if summary.headline:
        yield summary.headline
    for each in summary.viewpoints:
        if not any(each.claim in message.content for message in case.thread.messages):
            yield each.claim


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
