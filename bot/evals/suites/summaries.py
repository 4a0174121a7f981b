"""Summaries: how near a summary comes to the one that a person wrote.

ROUGE-1, -2 and -L (Lin 2004) as F1, with stemming, each thread counting once. A quotes-only
summary is several times as long as a person's, which costs it precision. And whom of those that
the person names does ours name?
"""

import re
from collections.abc import Iterator, Sequence

from bot.core.errors import ConfigError
from bot.core.model import Thread
from bot.core.summary import ShownViewpoint, Summary
from bot.evals.case import Case, Drafting, Figures, Score, Suite, share
from bot.evals.datasets import convosumm
from bot.evals.sources import Sources

KINDS = {"rouge1": "rouge_1", "rouge2": "rouge_2", "rougeL": "rouge_l"}
LEAD = 65
"""Words of the floor: as many as a human summary has in the mean."""
_WORD = re.compile(r"[^\W\d_]{2,}")


def cases(sources: Sources) -> Iterator[Case]:
    """The mailing list's threads."""
    for thread, written in convosumm.threads(sources.data_set("convosumm"), "val"):
        yield Case(f"convosumm/{thread.topic.source_id}", thread, {"summary": written})


async def run(case: Case, drafting: Drafting) -> Figures:
    """A summary in plain text against the human one."""
    return _figures(case, plain(await drafting.summarise(case.thread)))


def plain(summary: Summary) -> str:
    """A summary as plain text: the headline, then who holds what."""
    asked = (each.text for each in summary.questions if not each.evidence)
    lines = (_line(each) for each in summary.viewpoints)
    return "\n".join((*([summary.headline] if summary.headline else []), *asked, *lines))


def _line(viewpoint: ShownViewpoint) -> str:
    """The claim, or where there is none of the engine's own, all that is quoted."""
    quotes = [each.quote for each in viewpoint.evidence if each.stance.holds]
    said = " ".join(quotes) if viewpoint.claim in quotes else viewpoint.claim
    return f"{', '.join(viewpoint.authors)}: {said}"


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


def named(text: str, thread: Thread) -> set[str]:
    """The people of a thread whom a text names, be it by a part of their name."""
    words = set(_WORD.findall(text))
    people = {each.author.name for each in thread.messages}
    return {name for name in people if words.intersection(_parts(name))}


def _parts(name: str) -> Sequence[str]:
    return [part for part in _WORD.findall(name) if part[0].isupper()]


SUMMARIES = Suite(
    name="summaries",
    about="How near does a summary come to the one that a person wrote?",
    cases=cases,
    run=run,
    floors={f"first {LEAD} words": _lead},
)
