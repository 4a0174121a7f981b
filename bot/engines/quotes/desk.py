"""Where drafts are put together: who is quoted next, which frame, what it stands on.

The words of the frames are in `frames`; which intents a person may have is decided in `openings`.
"""

from collections import Counter
from collections.abc import Iterator

from bot.core.ledger import Evidence, Question
from bot.core.state import TopicState
from bot.core.summary import Intent
from bot.engines import Draft
from bot.engines.quotes import frames
from bot.engines.quotes.block import name, quoted
from bot.engines.quotes.people import Person, pairs, present

LONGEST = 600
"""Characters of a draft: what is read before it is posted."""
QUOTES = (280, 220, 190, 160, 120, 80, 40)
"""Characters of a quote, the first with which the draft is short enough."""


class Desk:
    """The drafts of one request. Who was drawn on for one is spared by the next, if possible."""

    def __init__(self, state: TopicState, viewer: str | None) -> None:
        self._state = state
        self._viewer = viewer
        self._people = present(state, viewer)
        self._drawn: Counter[str] = Counter()

    def bridges(self) -> Iterator[Draft]:
        """Two people's words side by side."""
        left = pairs(self._state, self._people)
        while left:
            one, other = min(left, key=self._drawn_on)
            left.remove((one, other))
            frame = _turn(frames.BRIDGE, len(left))
            yield self._draft(Intent.BRIDGE, frame, [one.latest, other.latest], [one, other])

    def asks(self) -> Iterator[Draft]:
        """More about what somebody said, the most discussed first; by turns, open questions."""
        questions = self._open_questions()
        for person in self._each(sorted(self._people, key=lambda each: -each.answered)):
            frame = _turn(frames.ASK, self._drawn.total())
            yield self._draft(Intent.ASK, frame, [person.latest], [person])
            if question := next(questions, None):
                yield question
        yield from questions

    def builds(self) -> Iterator[Draft]:
        """What somebody said taken further, the least answered first."""
        for person in self._each(sorted(self._people, key=lambda each: each.answered)):
            frame = _turn(frames.BUILD, self._drawn.total())
            yield self._draft(Intent.BUILD, frame, [person.first], [person])

    def _open_questions(self) -> Iterator[Draft]:
        for question in self._state.ledger.questions:
            if question.open and question.asked.author != self._viewer:
                yield self._brought_up(question)

    def _brought_up(self, question: Question) -> Draft:
        """An open question, put to the one whose words are nearest at hand."""
        asked = question.asked
        others = [each for each in self._people if each.author != asked.author]
        if not others:
            return self._draft(Intent.ASK, frames.OPEN_QUESTION_ALONE, [asked], [])
        other = min(others, key=lambda each: self._drawn[each.author])
        frame = _turn(frames.OPEN_QUESTION, question.id)
        return self._draft(Intent.ASK, frame, [asked, other.latest], [other])

    def _each(self, people: list[Person]) -> Iterator[Person]:
        """Everybody once, the least drawn on first."""
        while people:
            person = min(people, key=lambda each: self._drawn_on((each,)))
            people.remove(person)
            yield person

    def _drawn_on(self, people: tuple[Person, ...]) -> int:
        return sum(self._drawn[each.author] for each in people)

    def _draft(
        self, intent: Intent, frame: str, evidence: list[Evidence], addressed: list[Person]
    ) -> Draft:
        self._drawn.update(each.author for each in addressed)
        addresses = tuple(each.viewpoint for each in addressed)
        texts = [self._text(frame, evidence, limit) for limit in QUOTES]
        fitting = next((text for text in texts if len(text) <= LONGEST), texts[-1])
        return Draft(intent, fitting, addresses, tuple(evidence))

    def _text(self, frame: str, evidence: list[Evidence], limit: int) -> str:
        called = [name(self._state.names[each.author]) for each in evidence]
        quotes = [
            quoted(self._state.text(each.span), who, limit)
            for each, who in zip(evidence, called, strict=True)
        ]
        # Most forums and mail programs draw a line right under a quote into it.
        return "\n".join([*quotes, "", frame.format(one=called[0], other=called[-1])])


def _turn(choices: tuple[str, ...], number: int) -> str:
    return choices[number % len(choices)]
