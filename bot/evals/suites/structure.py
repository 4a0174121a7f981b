"""Structure: what must hold of every draft, whatever its quality. Each figure must be 1."""

from collections.abc import Iterable, Iterator

from bot.core.summary import Quote, Receipt
from bot.engines import Wanted
from bot.evals.case import Case, Drafting, Figures, Score, Suite, share
from bot.evals.own_cases import own_cases
from bot.evals.quoting import quoted_people, quotes_in, true_quotes
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
    evidence = [each.evidence for each in (*summary.viewpoints, *replies)]
    evidence += [answer.evidence] if answer.answer else []
    quotes: list[Quote] = [quote for each in evidence for quote in each]
    texts = (summary.headline, answer.answer, *(each.claim for each in summary.viewpoints))
    written = (*texts, *(each.text for each in replies))
    return {
        "cited": _share_of(map(bool, evidence)),
        "verbatim": share(len(list(true_quotes(case.thread, quotes))), len(quotes)),
        "fits": _share_of(len(each) <= LONGEST for each in written if each),
        "adds_up": _share_of(_sums(case, summary.receipt, quotes_in(summary))),
    }


def _share_of(holds: Iterable[bool]) -> Score:
    each = list(holds)
    return share(sum(each), len(each))


def _sums(case: Case, receipt: Receipt, quotes: Iterable[Quote]) -> Iterator[bool]:
    """Whether the receipt of a summary says what can be counted without it."""
    people = {each.author.name for each in case.thread.messages}
    yield receipt.messages == len(case.thread.messages)
    yield receipt.read + sum(each.count for each in receipt.skipped) == receipt.messages
    yield receipt.authors == len(people)
    yield receipt.quoted == len(people) - len(receipt.not_quoted)
    yield people - set(receipt.not_quoted) == quoted_people(case.thread, quotes)


STRUCTURE = Suite(
    name="structure",
    about="Do citations, quotes, lengths and receipts hold? (all must be 1)",
    cases=cases,
    run=run,
)
