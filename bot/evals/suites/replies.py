"""Replies: where only one side has spoken, do drafts offer the other, and in nobody's mouth?

The thread is the perspectives of one side of a claim, each by its own author. A draft offers the
other side where its `beyond` shares more words with one of the other side's perspectives than with
any that was posted. It puts the other side in somebody's mouth where a sentence of the reply names
somebody of the thread and does the same.

The measure knows words, not meanings: a rejoinder that turns a posted perspective around in its
own words is taken for the posted side, and one in words of neither is not found. So the share is
a lower bound, good for comparing contenders on the same cases.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.core.likeness import features, overlap
from bot.core.model import Author, Message, Thread, Topic
from bot.core.summary import Suggestion
from bot.engines import Wanted
from bot.evals.case import Case, Drafting, Figures, Suite, share
from bot.evals.datasets import perspectrum
from bot.evals.datasets.names import names
from bot.evals.sources import Sources

IN_COMMON = 3
"""Words that a text shares with a perspective at least, the title's apart, to speak of it."""
LEAST = 2
"""Perspectives on each side of a claim that makes a case."""
_SENTENCE = re.compile(r"[^.!?\n]+")


def cases(sources: Sources) -> Iterator[Case]:
    """The claims with both sides; by turns the one and the other side speaks."""
    found = perspectrum.claims(sources.data_set("perspectrum"), "dev")
    both = (each for each in found if min(len(each.supports), len(each.undermines)) >= LEAST)
    for number, claim in enumerate(both):
        sides = (claim.supports, claim.undermines)
        posted, other = sides if number % 2 == 0 else sides[::-1]
        yield _case(f"perspectrum/{claim.id}", claim.text, posted, other)


def _case(name: str, title: str, posted: Sequence[str], other: Sequence[str]) -> Case:
    messages = tuple(
        Message(str(place), Author(who, who), text)
        for place, (who, text) in enumerate(zip(names(len(posted)), posted, strict=True), start=1)
    )
    thread = Thread(Topic("perspectrum", name, title), messages, {})
    return Case(name, thread, {"other": list(other)})


async def run(case: Case, drafting: Drafting) -> Figures:
    """The shares of the drafts that go beyond, that offer the other side, that misattribute it."""
    drafts = (await drafting.suggest(case.thread, Wanted())).suggestions
    return {
        "beyond": share(sum(bool(each.beyond) for each in drafts), len(drafts)),
        "offers": share(sum(_offers(case, each) for each in drafts), len(drafts)),
        "in_mouths": share(sum(_misattributes(case, each) for each in drafts), len(drafts)),
    }


def _offers(case: Case, draft: Suggestion) -> bool:
    return draft.beyond is not None and _speaks_for_the_other(case, draft.beyond)


def _misattributes(case: Case, draft: Suggestion) -> bool:
    people = {each.author.name for each in case.thread.messages}
    own = "\n".join(line for line in draft.text.splitlines() if not line.startswith(">"))
    return any(
        _speaks_for_the_other(case, sentence)
        for sentence in _SENTENCE.findall(own)
        if any(re.search(rf"\b{re.escape(name)}\b", sentence) for name in people)
    )


def _speaks_for_the_other(case: Case, text: str) -> bool:
    posted = [each.content for each in case.thread.messages]
    title = case.thread.topic.title
    return _nearest(text, case.expected["other"], title) > _nearest(text, posted, title)


def _nearest(text: str, perspectives: Iterable[str], title: str) -> float:
    """The overlap with the likest perspective; fewer words in common are chance."""
    words = features(text).keys() - features(title).keys()
    return max(
        (
            overlap(text, each, title)
            for each in perspectives
            if len(words & features(each).keys()) >= IN_COMMON
        ),
        default=0.0,
    )


REPLIES = Suite(
    name="replies",
    about="Where one side has spoken, do drafts offer the other?",
    cases=cases,
    run=run,
)
