"""The sentences of a topic that bear on a question: found by words, never by meaning."""

from collections.abc import Iterable, Iterator, Sequence

from bot.core.arrangement import Stance
from bot.core.ledger import Evidence
from bot.core.likeness import Likeness
from bot.core.presentation import claim
from bot.core.sentences import Sentence, split
from bot.core.state import TopicState


def passages(
    state: TopicState, question: str, found: Sequence[str], most: int
) -> tuple[Evidence, ...]:
    """Up to `most` sentences, the likest first.

    They come from the messages that a search found and from the viewpoints whose claims
    resemble the question.
    """
    candidates = list(dict.fromkeys((*_from_claims(state, question, most), *_from(state, found))))
    texts = {place: state.text(each.span) for place, each in enumerate(candidates)}
    return tuple(candidates[place] for place in Likeness(texts).nearest(question, most))


def _from(state: TopicState, found: Iterable[str]) -> Iterator[Evidence]:
    for source_id in found:
        message = state.messages.get(source_id)
        for sentence in split(message) if message else ():
            if sentence.evidence and message:
                yield _passage(sentence, message.author.source_id)


def _from_claims(state: TopicState, question: str, most: int) -> Iterator[Evidence]:
    viewpoints = {each.id: each for each in state.ledger.viewpoints}
    claims = Likeness({id_: claim(state, each) for id_, each in viewpoints.items()})
    for id_ in claims.nearest(question, most):
        for evidence in viewpoints[id_].evidence:
            yield Evidence(evidence.span, evidence.author, Stance.UNKNOWN, 0)


def _passage(sentence: Sentence, author: str) -> Evidence:
    return Evidence(sentence.span, author, Stance.UNKNOWN, 0)
