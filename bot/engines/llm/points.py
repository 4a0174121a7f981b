"""How a small model reads: one message by itself, and of each point only sentence and claim.

Shown the message before it, a model of 1.5 billion parameters took its words for this message's;
shown the title, it wrote claims about the title; told what was wrong with a claim, it wrote the
same again. So it sees neither and is asked once, what a sentence does is told by its form, and what
a message responds to by the message that it replies to.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.core.sentences import Sentence
from bot.core.windows import Window, WindowMessage
from bot.engines.llm.reading import CLAIM_LENGTH, ReadAnswer, ReadNote
from bot.engines.llm.shapes import HEADROOM, closed
from bot.engines.llm.showing import listed, marked
from bot.engines.quotes.speech import asks

MOST_POINTS = 3


class Point(BaseModel):
    """A point as the model writes it: numbers of sentences before words."""

    model_config = ConfigDict(extra="ignore")

    sentences: list[str]
    claim: str


class PointsAnswer(BaseModel):
    """What the model says of a message."""

    points: list[Point]


class MessagePoints:
    """The one message of a window, and what is said of it in the terms of the window."""

    def __init__(self, window: Window) -> None:
        (self._message,) = (each for each in window.messages if not each.context)
        self._sentences = dict(_numbered(self._message))

    def request(self) -> str:
        """The message, a line a sentence."""
        return listed(marked(number, each.text) for number, each in self._sentences.items())

    def schema(self, own_server: bool) -> Mapping[str, Any]:
        """The JSON schema of an answer; on a server of one's own with the sentences' numbers."""
        number: dict[str, Any] = {"type": "string"}
        claim: dict[str, Any] = {"type": "string"}
        points: dict[str, Any] = {"type": "array"}
        if own_server:
            number["enum"] = list(self._sentences)
            claim["maxLength"] = CLAIM_LENGTH + HEADROOM
            points["maxItems"] = min(MOST_POINTS, len(self._sentences))
        sentences = {"type": "array", "items": number, "minItems": 1, "maxItems": 2}
        points["items"] = closed({"sentences": sentences, "claim": claim})
        return closed({"points": points})

    def answer(self, said: PointsAnswer) -> ReadAnswer:
        """The points as views, and every sentence that asks as a question."""
        views = [self._view(point) for point in said.points]
        asked = [
            ReadNote(sentences=[self._id(number)], kind="question")
            for number, sentence in self._sentences.items()
            if asks(sentence)
        ]
        return ReadAnswer(notes=[*views, *asked])

    def _view(self, point: Point) -> ReadNote:
        ids = [self._id(number) for number in point.sentences]
        return ReadNote(sentences=ids, kind="view", claim=point.claim)

    def _id(self, number: str) -> str:
        return f"{self._message.number}.{number}"


def suits(window: Window) -> bool:
    """Whether a window has one message to note, with something to cite."""
    noted = [message for message in window.messages if not message.context]
    return len(noted) == 1 and any(_numbered(noted[0]))


def _numbered(message: WindowMessage) -> Iterator[tuple[str, Sentence]]:
    for place, sentence in enumerate(message.sentences, start=1):
        if sentence.evidence:
            yield str(place), sentence
