"""Claims -> viewpoints: one choice a claim, among the viewpoints that resemble it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.core.arrangement import Frame, Placement, Stance
from bot.core.ledger import Question
from bot.core.likeness import Likeness
from bot.core.notes import KeptNote
from bot.core.presentation import claim
from bot.core.state import TopicState
from bot.engines.llm.shapes import closed
from bot.engines.llm.showing import Labels, listed, marked

RELATIONS = {
    "same as": Stance.SUPPORTS,
    "objects to": Stance.OBJECTS,
    "takes back": Stance.WITHDRAWS,
    "against": Stance.SUPPORTS,
}
CANDIDATES = 8
"""Viewpoints shown for each claim: those most like it."""
MOST_CANDIDATES = 24
MOST_QUESTIONS = 12
"""Questions shown with a batch: the first, and those most like its claims."""
_PLACE = re.compile(r"^(same as|against|objects to|takes back) ([VN]\d+)$")


class PlacedNote(BaseModel):
    """One choice, as the model writes it."""

    model_config = ConfigDict(extra="ignore")

    note: str
    place: str
    question: str | None = None


class PlacedNotes(BaseModel):
    """What the model says of a batch of claims."""

    placements: list[PlacedNote]


class Board:
    """The growing list of viewpoints while a topic's pending notes are grouped, batch by batch.

    A viewpoint's label is its id (V4); a claim that founded one in this batch is known by both
    its labels. `said_in` are the viewpoints that each message speaks to.
    """

    def __init__(self, state: TopicState) -> None:
        self._state = state
        self.title = state.topic.title
        self._viewpoints = {each.id: each for each in state.ledger.viewpoints}
        self.claims = {id_: claim(state, each) for id_, each in self._viewpoints.items()}
        self._holders = {id_: set(each.authors) for id_, each in self._viewpoints.items()}
        self._question = {id_: each.question for id_, each in self._viewpoints.items()}
        self._opposes = {id_: set(each.opposes) for id_, each in self._viewpoints.items()}
        self._questions = {f"Q{each.id}": each for each in state.ledger.questions}
        self._likeness = Likeness(self.claims)
        self.said_in: defaultdict[str, list[int]] = defaultdict(list)
        for viewpoint in state.ledger.viewpoints:
            for message in dict.fromkeys(each.span.message for each in viewpoint.evidence):
                self.said_in[message].append(viewpoint.id)
        self._asked = Likeness({each.id: self._asking(each) for each in self._questions.values()})
        self.placements: list[Placement] = []
        self.frames: list[Frame] = []
        self.rejected: Counter[str] = Counter()

    def question_labels(self, batch: Sequence[KeptNote]) -> Sequence[str]:
        """The labels of the questions that the batch may speak to, in order of appearance."""
        each_gets = max(1, (MOST_QUESTIONS - 1) // max(1, len(batch)))
        near = {
            f"Q{id_}" for kept in batch for id_ in self._asked.nearest(self.words(kept), each_gets)
        }
        rest = [label for label in self._questions if label in near]
        return list(dict.fromkeys([*list(self._questions)[:1], *rest]))[:MOST_QUESTIONS]

    def words(self, kept: KeptNote) -> str:
        """What a pending note claims: the engine's words, or the sentences themselves."""
        return kept.note.words or " ".join(map(self._state.text, kept.note.spans))

    def candidates(self, batch: Sequence[KeptNote]) -> list[int]:
        """The viewpoints that the batch may belong to, oldest first."""
        found: dict[int, None] = {}
        each_gets = max(2, min(CANDIDATES, MOST_CANDIDATES // len(batch)))
        for kept in batch:
            if (about := self._about(kept)) is not None:
                found[about] = None
            found.update(dict.fromkeys(self.own(kept)[-2:]))
            found.update(dict.fromkeys(self._likeness.nearest(self.words(kept), each_gets)))
        return sorted(found)[:MOST_CANDIDATES]

    def request(self, batch: Sequence[KeptNote], candidates: Sequence[int]) -> Mapping[str, str]:
        """The variables of the prompt."""
        people = Labels()
        shown = [
            marked(self._head(id_, people, set(candidates)), self.claims[id_]) for id_ in candidates
        ]
        return {
            "questions": listed(
                marked(label, self._asking(self._questions[label]))
                for label in self.question_labels(batch)
            ),
            "viewpoints": listed(shown),
            "claims": listed(
                marked(self._note_head(place, kept, people), self.words(kept))
                for place, kept in enumerate(batch, start=1)
            ),
        }

    def choices(self, place: int, kept: KeptNote, candidates: Sequence[int]) -> Iterator[str]:
        """All that the model may say of a claim."""
        yield "new"
        for id_ in candidates:
            yield f"same as V{id_}"
            yield f"against V{id_}"
            yield f"objects to V{id_}"
            if self.is_own(kept, id_):
                yield f"takes back V{id_}"
        for before in range(1, place):
            yield f"same as N{before}"
            yield f"against N{before}"

    def take(self, batch: Sequence[KeptNote], answer: PlacedNotes, allowed: Iterable[int]) -> None:
        """Places a batch as the model says; what makes no sense is new, and counted."""
        said = {each.note: each for each in answer.placements}
        home: dict[str, int] = {f"V{id_}": id_ for id_ in allowed}
        for place, kept in enumerate(batch, start=1):
            label = f"N{place}"
            home[label] = self._place(kept, said.get(label), home)
            self.said_in[kept.note.message].append(home[label])

    def own(self, kept: KeptNote) -> list[int]:
        """The viewpoints that the author of a note holds."""
        return [id_ for id_ in self._holders if self.is_own(kept, id_)]

    def is_own(self, kept: KeptNote, viewpoint: int) -> bool:
        """Whether the author of a note holds a viewpoint."""
        return self._author(kept) in self._holders[viewpoint]

    def settled(self, kept: KeptNote) -> bool:
        """Places a claim that says word for word what a viewpoint says; nobody need be asked."""
        words = self.words(kept).casefold()
        same = next((id_ for id_, each in self.claims.items() if each.casefold() == words), None)
        if same is not None:
            self.placements.append(Placement(kept.id, same, Stance.SUPPORTS))
            self._holders[same].add(self._author(kept))
            self.said_in[kept.note.message].append(same)
        return same is not None

    def nearest(self, words: str, most: int) -> Sequence[int]:
        """The viewpoints whose claims are most like these words, the likest first."""
        return self._likeness.nearest(words, most)

    def could_be_one(self, one: int, other: int) -> bool:
        """Whether two viewpoints are by different people who are not on opposite sides."""
        opposed = other in self._opposes[one] or one in self._opposes[other]
        return not opposed and not self._holders[one] & self._holders[other]

    def take_in(self, older: int, newer: int) -> None:
        """Has the older viewpoint held, and opposed, by whom the newer one was."""
        self._holders[older] |= self._holders[newer]
        for id_, others in self._opposes.items():
            if newer in others:
                others.add(older)
                self._opposes[older].add(id_)
        self._opposes[older] |= self._opposes[newer]

    def source(self, viewpoint: int) -> int:
        """The note whose claim a viewpoint goes by."""
        known = self._viewpoints.get(viewpoint)
        if known is None:
            return viewpoint
        return next(each.note for each in known.evidence if each.stance.holds)

    def wrong(self, batch: Sequence[KeptNote], candidates: Sequence[int]) -> Any:
        """The check of an answer, for one repair."""
        allowed = {
            f"N{place}": set(self.choices(place, kept, candidates))
            for place, kept in enumerate(batch, start=1)
        }

        def check(answer: PlacedNotes) -> list[str]:
            said = {each.note: each.place for each in answer.placements}
            missing = [f"{label} has no entry" for label in allowed if label not in said]
            return missing + [
                f'{label} can\'t be "{said[label]}"; say "new" or a relation to a viewpoint above'
                for label in allowed
                if label in said and said[label] not in allowed[label]
            ]

        return check

    def _place(self, kept: KeptNote, said: PlacedNote | None, home: Mapping[str, int]) -> int:
        relation, target = self._relation(kept, said, home)
        if relation in ("same as", "objects to", "takes back") and target is not None:
            stance = RELATIONS[relation]
            self.placements.append(Placement(kept.id, target, stance))
            if stance.holds:
                self._holders[target].add(self._author(kept))
            elif relation == "takes back":
                self._holders[target].discard(self._author(kept))
            return target
        opposes = frozenset({target} if target is not None else ())
        self._found(kept, self._question_of(said, target), opposes)
        return kept.id

    def _relation(
        self, kept: KeptNote, said: PlacedNote | None, home: Mapping[str, int]
    ) -> tuple[str, int | None]:
        if said is None:
            self.rejected["not_placed"] += 1
            return "new", None
        if said.place.strip() == "new":
            return "new", None
        match = _PLACE.match(said.place.strip())
        target = home.get(match.group(2)) if match else None
        if not match or target is None:
            self.rejected["unknown_viewpoint"] += 1
            return "new", None
        if match.group(1) == "takes back" and not self.is_own(kept, target):
            self.rejected["not_theirs"] += 1
            return "objects to", target
        return match.group(1), target

    def _found(self, kept: KeptNote, question: int | None, opposes: frozenset[int]) -> None:
        self.placements.append(Placement(kept.id, kept.id, Stance.SUPPORTS))
        self.frames.append(Frame(kept.id, question, opposes))
        self.claims[kept.id] = self.words(kept)
        self._likeness.add(kept.id, self.words(kept))
        self._holders[kept.id] = {self._author(kept)}
        self._question[kept.id] = question
        self._opposes[kept.id] = set(opposes)

    def _question_of(self, said: PlacedNote | None, target: int | None) -> int | None:
        """The question of what it opposes, else the one that the model names, else the only one."""
        if target is not None and self._question.get(target) is not None:
            return self._question[target]
        if said and said.question in self._questions:
            return self._questions[said.question].id
        return next(iter(self._questions.values())).id if len(self._questions) == 1 else None

    def _about(self, kept: KeptNote) -> int | None:
        """The viewpoint that stands on the sentence that a note responds to."""
        if kept.note.about is None:
            return None
        for id_ in self.said_in.get(kept.note.about.message, ()):
            known = self._viewpoints.get(id_)
            if known and any(each.span == kept.note.about for each in known.evidence):
                return id_
        placed = {each.note: each.viewpoint for each in self.placements}
        return next(
            (
                viewpoint
                for other, viewpoint in placed.items()
                if kept.note.about in self._state.notes[other].note.spans
            ),
            None,
        )

    def _asking(self, question: Question) -> str:
        return question.wording or self._state.text(question.asked.span)

    def _author(self, kept: KeptNote) -> str:
        return self._state.messages[kept.note.message].author.source_id

    def _head(self, id_: int, people: Labels, shown: set[int]) -> str:
        holders = ", ".join(people.of(author) for author in sorted(self._holders[id_])[:4])
        against = ", ".join(f"V{other}" for other in sorted(self._opposes[id_] & shown))
        return f"V{id_} ({holders}{f'; against {against}' if against else ''})"

    def _note_head(self, place: int, kept: KeptNote, people: Labels) -> str:
        about = self._about(kept)
        reply = f", in reply to V{about}" if about is not None else ""
        return f"N{place} ({people.of(self._author(kept))}{reply})"


def schema(
    choices: Sequence[Sequence[str]], questions: Sequence[str], own_server: bool
) -> Mapping[str, Any]:
    """The JSON schema of an answer, with the choices spelled out on a server of one's own."""
    note, place, question = ({"type": "string"} for _ in range(3))
    placements: dict[str, Any] = {"type": "array"}
    if own_server:
        note |= {"enum": [f"N{number}" for number in range(1, len(choices) + 1)]}
        place |= {"enum": sorted({choice for each in choices for choice in each})}
        question |= {"enum": list(questions)} if questions else {}
        placements |= {"minItems": len(choices), "maxItems": len(choices)}
    asked = {"anyOf": [{"type": "null"}, question]}
    placements["items"] = closed({"note": note, "place": place, "question": asked})
    return closed({"placements": placements})


def all_new(count: int) -> PlacedNotes:
    """What there is to say of claims where no viewpoint is to compare them with."""
    return PlacedNotes(
        placements=[PlacedNote(note=f"N{place}", place="new") for place in range(1, count + 1)]
    )
