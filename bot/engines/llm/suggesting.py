"""Reply suggestions: code chooses the intent and the viewpoints, so that every side has its turn;
the model finds the words."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.core.checks import Grounds, faults
from bot.core.copies import copies, shares_run, source
from bot.core.inert import inert, one_line, shorten
from bot.core.ledger import Viewpoint
from bot.core.links import unlinked
from bot.core.summary import Intent
from bot.engines import Draft, Wanted
from bot.engines.llm import shapes
from bot.engines.llm.explaining import explain
from bot.engines.llm.headline import main_opposition
from bot.engines.llm.picture import Picture, best_evidence

TEXT_LENGTH = 600
BEYOND_LENGTH = 300
NAME_LENGTH = 40
COPIED = 6
"""Words in a row that make a copy: nobody posts others' words as their own."""
REPEATED = 9
"""The same of a claim, which is the model's own already."""
_PERSON = re.compile(r"\bP\d+\b")


class SuggestionAnswer(BaseModel):
    """A reply as the model writes it."""

    model_config = ConfigDict(extra="ignore")

    text: str
    beyond: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One draft to be written: what it does, and which viewpoints it takes up."""

    intent: Intent
    viewpoints: tuple[Viewpoint, ...]


def tasks(picture: Picture, wanted: Wanted) -> Iterator[Task]:
    """What to write, the most wanted first; a person is not answered with their own view."""
    others = [each for each in picture.viewpoints if set(each.authors) - {wanted.viewer}]
    if not others:
        return
    pair: tuple[Viewpoint, ...] = main_opposition(others) or tuple(_by_support(others)[:2])
    least, most = _by_support(others)[-1], _by_support(others)[0]
    plans: dict[Intent, list[tuple[Viewpoint, ...]]] = {
        Intent.BRIDGE: [pair] if len(pair) > 1 else [],
        Intent.BUILD: [(each,) for each in _turned(others, least)],
        Intent.ASK: [pair] if len(pair) > 1 else [(most,)],
        Intent.STEELMAN: [(each,) for each in _turned(others, least)],
        Intent.COUNTER: [(each,) for each in _turned(others, most)],
    }
    plans[Intent.ASK] += [(each,) for each in _turned(others, least)]
    chosen = [wanted.intent] if wanted.intent else list(plans)
    yield from _in_turn([(intent, plans[intent]) for intent in chosen], len(others), wanted)


def _in_turn(
    plans: Sequence[tuple[Intent, Sequence[tuple[Viewpoint, ...]]]], pairs: int, wanted: Wanted
) -> Iterator[Task]:
    """A first draft of each intent, then a second, ...; with other viewpoints each time."""
    used: set[tuple[int, ...]] = set()
    for round_ in range(wanted.count):
        for intent, options in plans:
            fresh = [each for each in options if tuple(v.id for v in each) not in used]
            if not options or (not fresh and round_ >= len(options)):
                continue
            viewpoints = fresh[0] if fresh else options[round_ % len(options)]
            used.add(tuple(v.id for v in viewpoints))
            yield Task(intent, viewpoints)


def schema(own_server: bool) -> Mapping[str, Any]:
    """The JSON schema of a reply."""
    text = shapes.text(TEXT_LENGTH, own_server)
    beyond = shapes.text(BEYOND_LENGTH, own_server, optional=True)
    return shapes.closed({"text": text, "beyond": beyond})


def check(
    picture: Picture, task: Task, viewer: str | None
) -> Callable[[SuggestionAnswer], Sequence[str]]:
    """What is wrong with a reply, in words for the model."""

    def wrong(answer: SuggestionAnswer) -> Sequence[str]:
        return [explain(reason, "text") for reason in _reasons(picture, task, answer, viewer)]

    return wrong


def draft(
    picture: Picture, task: Task, answer: SuggestionAnswer, viewer: str | None
) -> tuple[Draft | None, Sequence[str]]:
    """The draft that an answer gives, names in the place of labels; and what of it was not used."""
    if reasons := _reasons(picture, task, answer, viewer):
        return None, reasons
    labels, names = picture.people.keys(), picture.state.names

    def name(found: re.Match[str]) -> str:
        return inert(unlinked(shorten(one_line(names[labels[found.group()]]), NAME_LENGTH)))

    evidence = [
        evidence
        for viewpoint in task.viewpoints
        for evidence in best_evidence(viewpoint)
        if evidence.author != viewer
    ]
    beyond, why_not = _beyond(picture, task, answer)
    written = Draft(
        intent=task.intent,
        text=_PERSON.sub(name, answer.text.strip()),
        addresses=tuple(each.id for each in task.viewpoints),
        evidence=tuple(evidence),
        beyond=beyond,
        seen=picture.messages,
    )
    return written, why_not


def _reasons(
    picture: Picture, task: Task, answer: SuggestionAnswer, viewer: str | None
) -> Sequence[str]:
    """Why a reply can't be shown."""
    grounds = _grounds(picture, task, TEXT_LENGTH)
    labels = picture.people.keys()
    named = _PERSON.findall(answer.text)
    reasons = list(faults(_without_labels(answer.text), grounds))
    if any(label not in labels for label in named):
        reasons.append("unknown_person")
    if viewer and any(labels.get(label) == viewer for label in named):
        reasons.append("speaks_of_its_poster")
    if _is_copy(picture, answer.text):
        reasons.append("copied")
    return reasons


def _beyond(
    picture: Picture, task: Task, answer: SuggestionAnswer
) -> tuple[str | None, Sequence[str]]:
    """The thought from outside the thread, if it names nobody and claims no figure or link."""
    text = (answer.beyond or "").strip()
    if not text:
        return None, ()
    if faults(text, _grounds(picture, task, BEYOND_LENGTH)) or _is_copy(picture, text):
        return None, ("beyond",)
    return text, ()


def _is_copy(picture: Picture, text: str) -> bool:
    claims = picture.sentences(picture.viewpoints)
    return copies(text, source(picture.said(), COPIED)) or shares_run(text, claims, REPEATED)


def _grounds(picture: Picture, task: Task, limit: int) -> Grounds:
    return Grounds(
        picture.sentences(task.viewpoints),
        names=frozenset(picture.state.names.values()),
        speakers=len(picture.state.ledger.quoted),
        instructions=picture.instructions,
        limit=limit,
    )


def _without_labels(text: str) -> str:
    return _PERSON.sub("somebody", text)


def _by_support(viewpoints: Sequence[Viewpoint]) -> list[Viewpoint]:
    return sorted(viewpoints, key=lambda each: (-len(each.authors), each.id))


def _turned(viewpoints: Sequence[Viewpoint], first: Viewpoint) -> list[Viewpoint]:
    """The viewpoints, beginning with one of them."""
    place = list(viewpoints).index(first)
    return [*viewpoints[place:], *viewpoints[:place]]
