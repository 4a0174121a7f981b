"""How a small model reads: one sentence by itself, whether it is a view, and its claim.

Shown a message, a model of 1.5 billion parameters named one sentence and wrote the claim of
another, and of a long message it wrote one claim over and over; shown the title, it wrote claims
about the title; told what was wrong with a claim, it wrote the same again. So it sees a sentence
and nothing else, and is asked anew without being told why. Which sentences it is asked about,
and which of them ask something, is told by their form; what a message responds to by the message
that it replies to.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from bot.core.sentences import Sentence
from bot.core.windows import Window
from bot.engines import Meter
from bot.engines.llm import shapes, showing
from bot.engines.llm.asking import Asking
from bot.engines.llm.reading import CLAIM_LENGTH, ReadAnswer, ReadNote, WindowIds
from bot.engines.quotes.salience import form
from bot.engines.quotes.speech import asks, says_something

MOST_POINTS = 3
"""Views of one message."""
MOST_ASKED = 6
"""Sentences of one message that the model is asked about, at most."""
Candidate = tuple[str, Sentence]
"""A sentence that may be a view, with its id in the window."""


class PointAnswer(BaseModel):
    """What the model says of a sentence; `claim` is empty where it takes no view."""

    model_config = ConfigDict(extra="ignore")

    kind: Literal["view", "other"]
    claim: str


async def read(window: Window, ids: WindowIds, asking: Asking, spent: Meter) -> ReadAnswer:
    """Asks of one sentence after the other, until each message has its views."""
    found: list[ReadNote] = []
    for sentences in candidates(window):
        views: list[ReadNote] = []
        for candidate in sentences:
            if len(views) < MOST_POINTS:
                views += await _point(candidate, ids, asking, spent)
        found += views
    return ReadAnswer(notes=[*found, *questions(window)])


async def _point(
    candidate: Candidate, ids: WindowIds, asking: Asking, spent: Meter
) -> list[ReadNote]:
    """The view that a sentence is, or none."""
    id_, sentence = candidate
    answer = await asking.ask(
        asking.request("points", sentence=showing.words(sentence.text)),
        PointAnswer,
        spent,
        schema=schema(asking.own_server),
        wrong=lambda said: ids.wrong(ReadAnswer(notes=notes(id_, said))),
    )
    return notes(id_, answer)


def schema(own_server: bool) -> Mapping[str, Any]:
    """The JSON schema of an answer."""
    kind = {"type": "string", "enum": ["view", "other"]}
    return shapes.closed({"kind": kind, "claim": shapes.text(CLAIM_LENGTH, own_server)})


def candidates(window: Window) -> Iterator[list[Candidate]]:
    """Of each message to be noted the sentences that may be views, those that read best first."""
    found: dict[int, list[Candidate]] = {}
    for id_, sentence, message in window.numbered():
        if says_something(sentence) and not message.context and not asks(sentence):
            found.setdefault(message.number, []).append((id_, sentence))
    for sentences in found.values():
        sentences.sort(key=lambda each: -form(each[1].text))
        yield sentences[:MOST_ASKED]


def notes(id_: str, said: PointAnswer) -> list[ReadNote]:
    """The view that the sentence of that id is by the model's word, or none."""
    return [ReadNote(sentences=[id_], kind="view", claim=said.claim)] if said.kind == "view" else []


def questions(window: Window) -> list[ReadNote]:
    """Every sentence that asks."""
    return [
        ReadNote(sentences=[id_], kind="question")
        for id_, sentence, message in window.numbered()
        if sentence.evidence and not message.context and asks(sentence)
    ]
