"""An answer from passages of the thread: citations before words, or nothing."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.core.boundaries import sentence_ends
from bot.core.checks import Grounds, faults
from bot.core.copies import copies, is_slice, source
from bot.engines.llm import shapes
from bot.engines.llm.explaining import explain

ANSWER_LENGTH = 1200
BORROWED = 6
"""Words in a row that an answer may not have from passages that it does not cite."""
COPIED = 9
"""Words in a row of what it cites that an answer has in quotation marks only."""
_QUOTED = re.compile(r"“[^“”]+”")


class AskAnswer(BaseModel):
    """Ids before words; null where the thread does not say."""

    model_config = ConfigDict(extra="ignore")

    stands_on: list[str]
    answer: str | None


def schema(passages: int, own_server: bool) -> Mapping[str, Any]:
    """The JSON schema of an answer from that many passages."""
    known = [f"S{place}" for place in range(1, passages + 1)]
    answer = shapes.text(ANSWER_LENGTH, own_server, optional=True)
    return shapes.closed({"stands_on": shapes.labels(known, own_server), "answer": answer})


def check(
    passages: Sequence[str], question: str, names: frozenset[str], instructions: str = ""
) -> Callable[[AskAnswer], Sequence[str]]:
    """What is wrong with an answer; passage n is called Sn."""

    def wrong(answer: AskAnswer) -> Sequence[str]:
        if answer.answer is None:
            return []
        places = cited_places(answer, len(passages))
        if not places:
            return ["an answer must name the passages that it stands on, or be null"]
        cited = [passages[place] for place in places]
        others = [each for place, each in enumerate(passages) if place not in places]
        grounds = Grounds(
            (*cited, question), names=names, instructions=instructions, limit=ANSWER_LENGTH
        )
        text = answer.answer.strip()
        reasons = list(faults(text, grounds))
        if "too_long" not in reasons:
            reasons += _taken(text, cited, others, question)
        return [explain(reason, "answer") for reason in reasons]

    return wrong


def with_marks(answer: str, cited: Sequence[str]) -> str:
    """The answer, those of its sentences that are somebody's in quotation marks."""
    ends = list(sentence_ends(answer))
    pieces = [answer[start:end].strip() for start, end in pairwise((0, *ends))]
    return " ".join(f"“{each}”" if is_slice(each, cited) else each for each in pieces if each)


def _taken(text: str, cited: Sequence[str], others: Sequence[str], question: str) -> Iterator[str]:
    """Words that the answer has from others without showing whose they are."""
    own_words = _QUOTED.sub(" … ", with_marks(text, cited))
    if copies(own_words, source(cited, COPIED), [question]):
        yield "copied"
    if copies(text, source(others, BORROWED), [*cited, question]):
        yield "anothers_words"


def cited_places(answer: AskAnswer, passages: int) -> list[int]:
    """The passages that an answer cites and that there are, from 0, each once."""
    known = {f"S{place + 1}": place for place in range(passages)}
    return list(dict.fromkeys(known[label] for label in answer.stands_on if label in known))
