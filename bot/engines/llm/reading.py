"""A window -> notes: the model points at sentences by id, and code looks the words up."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from bot.core.checks import Grounds, faults, speaks_of_itself, unfinished
from bot.core.copies import copies, shares_run, source
from bot.core.likeness import covered, features
from bot.core.notes import Note, NoteKind, Reading
from bot.core.sentences import Sentence, Span
from bot.core.windows import Window
from bot.engines.llm.explaining import explain
from bot.engines.llm.shapes import HEADROOM, closed
from bot.engines.quotes.speech import asks, says_something

CLAIM_LENGTH = 240
"""Characters of a claim, at most; the prompt asks for much less."""


BORROWED = 6
"""Words in a row that make a claim that of another sentence."""
COPIED = 9
"""Words in a row that make a claim the quote over again."""
FAITHFUL = 0.5
"""Share of a small model's claim that its message must have as well."""
NOTES_EACH = 4
"""Notes of one message, at most, where the server can be held to it."""


class ReadNote(BaseModel):
    """A note as the model writes it: ids before words."""

    model_config = ConfigDict(extra="ignore")

    sentences: list[str]
    kind: Literal["view", "question", "answer"]
    about: str | None = None
    claim: str | None = None


class ReadAnswer(BaseModel):
    """What the model says of a window."""

    notes: list[ReadNote]


def schema(window: Window, own_server: bool) -> Mapping[str, Any]:
    """The JSON schema of an answer; on a server of one's own with the window's ids and bounds.

    Without them the schema is the same for every call, which hosted models cache.
    """
    citable: dict[str, Any] = {"type": "string"}
    mentionable, claim = dict(citable), dict(citable)
    notes: dict[str, Any] = {"type": "array"}
    if own_server:
        numbered = list(window.numbered())
        noted = [id_ for id_, sentence, of in numbered if sentence.evidence and not of.context]
        citable["enum"] = noted
        mentionable["enum"] = [id_ for id_, sentence, _ in numbered if sentence.evidence]
        claim["maxLength"] = CLAIM_LENGTH + HEADROOM
        notes["maxItems"] = min(
            len(noted), NOTES_EACH * sum(not m.context for m in window.messages)
        )
    properties = {
        "sentences": {"type": "array", "items": citable, "minItems": 1, "maxItems": 3},
        "kind": {"type": "string", "enum": ["view", "question", "answer"]},
        "about": {"anyOf": [{"type": "null"}, mentionable]},
        "claim": claim,
    }
    notes["items"] = closed(properties)
    return closed({"notes": notes})


class WindowIds:
    """The sentences of a window by their ids, and the checks that need them.

    Of a small model it is wary: a claim has to have half of its words from its sentences, and
    no name. What such a model makes up is about the subject, and code can't see that it is untrue.
    `instructions` are what the model was told, which no claim repeats.
    """

    def __init__(self, window: Window, *, wary: bool = False, instructions: str = "") -> None:
        self._wary = wary
        self._title = window.title
        self._instructions = instructions
        self._sentences = {id_: sentence for id_, sentence, _ in window.numbered()}
        self._citable = {
            id_ for id_, sentence, of in window.numbered() if sentence.evidence and not of.context
        }
        said = [sentence.text for sentence in self._sentences.values()]
        self._said = source([window.title, *said], BORROWED)
        self._names = frozenset(message.author.name for message in window.messages)

    def wrong(self, answer: ReadAnswer) -> Sequence[str]:
        """What the model should mend, in words for it."""
        return [
            f"note {place}: {self._explain(reason, note)}"
            for place, note in enumerate(answer.notes, start=1)
            for reason in self._reasons(note)
        ]

    def reading(self, answer: ReadAnswer) -> Reading:
        """The notes that hold. A claim that does not gives way to the quote itself."""
        rejected: Counter[str] = Counter()
        notes = [kept for note in answer.notes if (kept := self._note(note, rejected)) is not None]
        within = tuple(self._as_many_as_said(notes))
        rejected["too_many"] += len(notes) - len(within)
        return Reading(within, rejected)

    def _as_many_as_said(self, notes: Sequence[Note]) -> Iterator[Note]:
        """The first notes of each message: one for each of its sentences, and a few at least."""
        sentences = Counter(self._sentences[id_].span.message for id_ in self._citable)
        so_far: Counter[str] = Counter()
        for note in notes:
            so_far[note.message] += 1
            if so_far[note.message] <= max(NOTES_EACH, sentences[note.message]):
                yield note

    def _reasons(self, note: ReadNote) -> Iterator[str]:
        if not self._spans(note):
            yield "unknown_sentence"
        elif any(id_ not in self._citable for id_ in note.sentences):
            yield "not_evidence"
        if note.about is not None and note.about not in self._sentences:
            yield "unknown_sentence"
        if note.kind == "answer" and note.about is None:
            yield "no_question"
        if note.kind == "view":
            yield from self._claim_faults(note)

    def _claim_faults(self, note: ReadNote) -> Sequence[str]:
        claim = (note.claim or "").strip()
        cut = ("unfinished",) if unfinished(claim, CLAIM_LENGTH) else ()
        borrowed = ("anothers_words",) if self._borrowed(claim, note) else ()
        own_words = ("first_person",) if speaks_of_itself(claim) else ()
        unfit = faults(claim, self._grounds(note))
        found = (*unfit, *cut, *borrowed, *own_words, *self._unlike(claim, note))
        return tuple(dict.fromkeys(found))

    def _unlike(self, claim: str, note: ReadNote) -> Iterator[str]:
        """Whether a claim is about something else than what it stands on and responds to."""
        stands_on = " ".join(self._grounds(note).sentences)
        if features(claim).keys().isdisjoint(features(stands_on)):
            yield "unrelated"
        if not self._wary:
            return
        if any(name.casefold() in claim.casefold() for name in self._names):
            yield "invented_name"
        said = " ".join(each.text for each in self._cited(note))
        if covered(claim, by=said, beside=self._title) < FAITHFUL:
            yield "not_alike"

    def _borrowed(self, claim: str, note: ReadNote) -> bool:
        """Whether a claim takes its words from another sentence than those it stands on."""
        own = [sentence.text for sentence in self._cited(note)]
        return copies(claim, self._said, own)

    def _grounds(self, note: ReadNote) -> Grounds:
        stands_on = [*note.sentences, *([note.about] if note.about else [])]
        found = [self._sentences[id_].text for id_ in stands_on if id_ in self._sentences]
        return Grounds(
            tuple(found),
            names=self._names,
            instructions=self._instructions,
            limit=CLAIM_LENGTH,
        )

    def _note(self, note: ReadNote, rejected: Counter[str]) -> Note | None:
        spans = self._spans(note)
        if len(spans) < len(set(note.sentences)) or not spans:
            rejected["unknown_sentence"] += 1
        if not spans:
            return None
        if not any(says_something(each) or asks(each) for each in self._cited(note)):
            rejected["nothing_said"] += 1
            return None
        about = self._about(note, rejected)
        if note.kind == "answer" and about is not None:
            return Note(NoteKind.ANSWER, spans, about=about)
        asking = tuple(each.span for each in self._cited(note) if asks(each))
        if asking and (note.kind == "question" or len(asking) == len(spans)):
            words = self._words(note, rejected) if note.kind == "question" else None
            return Note(NoteKind.QUESTION, asking, words)
        kept = self._words(note, rejected) if note.kind == "view" else None
        return Note(NoteKind.VIEW, spans, kept, about)

    def _spans(self, note: ReadNote) -> tuple[Span, ...]:
        """The sentences that the note may stand on: citable ones, of the first one's message."""
        return tuple(sorted({sentence.span for sentence in self._cited(note)}))

    def _cited(self, note: ReadNote) -> list[Sentence]:
        cited = [self._sentences[id_] for id_ in note.sentences if id_ in self._citable]
        return [each for each in cited if each.span.message == cited[0].span.message]

    def _about(self, note: ReadNote, rejected: Counter[str]) -> Span | None:
        if note.about is None or note.kind == "question":
            return None
        if note.about not in self._sentences:
            rejected["unknown_sentence"] += 1
            return None
        return self._sentences[note.about].span

    def _words(self, note: ReadNote, rejected: Counter[str]) -> str | None:
        reasons = self._claim_faults(note)
        if not reasons:
            claim = (note.claim or "").strip()
            own = [sentence.text for sentence in self._cited(note)]
            is_quote = not self._wary and shares_run(claim, own, COPIED)
            return None if is_quote else claim
        if note.kind == "view" or note.claim:
            rejected.update(reasons)
        return None

    def _explain(self, reason: str, note: ReadNote) -> str:
        if reason == "unknown_sentence":
            cited = ", ".join(note.sentences)
            return f"there is no sentence {cited} (about {note.about}) in these messages"
        return explain(reason, "claim")
