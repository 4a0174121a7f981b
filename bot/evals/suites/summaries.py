"""Summaries: how near the first page comes to the summary that a person wrote.

ROUGE-1, -2 and -L (Lin 2004) as F1, with stemming, each thread counting once. A summary of quotes
is several times as long as a person's, which costs it precision. And whom of those that the person
names does ours name?
"""

from collections.abc import Iterator

from bot.core.errors import ConfigError
from bot.core.summary import Summary
from bot.evals.case import Case, Drafting, Figures, Score, Suite, share
from bot.evals.datasets import convosumm
from bot.evals.front import bare, quoted
from bot.evals.quoting import named
from bot.evals.sources import Sources

KINDS = {"rouge1": "rouge_1", "rouge2": "rouge_2", "rougeL": "rouge_l"}
LEAD = 65
"""Words of the floor: as many as a human summary has in the mean."""


def cases(sources: Sources) -> Iterator[Case]:
    """The mailing list's threads."""
    for thread, written in convosumm.threads(sources.data_set("convosumm"), "val"):
        yield Case(f"convosumm/{thread.topic.source_id}", thread, {"summary": written})


async def run(case: Case, drafting: Drafting) -> Figures:
    """A summary in plain text against the human one."""
    return _figures(case, plain(await drafting.summarise(case.thread)))


def plain(summary: Summary) -> str:
    """The first page as plain text."""
    lines = [bare(summary.lead)] if summary.lead else []
    lines += [f"{point.title}: {bare(point.text)}" for point in summary.points]
    for person in quoted(summary):
        lines.append(f"{person.author}: {' '.join(each.quote for each in person.evidence)}")
    return "\n".join((*lines, *map(bare, summary.open)))


def _lead(case: Case) -> Figures:
    words = " ".join(each.content for each in case.thread.messages).split()
    return _figures(case, " ".join(words[:LEAD]))


def _figures(case: Case, text: str) -> Figures:
    written = str(case.expected["summary"])
    expected = named(written, case.thread)
    both = expected & named(text, case.thread)
    return {**_rouge(written, text), "people": share(len(both), len(expected))}


def _rouge(written: str, text: str) -> dict[str, Score]:
    try:
        from rouge_score_rs import rouge_scorer
    except ModuleNotFoundError:
        raise ConfigError(
            "The suite summaries needs a ROUGE library: pip install 'moot[eval]'."
        ) from None
    scores = rouge_scorer.RougeScorer(list(KINDS), use_stemmer=True).score(written, text)
    return {name: Score(scores[kind].fmeasure) for kind, name in KINDS.items()}


SUMMARIES = Suite(
    name="summaries",
    about="How near does a summary come to the one that a person wrote?",
    cases=cases,
    run=run,
    floors={f"first {LEAD} words": _lead},
)
