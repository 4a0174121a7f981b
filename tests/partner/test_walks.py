"""Whatever is posted, edited, moved, deleted, read and broken off in whatever order: what is known
is what a fresh start would know of what is left, and of what was erased nothing is left at all.

Each walk is drawn from a seed, which its test is named by. People hold views that are known by
three numbers: a subject, a side of it, and a form of words. The engine takes equal numbers for
the same view at first, and sees in the end that the form makes no difference: that is a merge.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import pytest

from bot.core.arrangement import Frame, Grouping, Merge, Placement, Stance
from bot.core.errors import EngineFailed
from bot.core.ledger import Question, Viewpoint
from bot.core.model import Author, Message
from bot.core.notes import KeptNote, Note, NoteKind, Reading
from bot.core.state import TopicState
from bot.core.windows import Window, WindowMessage
from bot.partner import DiscussionPartner
from tests.archive.files import bytes_of, terms_of
from tests.core.debate import without_ids
from tests.partner.world import HATS, Scripted, held_in_memory, partner_over, said

PEOPLE = [Author(str(number), name) for number, name in enumerate(("ana", "ben", "cho", "dov"))]
WALKS, STEPS = 10, 20
_WORD = re.compile(r"word\d{4}x")
_VIEW = re.compile(r"view (\d) (\d) (\d)")
View = tuple[int, int, int]


@dataclass
class Knowing(Scripted):
    """Reads message by message, and makes no mistake. Each claim takes up a word of its own
    message, and one of the message that it replies to."""

    budget: int = 1
    fails_at: Callable[[], bool] = lambda: False
    meddle: Callable[[], Awaitable[None]] | None = None

    async def read(self, window: Window) -> Reading:
        if self.fails_at():
            raise EngineFailed("The model stumbled.")
        await self.while_reading(window)
        await self._meddled()
        return Reading(tuple(_note(each, window) for each in window.messages if not each.context))

    async def group(self, state: TopicState, pending: tuple[KeptNote, ...]) -> Grouping:
        await self._meddled()
        views = {each.id: _viewed(state, each) for each in state.ledger.viewpoints}
        source = {each.id: each.evidence[0].note for each in state.ledger.viewpoints}
        placements: list[Placement] = []
        frames: list[Frame] = []
        for kept in pending:
            view = _view_in(state.text(kept.note.spans[0]))
            home = next((id_ for id_, other in views.items() if other == view), None)
            if home is None:
                home, opposite = kept.id, (view[0], 1 - view[1])
                opposed = {id_ for id_, other in views.items() if other[:2] == opposite}
                frames.append(Frame(home, None, frozenset(opposed)))
                views[home], source[home] = view, home
            placements.append(Placement(kept.id, home, Stance.SUPPORTS))
        merges = tuple(_merges(views, source))
        return Grouping(tuple(placements), tuple(frames), merges)

    async def headline(self, state: TopicState) -> str | None:
        return " ".join(each.claim or "" for each in state.ledger.viewpoints)

    async def _meddled(self) -> None:
        if self.meddle:
            meddle, self.meddle = self.meddle, None
            await meddle()


def _note(message: WindowMessage, window: Window) -> Note:
    (sentence, *_) = message.sentences
    to = next((each for each in window.messages if each.number == message.reply_to), None)
    about = to.sentences[0].span if to else None
    if "who knows" in sentence.text:
        return Note(NoteKind.QUESTION, (sentence.span,), f"Who knows {_words(sentence.text)}")
    if to and "who knows" in to.sentences[0].text:
        return Note(NoteKind.ANSWER, (sentence.span,), about=about)
    heard = f" after {_words(to.sentences[0].text)}" if to else ""
    return Note(NoteKind.VIEW, (sentence.span,), f"Claim {_words(sentence.text)}{heard}", about)


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text))


def _view_in(text: str) -> View:
    found = _VIEW.search(text)
    assert found
    subject, side, form = map(int, found.groups())
    return subject, side, form


def _viewed(state: TopicState, viewpoint: Viewpoint) -> View:
    return _view_in(state.text(viewpoint.evidence[0].span))


def _merges(views: dict[int, View], source: dict[int, int]) -> Iterator[Merge]:
    """Into the oldest of those on one side of a subject, all others."""
    oldest: dict[tuple[int, int], int] = {}
    for id_, view in sorted(views.items()):
        first = oldest.setdefault(view[:2], id_)
        if first != id_:
            yield Merge(first, id_, (source[first], source[id_]))


def _asked(question: Question) -> object:
    """A question without ids."""
    answers = [(each.span, each.author) for each in question.answers]
    return question.wording, question.asked.span, question.taken_up, answers


@dataclass
class Walk:
    """A thread that changes by chance, and the words that were in it."""

    path: Path
    chance: Random
    current: dict[str, Message] = field(default_factory=dict)
    words: int = 0
    places: int = 0
    engine: Knowing = field(default_factory=Knowing)

    async def run(self) -> None:
        """Takes all steps, and then looks at what came of them."""
        self.partner = await self._opened()
        await self.post()
        acts = [self.post, self.edit, self.delete, self.move, self.answer_another, self.read]
        more = [self.stumble, self.crash, self.meddle, self.erase]
        for _ in range(STEPS):
            await self.chance.choices([*acts, *more], [4, 3, 3, 2, 2, 3, 2, 2, 3, 1])[0]()
        await self.read()
        try:
            await self._as_from_a_fresh_start()
            await self._nothing_left_of_what_is_gone()
        finally:
            await self.partner.close()

    async def post(self) -> None:
        new = [self._message() for _ in range(self.chance.randint(1, 3))]
        await self._record(new)

    async def edit(self) -> None:
        for each in self._some():
            await self._record([replace(each, content=self._content())])

    async def move(self) -> None:
        for each in self._some():
            await self._record([replace(each, posted_at=self._message().posted_at)])

    async def answer_another(self) -> None:
        for each in self._some():
            others = [id_ for id_ in self.current if id_ != each.source_id]
            await self._record([replace(each, reply_to=self.chance.choice([None, *others]))])

    async def delete(self) -> None:
        gone = [each.source_id for each in self._some()]
        await self.partner.delete(1, gone)
        for id_ in gone:
            del self.current[id_]

    async def erase(self) -> None:
        for each in self._some():
            author = each.author.source_id
            await self.partner.erase("forum", author)
            self.current = {
                id_: kept for id_, kept in self.current.items() if kept.author.source_id != author
            }

    async def read(self) -> None:
        await self.partner.summarise(1, "llm")

    async def stumble(self) -> None:
        """Some of the windows fail."""
        self.engine.fails_at = lambda: self.chance.random() < 0.4
        with suppress(EngineFailed):
            await self.read()
        self.engine.fails_at = lambda: False

    async def meddle(self) -> None:
        """Something goes or changes while the topic is read or grouped."""
        self.engine.meddle = self.chance.choice([self.edit, self.delete])
        await self.read()
        self.engine.meddle = None

    async def crash(self) -> None:
        """The process is gone in the middle of a reading, and another one comes."""
        await self.post()
        reached = asyncio.Event()

        async def hang(window: Window) -> None:
            reached.set()
            await asyncio.Event().wait()

        self.engine.while_reading = hang
        reading = asyncio.create_task(self.read())
        await reached.wait()
        reading.cancel()
        await asyncio.wait([reading])
        await self.partner.close()
        self.partner = await self._opened()

    async def _opened(self) -> DiscussionPartner:
        self.engine = Knowing()
        partner = partner_over(self.path, self.engine)
        await partner.open()
        return partner

    async def _record(self, given: list[Message]) -> None:
        await self.partner.record(HATS, given)
        self.current |= {each.source_id: each for each in given}

    def _some(self) -> list[Message]:
        """One message, or none where there is none."""
        return self.chance.sample(list(self.current.values()), min(1, len(self.current)))

    def _message(self) -> Message:
        self.places += 1
        to = self.chance.choice([None, None, *self.current])
        written = said(self.places, self.chance.choice(PEOPLE), self._content())
        at = said(self.chance.randint(1, 60), PEOPLE[0], "").posted_at
        return replace(written, reply_to=to, posted_at=at)

    def _content(self) -> str:
        self.words += 1
        if self.chance.random() < 0.15:
            return f"And who knows word{self.words:04}x by heart?"
        subject, side, form = (self.chance.randint(0, 1) for _ in range(3))
        return f"I hold view {subject} {side} {form}, for word{self.words:04}x."

    async def _as_from_a_fresh_start(self) -> None:
        grown = (await self.partner.state(1)).ledger
        async with partner_over(self.path.with_name("fresh.db"), Knowing()) as fresh:
            await fresh.record(HATS, list(self.current.values()))
            await fresh.summarise(1, "llm")
            state = await fresh.state(1)
        assert without_ids(grown) == without_ids(state.ledger)
        assert list(map(_asked, grown.questions)) == list(map(_asked, state.ledger.questions))

    async def _nothing_left_of_what_is_gone(self) -> None:
        assert await self.partner.check() == []
        left = {word for each in self.current.values() for word in _WORD.findall(each.content)}
        ever = {f"word{number:04}x" for number in range(1, self.words + 1)}
        held, terms = bytes_of(self.path), terms_of(self.path)
        assert {word for word in ever if word.encode() in held} == left
        assert ever & terms == left
        assert held_in_memory(_WORD) <= left


@pytest.mark.usefixtures("clean_memory")
@pytest.mark.parametrize("seed", range(WALKS))
def test_what_is_known_is_what_a_fresh_start_would_know(path: Path, seed: int) -> None:
    asyncio.run(Walk(path, Random(seed)).run())
