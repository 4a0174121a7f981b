"""The ledger as a prompt shows it: the best supported viewpoints of every side, with quotes.

It stays the same size however long the thread is.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.ledger import Evidence, Viewpoint
from bot.core.presentation import claim
from bot.core.sides import best_first
from bot.core.state import TopicState
from bot.engines.llm.showing import Labels, listed, marked, words

MOST_VIEWPOINTS = 14
MOST_QUESTIONS = 4
QUOTES_EACH = 2
MOST_OTHERS = 6
QUOTE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Picture:
    """What a draft is written from; `instructions` are what its prompt says besides.

    A `brief` one shows nothing beside the title and the viewpoints taken up: what a small model
    sees besides, it copies.
    """

    state: TopicState
    viewpoints: tuple[Viewpoint, ...]
    people: Labels
    instructions: str = ""
    brief: bool = False

    def topic(self) -> str:
        """Title and questions."""
        asked = () if self.brief else self.state.ledger.questions[:MOST_QUESTIONS]
        lines = [
            marked(
                "Open question" if question.open else "Question",
                question.wording or self.state.text(question.asked.span),
            )
            for question in asked
        ]
        return "\n".join((marked("Title", self.state.topic.title), *lines))

    def claims(self) -> str:
        """The viewpoints with how many people hold each."""
        return listed(
            marked(f"V{each.id} ({_holders(each)}{self._against(each)})", claim(self.state, each))
            for each in self.viewpoints
        )

    def with_quotes(self, viewpoints: Iterable[Viewpoint]) -> str:
        """Viewpoints with the people who hold them and their words."""
        lines: list[str] = []
        for each in viewpoints:
            people = (
                ", ".join(self.people.of(author) for author in each.authors[:4]) or "nobody now"
            )
            head = f"V{each.id} (held by {people}{self._against(each)})"
            lines.append(marked(head, claim(self.state, each)))
            lines += [
                f"   {self.people.of(quote.author)} wrote | "
                f"{words(self.state.text(quote.span), QUOTE_LENGTH)}"
                for quote in best_evidence(each)
            ]
        return listed(lines)

    def besides(self, viewpoints: Iterable[Viewpoint]) -> str:
        """The claims of the other viewpoints, those with most support first."""
        told = {each.id for each in viewpoints}
        shown = () if self.brief else self.viewpoints
        rest = [each for each in shown if each.id not in told]
        rest.sort(key=lambda each: (-len(each.authors), each.id))
        return listed(marked("-", claim(self.state, each)) for each in rest[:MOST_OTHERS])

    def sentences(self, viewpoints: Iterable[Viewpoint]) -> tuple[str, ...]:
        """All words that a text about these viewpoints may rest on."""
        found: list[str] = [self.state.topic.title]
        for each in viewpoints:
            found.append(claim(self.state, each))
            found += [self.state.text(evidence.span) for evidence in each.evidence]
        return tuple(found)

    @property
    def messages(self) -> frozenset[str]:
        """The source ids of the messages behind all that it shows."""
        views = (each for viewpoint in self.viewpoints for each in viewpoint.evidence)
        asked = (each.asked for each in self.state.ledger.questions)
        return frozenset(each.span.message for each in (*views, *asked))

    def said(self) -> tuple[str, ...]:
        """All words of people that a prompt made of this picture may show."""
        text = self.state.text
        views = (text(each.span) for viewpoint in self.viewpoints for each in viewpoint.evidence)
        asked = (text(each.asked.span) for each in self.state.ledger.questions[:MOST_QUESTIONS])
        return (self.state.topic.title, *views, *asked)

    def _against(self, viewpoint: Viewpoint) -> str:
        shown = {each.id for each in self.viewpoints}
        others = [f"V{id_}" for id_ in viewpoint.opposes if id_ in shown]
        return f"; against {', '.join(others)}" if others else ""


def picture(state: TopicState, instructions: str = "", *, brief: bool = False) -> Picture:
    """The picture of a topic: its first viewpoints, in the order that is fair to every side."""
    ledger = state.ledger
    chosen = best_first(ledger.viewpoints, [each.id for each in ledger.questions])[:MOST_VIEWPOINTS]
    ordered = sorted(chosen, key=lambda each: each.id)
    return Picture(state, tuple(ordered), Labels(), instructions, brief)


def best_evidence(viewpoint: Viewpoint, most: int = QUOTES_EACH) -> tuple[Evidence, ...]:
    """Up to `most` supporting sentences, of different people first."""
    holding = [each for each in viewpoint.evidence if each.stance.holds] or list(viewpoint.evidence)
    first_of_each = {evidence.author: evidence for evidence in reversed(holding)}
    ranked = sorted(holding, key=lambda each: first_of_each[each.author] is not each)
    return tuple(ranked[:most])


def _holders(viewpoint: Viewpoint) -> str:
    count = len(viewpoint.authors)
    return "1 person" if count == 1 else f"{count} people"
