"""What is open, told by its form: the last questions that nobody answered."""

from bot.core.brief import MOST_OPEN, Cites, Paragraph, Person, Statement
from bot.core.inert import one_line, shorten
from bot.engines.quotes.answers import is_answered
from bot.engines.quotes.form import is_pasted
from bot.engines.quotes.salience import Saying
from bot.engines.quotes.talk import Talk

LONGEST = 240
"""Characters of a question that are shown."""
FRESH = 20
"""So many of the last messages, or half of all: what was asked before was passed over."""


def open_questions(talk: Talk) -> list[Saying]:
    """The questions that nobody answered, in order; the best of each message that asks."""
    found: list[Saying] = []
    fresh = max(FRESH, len(talk.messages) // 2)
    for said in list(talk.said.values())[-fresh:]:
        asked = [each for each in said if each.asks and _stands_alone(each, talk)]
        if asked and not is_answered(talk, best := max(asked, key=talk.salience.score)):
            found.append(best)
    return found


def _stands_alone(question: Saying, talk: Talk) -> bool:
    """Whether a question has a word of its own and is in its asker's own words."""
    return bool(talk.about(question.text)) and not is_pasted(question.text)


def open_items(talk: Talk) -> tuple[Paragraph, ...]:
    """The last of them as a brief has them: with who asked, in their words."""
    return tuple((_item(question),) for question in open_questions(talk)[-MOST_OPEN:])


def _item(question: Saying) -> Statement:
    words = shorten(one_line(question.text), LONGEST)
    return Statement((Person(question.author), f": “{words}”", Cites((question.span,))))
