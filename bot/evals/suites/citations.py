"""Citations: does an answer cite the messages that people labelled as its evidence?

Precision, recall and F1 over messages, each query counting once (macro average). Where there is no
answer, the nearest passages count, which the reader gets instead.
"""

from collections.abc import Collection, Iterator

from bot.core.likeness import features
from bot.core.relevance import Relevance
from bot.evals.case import Case, Drafting, Figures, Score, Suite
from bot.evals.datasets import qmsum
from bot.evals.own_cases import own_cases
from bot.evals.quoting import true_quotes
from bot.evals.sources import Sources

BEST = 10
"""Messages that the BM25 floor cites."""
LEAD = 21
"""Messages that the lead floor cites, from the first."""


def cases(sources: Sources) -> Iterator[Case]:
    """The specific queries on the meetings, and own cases with `expect.evidence`."""
    for thread, queries in qmsum.meetings(sources.data_set("qmsum"), "val"):
        for place, query in enumerate(queries, start=1):
            name = f"qmsum/{thread.topic.source_id}/{place}"
            yield Case(name, thread, {"evidence": list(query.evidence)}, query.question)
    yield from own_cases(sources, "evidence")


async def run(case: Case, drafting: Drafting) -> Figures:
    """What `ask` cites against what is labelled."""
    answer = await drafting.ask(case.thread, case.question or "")
    shown = answer.answer.evidence if answer.answer else answer.nearest
    cited = {quote.message_id for quote in true_quotes(case.thread, shown)}
    return {**_agreement(case, cited), "answered": Score(float(answer.answer is not None))}


def _agreement(case: Case, cited: Collection[str]) -> Figures:
    labelled = set(map(str, case.expected["evidence"]))
    common = len(labelled & set(cited))
    both = len(labelled) + len(cited)
    return {
        "f1": Score(2 * common / both if both else 0.0),
        "precision": Score(common / len(cited) if cited else 0.0),
        "recall": Score(common / len(labelled) if labelled else 0.0),
        "cited": Score(len(cited)),
    }


def _all(case: Case) -> Figures:
    return _agreement(case, [each.source_id for each in case.thread.messages])


def _best(case: Case) -> Figures:
    messages = case.thread.messages
    scores = Relevance([features(each.content) for each in messages]).scores(
        features(case.question or "")
    )
    best = sorted(scores, key=lambda place: (-scores[place], place))[:BEST]
    return _agreement(case, [messages[place].source_id for place in best])


def _lead(case: Case) -> Figures:
    return _agreement(case, [each.source_id for each in case.thread.messages[:LEAD]])


CITATIONS = Suite(
    name="citations",
    about="Does an answer cite the messages that people labelled?",
    cases=cases,
    run=run,
    floors={"cite all": _all, f"BM25 top {BEST}": _best, f"first {LEAD}": _lead},
)
