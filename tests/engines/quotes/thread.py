"""A thread in the making: people post, Moot reads as much as it likes, messages are taken away."""

import asyncio
from collections.abc import Iterable, Sequence

from bot.core.arrangement import Arrangement, apply, checked_grouping
from bot.core.ledger import Evidence, Viewpoint
from bot.core.model import Author, Message, Topic
from bot.core.notes import KeptNote, Note, NoteKind, checked
from bot.core.state import TopicState, assemble
from bot.core.windows import cut
from bot.engines import Draft, Wanted
from bot.engines.quotes import QuotesEngine

Post = tuple[str, str] | tuple[str, str, int]
"""Who posts what, and the place of the post that it replies to, from 1."""


class Thread:
    """What `Moot` knows of a topic, from first post to ledger, kept as the partner would."""

    def __init__(self, title: str, *posts: Post) -> None:
        self.topic = Topic("test", "1", title)
        self.engine = QuotesEngine()
        self.messages = [_message(place, *post) for place, post in enumerate(posts, start=1)]
        self.notes: list[KeptNote] = []
        self.arrangement = Arrangement()
        self._last_id = 0

    def read(self, places: Iterable[int] | None = None) -> "Thread":
        """Reads these messages, by place, in windows of their own; all where none are named."""
        chosen = None if places is None else {str(place) for place in places}
        unread = [m.source_id for m in self.messages if chosen is None or m.source_id in chosen]
        budget = asyncio.run(self.engine.window_budget())
        for window in cut(self.topic.title, self.messages, unread, budget):
            reading = checked(asyncio.run(self.engine.read(window)), window.allowed())
            assert not reading.rejected
            for note in reading.notes:
                self._last_id += 1
                self.notes.append(KeptNote(self._last_id, note))
        return self

    def group(self) -> "Thread":
        """Groups what there is now."""
        state = self.state
        grouping = asyncio.run(self.engine.group(state, state.pending))
        pending = [kept.id for kept in state.pending]
        known = [viewpoint.id for viewpoint in state.ledger.viewpoints]
        sound, rejected = checked_grouping(grouping, pending, known)
        assert not rejected
        self.arrangement = apply(self.arrangement, sound)
        return self

    def remove(self, places: Iterable[int]) -> "Thread":
        """Takes messages away, and their notes with them."""
        gone = {str(place) for place in places}
        self.messages = [each for each in self.messages if each.source_id not in gone]
        self.notes = [each for each in self.notes if each.note.message not in gone]
        return self

    @property
    def state(self) -> TopicState:
        return assemble(self.topic, self.messages, self.notes, self.arrangement)

    def suggest(self, wanted: Wanted | None = None) -> tuple[Draft, ...]:
        return asyncio.run(self.engine.suggest(self.state, wanted or Wanted()))

    def noted(self, kind: NoteKind) -> list[str]:
        """The sentences of all notes of a kind."""
        found = [kept.note for kept in self.notes if kept.note.kind is kind]
        return [self._words(note) for note in found]

    def quotes(self) -> dict[str, list[str]]:
        """What each person is quoted with, by name."""
        state = self.state
        return {
            state.names[viewpoint.authors[0]]: self.words(viewpoint.evidence)
            for viewpoint in state.ledger.viewpoints
        }

    def words(self, evidence: Sequence[Evidence]) -> list[str]:
        return [self.state.text(each.span) for each in evidence]

    def _words(self, note: Note) -> str:
        return " ".join(self.state.text(span) for span in note.spans)


def summarised(title: str, *posts: Post) -> Thread:
    """A thread that was read and grouped."""
    return Thread(title, *posts).read().group()


def without_ids(thread: Thread) -> object:
    """What a reader sees of a thread, each thing by its words."""
    state = thread.state
    questions = {each.id: each for each in state.ledger.questions}

    def shown(viewpoint: Viewpoint) -> object:
        asked = questions.get(viewpoint.question or 0)
        return viewpoint.authors, thread.words(viewpoint.evidence), asked and asked.asked.span

    return (
        [shown(viewpoint) for viewpoint in state.ledger.viewpoints],
        [(q.asked.span, q.wording, q.open, thread.words(q.answers)) for q in questions.values()],
    )


def _message(place: int, name: str, words: str, replies_to: int | None = None) -> Message:
    replied = str(replies_to) if replies_to else None
    return Message(str(place), Author(name.casefold(), name), words, reply_to=replied)
