"""An answer from passages of the thread: citations before words, or nothing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.core.checks import Grounds, faults
from bot.engines.llm import shapes
from bot.engines.llm.explaining import explain

ANSWER_LENGTH = 1200


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
    passages: Sequence[str], question: str, names: frozenset[str]
) -> Callable[[AskAnswer], Sequence[str]]:
    """What is wrong with an answer; passage n is called Sn."""

    def wrong(answer: AskAnswer) -> Sequence[str]:
        if answer.answer is None:
            return []
        cited = cited_places(answer, len(passages))
        if not cited:
            return ["an answer must name the passages that it stands on, or be null"]
        grounds = Grounds(
            (*(passages[place] for place in cited), question), names=names, limit=ANSWER_LENGTH
        )
        return [explain(reason, "answer") for reason in faults(answer.answer.strip(), grounds)]

    return wrong


def cited_places(answer: AskAnswer, passages: int) -> list[int]:
    """The passages that an answer cites and that there are, from 0, each once."""
    known = {f"S{place + 1}": place for place in range(passages)}
    return list(dict.fromkeys(known[label] for label in answer.stands_on if label in known))
