"""Places where somebody can join: a question, a view or an exchange that waits for more."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.core import frames
from bot.core.likeness import features
from bot.core.relevance import Relevance
from bot.engines.quotes.answers import exchanges, is_replied_to
from bot.engines.quotes.questions import open_questions
from bot.engines.quotes.salience import Saying
from bot.engines.quotes.talk import Talk

LAST = 30
"""So many of the last places of a kind are weighed."""
WORTH = 0.4
"""What a view scores at least, measured by the best."""
IN_COMMON = 2
"""Words of a question that somebody's sentence has, for the question to be put to them."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is said there, and `beside` it what else is quoted.

    `to` are the authors who are addressed, `frames` the lines that fit it.
    """

    said: tuple[Saying, ...]
    to: tuple[str, ...]
    frames: tuple[str, ...]
    why: str
    beside: tuple[Saying, ...] = ()

    @property
    def quotes(self) -> tuple[Saying, ...]:
        """All that is quoted, in order."""
        return self.said + self.beside

    @property
    def messages(self) -> frozenset[str]:
        """The ids of the messages that make it a place to join."""
        return frozenset(saying.span.message for saying in self.said)


def questions(talk: Talk, viewer: str | None) -> Iterator[Place]:
    """Questions that nobody answered, the last first, put to whoever speaks of the same."""
    statements = [saying for saying in talk.sayings if not saying.asks]
    relevance = Relevance([features(saying.text) for saying in statements])
    for question in islice(reversed(open_questions(talk)), LAST):
        if question.author == viewer:
            continue
        about = talk.about(question.text)
        scores = relevance.scores(about)
        ranked = sorted(scores, key=lambda place: -scores[place])
        by_others = (
            statements[place]
            for place in ranked
            if statements[place].author not in (question.author, viewer)
        )
        yield _question(question, next(by_others, None), about)


def _question(question: Saying, near: Saying | None, about: frozenset[str]) -> Place:
    if near and len(about & features(near.text).keys()) >= IN_COMMON:
        to = (near.author, question.author)
        return Place((question,), to, frames.QUESTION, frames.UNANSWERED, beside=(near,))
    return Place((question,), (question.author,), frames.QUESTION_ALONE, frames.UNANSWERED)


def views(talk: Talk, viewer: str | None) -> Iterator[Place]:
    """Views that nobody replied to, of the last ones those first that matter most."""
    unreplied = (
        view
        for message in reversed(talk.messages)
        if message.author.source_id != viewer
        and (view := talk.statement(message))
        and not is_replied_to(talk, message)
    )
    scores = {view: talk.salience.score(view) for view in islice(unreplied, LAST)}
    enough = WORTH * max(scores.values(), default=0)
    for view in sorted(scores, key=scores.__getitem__, reverse=True):
        if scores[view] >= enough:
            yield Place((view,), (view.author,), frames.VIEW, frames.UNREPLIED)


def conversations(talk: Talk, viewer: str | None) -> Iterator[Place]:
    """The last exchange of each two people, those first who answered each other most.

    Of those who did equally often, the latest come first.
    """
    found: defaultdict[frozenset[str], list[tuple[Saying, Saying]]] = defaultdict(list)
    for earlier, reply in exchanges(talk):
        said, answer = talk.statement(earlier), talk.statement(reply)
        if said and answer and viewer not in (said.author, answer.author):
            found[frozenset((said.author, answer.author))].append((said, answer))
    numbers = talk.discussion.numbers

    def rank(exchange: Sequence[tuple[Saying, Saying]]) -> tuple[int, int]:
        return _mutual(exchange), numbers[exchange[-1][1].span.message]

    for exchange in sorted(found.values(), key=rank, reverse=True):
        said, answer = exchange[-1]
        why = frames.ANSWERED_EACH_OTHER if _mutual(exchange) else frames.ONE_ANSWERED
        yield Place((said, answer), (said.author, answer.author), frames.EXCHANGE, why)


def _mutual(exchange: Sequence[tuple[Saying, Saying]]) -> int:
    """How often the one who answered less did."""
    first = exchange[0][1].author
    by_first = sum(answer.author == first for _, answer in exchange)
    return min(by_first, len(exchange) - by_first)
