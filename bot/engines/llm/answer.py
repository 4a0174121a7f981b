"""An answer from a discussion: its statements, checked as those of a brief are."""

from collections.abc import Sequence

from bot.core.brief import Statement, length
from bot.core.brief_checks import copied, statement_faults
from bot.core.checks import Fault, Grounds, faults
from bot.core.sources import Sources
from bot.core.statements import Written, statements, unmarked
from bot.engines.llm.schemas import Answer

MOST_STATEMENTS = 6
MISSING_WORDS, MISSING_LENGTH = 25, 300
Held = tuple[Written, tuple[Fault, ...]]
"""A statement with its faults."""


class AskAnswer(Answer):
    """An answer with ids behind its claims; null where nothing bears on the question.

    `missing` is what the discussion does not say of it: no sentence can bear that out.
    """

    answer: str | None
    missing: str | None = None


def held(answer: AskAnswer, sources: Sources) -> list[Held]:
    """The statements of an answer, each held against its sentences."""
    found = statements(sources.discussion, answer.answer or "")[:MOST_STATEMENTS]
    return [(written, statement_faults(written, sources)) for written in found]


def missing(answer: AskAnswer, sources: Sources) -> tuple[Statement, ...]:
    """The sentence on what is not said, if it claims nothing that could be checked."""
    text = unmarked((answer.missing or "")[:MISSING_LENGTH]).strip()
    asked = (sources.question, sources.discussion.topic.title)
    grounds = Grounds(
        asked,
        around=sources.around,
        roster=sources.roster,
        instructions=sources.instructions,
        absence=True,
        limit=MISSING_LENGTH - 1,
    )
    is_long = length(text) > MISSING_WORDS
    if not text or is_long or faults(text, grounds) or any(copied(text, sources, asked)):
        return ()
    return (Statement((text,)),)


def complaint(found: Sequence[Held]) -> str:
    """What the model is asked to mend."""
    told = "\n".join(
        f"- Sentence {n} can't stand: {'; '.join(fault.told for fault in unfit)}."
        for n, (_, unfit) in enumerate(found, start=1)
        if unfit
    )
    return (
        f"Somebody held your answer against the sentences.\n{told}\n"
        'Give all of it once more, mended, as JSON: {"answer": "...", "missing": null}.'
    )
