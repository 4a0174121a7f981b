"""From the state of a topic to what a reader is shown: quotes with their words, names, counts."""

from bot.core.ledger import Question, Viewpoint
from bot.core.state import TopicState
from bot.core.summary import (
    EngineFacts,
    Receipt,
    ShownQuestion,
    ShownViewpoint,
    Summary,
    TopicFacts,
    Usage,
)


def summary(
    state: TopicState,
    facts: TopicFacts,
    engine: EngineFacts,
    receipt: Receipt,
    headline: str | None = None,
    usage: Usage = Usage(),  # noqa: B008 - frozen
) -> Summary:
    """The summary of a topic, as its ledger has it."""
    return Summary(
        topic=facts,
        engine=engine,
        headline=headline,
        questions=tuple(_question(state, each) for each in state.ledger.questions),
        viewpoints=tuple(_viewpoint(state, each) for each in state.ledger.viewpoints),
        agreements=state.ledger.agreements,
        receipt=receipt,
        usage=usage,
    )


def _question(state: TopicState, question: Question) -> ShownQuestion:
    return ShownQuestion(
        id=question.id,
        text=question.wording or state.text(question.asked.span),
        open=question.open,
        evidence=tuple(map(state.quote, (question.asked, *question.answers))),
    )


def _viewpoint(state: TopicState, viewpoint: Viewpoint) -> ShownViewpoint:
    return ShownViewpoint(
        id=viewpoint.id,
        claim=claim(state, viewpoint),
        question=viewpoint.question,
        opposes=viewpoint.opposes,
        authors=tuple(state.names[author] for author in viewpoint.authors),
        evidence=tuple(map(state.quote, viewpoint.evidence)),
    )


def claim(state: TopicState, viewpoint: Viewpoint) -> str:
    """A viewpoint in one sentence: the engine's words, or else its first supporting quote."""
    if viewpoint.claim:
        return viewpoint.claim
    first = next(each for each in viewpoint.evidence if each.stance.holds)
    return state.text(first.span)
