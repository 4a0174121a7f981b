"""Structure: what must hold of every draft, whatever its quality. Each figure must be 1."""

from collections.abc import Iterable, Iterator

from bot.core.brief import limit
from bot.core.summary import Evidence, Receipt
from bot.engines import Wanted
from bot.evals.case import Case, Drafting, Figures, Score, Suite, share
from bot.evals.front import cited_in_all, words
from bot.evals.own_cases import own_cases
from bot.evals.quoting import quoted_people, true_quotes
from bot.evals.sources import Sources

LONGEST = 2_000
"""Characters of a message on Discord."""


def cases(sources: Sources) -> Iterator[Case]:
    """All own cases: what they expect is not asked here."""
    return own_cases(sources)


async def run(case: Case, drafting: Drafting) -> Figures:
    """A summary, replies and an answer, each looked at from all sides."""
    summary = await drafting.summarise(case.thread)
    replies = (await drafting.suggest(case.thread, Wanted())).suggestions
    answer = await drafting.ask(case.thread, case.question or case.thread.topic.title)
    stated = [*summary.front, *summary.people, *([answer.answer] if answer.answer else [])]
    quotes: list[Evidence] = [*cited_in_all(summary), *answer.nearest]
    quotes += [quote for each in (*stated, *replies) for quote in each.evidence]
    texts = [text.text for text in (*summary.front, answer.answer) if text]
    return {
        "cited": _share_of(bool(each.evidence) for each in stated),
        "verbatim": share(len(list(true_quotes(case.thread, quotes))), len(quotes)),
        "fits": _share_of(len(each) <= LONGEST for each in (*texts, *(r.text for r in replies))),
        "short": Score(float(not summary.lead or words(summary) <= _most_words(case))),
        "adds_up": _share_of(_sums(case, summary.receipt, cited_in_all(summary))),
    }


def _most_words(case: Case) -> int:
    return limit(sum(len(message.content.split()) for message in case.thread.messages))


def _share_of(holds: Iterable[bool]) -> Score:
    found = list(holds)
    return share(sum(found), len(found))


def _sums(case: Case, receipt: Receipt, evidence: Iterable[Evidence]) -> Iterator[bool]:
    """Whether the receipt of a summary says what can be counted without it."""
    people = {each.author.name for each in case.thread.messages}
    yield receipt.messages == len(case.thread.messages)
    yield receipt.read + sum(each.count for each in receipt.skipped) == receipt.messages
    yield receipt.authors == len(people)
    yield receipt.cited == len(people) - len(receipt.not_cited)
    yield people - set(receipt.not_cited) == quoted_people(case.thread, evidence)


STRUCTURE = Suite(
    name="structure",
    about="Do citations, quotes, lengths and receipts hold? (all must be 1)",
    cases=cases,
    run=run,
)
