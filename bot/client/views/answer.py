"""An answer from a discussion with what it stands on; or what is nearest, where it says nothing."""

from bot.client.views.basis import quoted
from bot.client.views.layout import Layout, card, rule, sections, words
from bot.client.views.pages import Entry, Section, paged
from bot.client.views.receipt import search_line
from bot.client.views.standing import short_quote
from bot.client.views.words import beginning, said, title
from bot.core.inert import inert
from bot.core.summary import Answer

ANSWER_LENGTH = 1_000
QUESTION_LENGTH = 200
QUOTES_ROOM = 1_200
UNSAID = "*The discussion does not say.*"


def answer_card(answer: Answer, question: str) -> Layout:
    """The answer to a question, and the first of its quotes, the nearest."""
    text = beginning(inert(answer.answer), ANSWER_LENGTH) if answer.answer else UNSAID
    quotes = tuple(Entry((short_quote(each),)) for each in answer.evidence)
    heading = "It stands on" if answer.answer else "Nearest to it"
    page = paged([Section(heading, quotes)], QUOTES_ROOM)[0]
    return card(
        [
            words(f"### {said(question, QUESTION_LENGTH)}\n-# {title(answer.topic.title)}"),
            words(text),
            *sections(page),
            rule(),
            words(search_line(answer.receipt, answer.engine)),
        ],
        rests_on=quoted(answer.topic.id, answer.evidence),
    )
