"""An answer from a discussion; or the passages nearest to the question, where there is none."""

from collections.abc import Sequence
from functools import partial

from bot.client.views.basis import quoted, written_from
from bot.client.views.cited_text import Marks, markdown, quotation
from bot.client.views.layout import TEXT_LIMIT, Layout, card, room, words
from bot.client.views.receipt import answer_line
from bot.client.views.words import said, title
from bot.core.summary import Answer, Evidence

QUESTION_LENGTH = 200
ANSWER_LENGTH = 1_200
"""Characters of an answer: none that passed the checks is longer."""
MOST_MARKS = 24
MOST_NEAREST = 5
NEAREST = "These passages are nearest:"
NOTHING = (
    "Nothing in this discussion shares a word with your question. Ask in other words, or read "
    "/summary."
)


def answer_card(answer: Answer, question: str) -> Layout:
    """The answer to a question with its marks, or what was said that is nearest to it."""
    head = f"### {said(question, QUESTION_LENGTH)}\n-# {title(answer.topic.title)}"
    foot = answer_line(answer.receipt, answer.engine)
    text = _answered(answer, TEXT_LIMIT - len(head) - len(foot))
    topic = answer.topic.id
    cited = answer.answer.evidence if answer.answer else answer.nearest[:MOST_NEAREST]
    seen = written_from(topic, answer.engine, answer.seen if answer.answer else ())
    parts = (words(head), words(text), room(), words(foot))
    return card(parts, rests_on=quoted(topic, cited) | seen)


def _answered(answer: Answer, room: int) -> str:
    if answer.answer is None:
        return _nearest(answer.nearest[:MOST_NEAREST])
    text = partial(markdown, answer.answer, longest=ANSWER_LENGTH)
    tried = (text(Marks(marks)) for marks in range(MOST_MARKS, -1, -1))
    return next((each for each in tried if len(each) <= room), "…")


def _nearest(passages: Sequence[Evidence]) -> str:
    if not passages:
        return NOTHING
    return "\n".join((NEAREST, *(quotation(each, Marks(1)) for each in passages)))
