"""Reply suggestions: code chooses the intent and the viewpoints, so that every side has its turn;
the model finds the words."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from bot.core.checks import Grounds, faults
from bot.core.inert import inert, one_line, shorten
from bot.core.ledger import Viewpoint
from bot.core.summary import Intent
from bot.engines import Draft, Wanted
from bot.engines.llm.headline import main_opposition
from bot.engines.llm.picture import Picture, best_evidence
from bot.engines.llm.reading import EXPLANATIONS

TEXT_LENGTH = 900
BEYOND_LENGTH = 300
NAME_LENGTH = 40
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


def check(
    picture: Picture, task: Task, viewer: str | None
) -> Callable[[SuggestionAnswer], Sequence[str]]:
    """What is wrong with a reply, in words for the model."""
    grounds = _grounds(picture, task, TEXT_LENGTH)
    labels = picture.people.keys()

    def wrong(answer: SuggestionAnswer) -> Sequence[str]:
        unknown = [label for label in _PERSON.findall(answer.text) if label not in labels]
        reasons = [*faults(_without_labels(answer.text), grounds)]
        told = [EXPLANATIONS.get(reason, reason).replace("claim", "text") for reason in reasons]
        told += [f"there is no person {label}" for label in unknown]
        if viewer and any(labels.get(label) == viewer for label in _PERSON.findall(answer.text)):
            told.append("the reply speaks of the person who would post it")
        return told

    return wrong


def draft(
    picture: Picture, task: Task, answer: SuggestionAnswer, viewer: str | None
) -> tuple[Draft | None, str | None]:
    """The draft that an answer gives, names in the place of labels; or why it can't be used."""
    if check(picture, task, viewer)(answer):
        reasons = faults(_without_labels(answer.text), _grounds(picture, task, TEXT_LENGTH))
        return None, reasons[0] if reasons else "unknown_person"
    labels = picture.people.keys()
    names = picture.state.names

    def name(found: re.Match[str]) -> str:
        return inert(shorten(one_line(names[labels[found.group()]]), NAME_LENGTH))

    evidence = [
        evidence
        for viewpoint in task.viewpoints
        for evidence in best_evidence(viewpoint)
        if evidence.author != viewer
    ]
    return (
        Draft(
            intent=task.intent,
            text=_PERSON.sub(name, answer.text.strip()),
            addresses=tuple(each.id for each in task.viewpoints),
            evidence=tuple(evidence),
            beyond=_beyond(picture, task, answer),
        ),
        None,
    )


def _beyond(picture: Picture, task: Task, answer: SuggestionAnswer) -> str | None:
    """The thought from outside the thread, if it names nobody and claims no figure or link."""
    text = (answer.beyond or "").strip()
    if not text or faults(text, _grounds(picture, task, BEYOND_LENGTH)):
        return None
    return text


def _grounds(picture: Picture, task: Task, limit: int) -> Grounds:
    return Grounds(
        picture.sentences(task.viewpoints),
        names=frozenset(picture.state.names.values()),
        speakers=len(picture.state.ledger.quoted),
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
