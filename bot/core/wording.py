"""The words of a ledger for the lines that code writes: people, claims and questions, short.

They are people's words, folded to one line; to make them harmless where marks have an effect is
for those who show them.
"""

from collections.abc import Iterable

from bot.core.inert import one_line, shorten
from bot.core.ledger import Evidence, Question, Viewpoint
from bot.core.links import unlinked
from bot.core.presentation import claim
from bot.core.state import TopicState

LENGTH = 300
"""Characters of a claim, question or quote in a line at most."""
NAMED = 4
"""People whom a line names; of more it gives the number."""


class Wording:
    """How people and their views are named in a line."""

    def __init__(self, state: TopicState) -> None:
        self._state = state

    def names(self, authors: Iterable[str]) -> str:
        """`Ana, Bo and Cy`, by their source ids."""
        told = [unlinked(self._state.names[author]) for author in dict.fromkeys(authors)]
        if len(told) > NAMED:
            told = [*told[: NAMED - 1], f"{len(told) - NAMED + 1} more"]
        return " and ".join(filter(None, (", ".join(told[:-1]), *told[-1:])))

    def who(self, evidence: Iterable[Evidence]) -> str:
        """Those who said it."""
        return self.names(each.author for each in evidence)

    def now(self, viewpoint: Viewpoint) -> str:
        """How many hold it."""
        return f"held by {len(viewpoint.authors) or 'nobody'} now"

    def claim(self, viewpoint: Viewpoint) -> str:
        """A viewpoint in a sentence."""
        return _short(claim(self._state, viewpoint))

    def question(self, question: Question) -> str:
        """A question as it is worded, or was asked."""
        return _short(question.wording or self._state.text(question.asked.span))

    def quote(self, evidence: Iterable[Evidence]) -> str:
        """What was said."""
        return _short(" ".join(self._state.text(each.span) for each in evidence))


def _short(words: str) -> str:
    return shorten(one_line(words), LENGTH)
