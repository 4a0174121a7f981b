"""Coverage: is everybody cited who has something to say, and are the quotes true?

`people` counts who is cited on the first page, `people_in_all` on the second as well: a summary
that hides somebody behind a button is not as fair as one that does not. `words` are those of the
first page, since anybody can be fair at any length.

Only what the form of a sentence tells decides who has something to say (`says_something`), unless
a case of one's own lists them.
"""

from collections.abc import Iterator

from bot.core.model import Thread
from bot.evals.case import Case, Drafting, Figures, Score, Suite, share
from bot.evals.datasets import convosumm, qmsum
from bot.evals.front import cited, cited_in_all, words
from bot.evals.own_cases import own_cases
from bot.evals.quoting import people_with_something_to_say, quoted_people, true_quotes
from bot.evals.sources import Sources


def cases(sources: Sources) -> Iterator[Case]:
    """The mailing list's threads, the meetings, and own cases with `expect.quoted`."""
    for thread, _ in convosumm.threads(sources.data_set("convosumm"), "val"):
        yield case("convosumm", thread)
    for thread, _ in qmsum.meetings(sources.data_set("qmsum"), "val"):
        yield case("qmsum", thread)
    yield from own_cases(sources, "quoted")


def case(data_set: str, thread: Thread) -> Case:
    """A thread in which everybody with something to say is expected to be cited."""
    name = f"{data_set}/{thread.topic.source_id}"
    return Case(name, thread, {"quoted": sorted(people_with_something_to_say(thread))})


async def run(case: Case, drafting: Drafting) -> Figures:
    """The share of people cited and of quotes that are true, and the length that it took."""
    summary = await drafting.summarise(case.thread)
    expected, evidence = set(case.expected["quoted"]), cited_in_all(summary)
    first = expected & quoted_people(case.thread, cited(summary))
    both = expected & quoted_people(case.thread, evidence)
    true = list(true_quotes(case.thread, evidence))
    return {
        "people": share(len(first), len(expected)),
        "people_in_all": share(len(both), len(expected)),
        "verbatim": share(len(true), len(evidence)),
        "words": Score(words(summary)),
    }


COVERAGE = Suite(
    name="coverage",
    about="Is everybody cited who has something to say, and truly?",
    cases=cases,
    run=run,
)
