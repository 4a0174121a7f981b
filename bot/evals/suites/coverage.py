"""Coverage: is everybody quoted who has something to say, and are the quotes true?

Only what the form of a sentence tells decides who has something to say (`says_something`), unless
a case of one's own lists them.
"""

from collections.abc import Iterator

from bot.core.model import Thread
from bot.evals.case import Case, Drafting, Figures, Suite, share
from bot.evals.datasets import convosumm, qmsum
from bot.evals.own_cases import own_cases
from bot.evals.quoting import (
    people_with_something_to_say,
    quoted_people,
    quotes_in,
    true_quotes,
)
from bot.evals.sources import Sources


def cases(sources: Sources) -> Iterator[Case]:
    """The mailing list's threads, the meetings, and own cases with `expect.quoted`."""
    for thread, _ in convosumm.threads(sources.data_set("convosumm"), "val"):
        yield case("convosumm", thread)
    for thread, _ in qmsum.meetings(sources.data_set("qmsum"), "val"):
        yield case("qmsum", thread)
    yield from own_cases(sources, "quoted")


def case(data_set: str, thread: Thread) -> Case:
    """A thread in which everybody with something to say is expected to be quoted."""
    name = f"{data_set}/{thread.topic.source_id}"
    return Case(name, thread, {"quoted": sorted(people_with_something_to_say(thread))})


async def run(case: Case, drafting: Drafting) -> Figures:
    """The share of people quoted, and of quotes that are true."""
    quotes = quotes_in(await drafting.summarise(case.thread))
    expected = set(case.expected["quoted"])
    quoted = expected & quoted_people(case.thread, quotes)
    true = list(true_quotes(case.thread, quotes))
    return {
        "people": share(len(quoted), len(expected)),
        "verbatim": share(len(true), len(quotes)),
    }


COVERAGE = Suite(
    name="coverage",
    about="Is everybody quoted who has something to say, and truly?",
    cases=cases,
    run=run,
)
