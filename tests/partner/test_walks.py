"""Whatever is posted, edited, moved, deleted, contested, read and broken off in whatever order:
nothing that is shown stems from words that are gone, and whoever says something has a line.

Every message has a word of its own, and the engine puts the words of all that it is shown into its
statements. A word that is gone is therefore nowhere: in no brief, no file, no memory.
"""

import asyncio
import re
import tempfile
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.core.brief import Brief, Statement
from bot.core.errors import EngineFailed
from bot.core.model import Author, Message
from bot.core.receipt import readable
from bot.core.sentences import split
from bot.core.summary import Summary
from bot.engines import Material
from tests.archive.files import bytes_of, terms_of
from tests.partner.world import HATS, Scripted, held_in_memory, nothing, partner_over, said

T = TypeVar("T")
PEOPLE = [Author(str(number), name) for number, name in enumerate(("ana", "ben", "cho", "dov"))]
ROOM = 3_000
"""A fifth of it has room for two messages, and all of it for eight."""
_WORD = re.compile(r"word\d{6}x")
numbers = count(1)
places = st.integers(0, 99)
people = st.sampled_from(PEOPLE)
ways = st.sampled_from(["edit", "delete"])


class Repeating(Scripted):
    """Repeats the words of all messages and briefs that it is shown."""

    async def brief(self, material: Material) -> Brief:
        brief = await super().brief(material)
        briefs = [*material.earlier, *filter(None, [material.background])]
        shown = [material.discussion.messages[id_].content for id_ in material.messages]
        shown += [statement.words for earlier in briefs for statement in earlier.front]
        repeated = " ".join(dict.fromkeys(_WORD.findall(" ".join(shown))))
        return replace(brief, lead=(Statement((repeated, *brief.lead[0].parts)),))


class Walk(RuleBasedStateMachine):
    """A thread that changes, and the words that were in it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "moot.db"
        self.runner = asyncio.Runner()
        self.current: dict[str, Message] = {}
        self.words: set[str] = set()
        self.posted = 0
        self.open()
        self.post([*PEOPLE, *PEOPLE[:2]], 0)

    def teardown(self) -> None:
        try:
            self.nothing_is_left_of_what_is_gone()
        finally:
            self.run(self.partner.close())
            self.runner.close()
            self.folder.cleanup()

    @rule(authors=st.lists(people, min_size=1, max_size=4), to=places)
    def post(self, authors: list[Author], to: int) -> None:
        for author in authors:
            self.posted += 1
            written = said(self.posted, author, self.content())
            self.run(self.record(replace(written, reply_to=self.some(to))))

    @rule(place=places)
    def edit(self, place: int) -> None:
        self.run(self.change(place, content=self.content()))

    @rule(place=places)
    def mend(self, place: int) -> None:
        if id_ := self.some(place):
            content = self.current[id_].content
            other = ("hats", "hatts") if "hatts" not in content else ("hatts", "hats")
            self.run(self.change(place, content=content.replace(*other)))

    @rule(place=places, minute=st.integers(1, 60))
    def move(self, place: int, minute: int) -> None:
        self.run(self.change(place, posted_at=said(minute, PEOPLE[0], "").posted_at))

    @rule(place=places)
    def delete(self, place: int) -> None:
        self.run(self.remove(place))

    @rule(place=places)
    def contest(self, place: int) -> None:
        if id_ := self.some(place):
            message = self.current[id_]
            spans = [split(message)[0].span]
            self.run(self.partner.contest(1, message.author.source_id, spans, None))

    @rule()
    def erase(self) -> None:
        *_, dov = PEOPLE
        self.run(self.partner.erase(HATS.source, dov.source_id))
        self.current = {id_: each for id_, each in self.current.items() if each.author != dov}

    @invariant()
    def read(self) -> None:
        self.founded(self.run(self.partner.summarise(1, "llm")))
        self.founded(self.run(self.partner.summarise(1, "quotes")))

    @rule(place=places)
    def catch_up(self, place: int) -> None:
        if id_ := self.some(place):
            self.founded(self.run(self.partner.summarise(1, "llm", since=id_)))

    @rule(place=places, failing=st.sets(st.integers(0, 5)))
    def stumble(self, place: int, failing: set[int]) -> None:
        """Some of the calls fail."""
        self.edit(place)
        calls = count()

        async def fail(material: Material) -> None:
            if next(calls) in failing:
                raise EngineFailed("The model stumbled.")

        self.engine.while_writing = fail
        with suppress(EngineFailed):
            self.read()
        self.engine.while_writing = nothing

    @rule(author=people, place=places, way=ways)
    def meddle(self, author: Author, place: int, way: str) -> None:
        """Something goes or changes while a brief is written."""
        self.post([author], place)

        async def once(material: Material) -> None:
            self.engine.while_writing = nothing
            await (self.remove(place) if way == "delete" else self.change(place, content="So so."))

        self.engine.while_writing = once
        self.founded(self.run(self.partner.summarise(1, "llm")), meanwhile=True)
        self.engine.while_writing = nothing

    @rule()
    def crash(self) -> None:
        """The process is gone in the middle of a writing, and another one comes."""

        async def break_off() -> None:
            reached = asyncio.Event()

            async def hang(material: Material) -> None:
                reached.set()
                await asyncio.Event().wait()

            self.engine.while_writing = hang
            reading = asyncio.create_task(self.partner.summarise(1, "llm", refresh=True))
            wait = asyncio.create_task(reached.wait())
            await asyncio.wait([reading, wait], return_when=asyncio.FIRST_COMPLETED)
            reading.cancel()
            wait.cancel()
            await asyncio.wait([reading, wait])
            await self.partner.close()

        self.run(break_off())
        self.open()

    def open(self) -> None:
        self.engine = Repeating(size=ROOM)
        self.partner = partner_over(self.path, self.engine)
        self.run(self.partner.open())

    def run(self, work: Awaitable[T]) -> T:
        async def awaited() -> T:
            return await work

        return self.runner.run(awaited())

    def content(self) -> str:
        word = f"word{next(numbers):06}x"
        self.words.add(word)
        return f"I think that hats are fine, {'and so on, ' * 15} because of {word}."

    def some(self, place: int) -> str | None:
        """One of the messages, if there is one."""
        return list(self.current)[place % len(self.current)] if self.current else None

    async def record(self, message: Message) -> None:
        await self.partner.record(HATS, [message])
        self.current[message.source_id] = message

    async def change(self, place: int, **changes: Any) -> None:
        if id_ := self.some(place):
            await self.record(replace(self.current[id_], **changes))

    async def remove(self, place: int) -> None:
        if id_ := self.some(place):
            await self.partner.delete(1, [id_])
            del self.current[id_]

    def founded(self, shown: Summary, *, meanwhile: bool = False) -> None:
        """Nothing stems from what can't be read any more, and nobody is missing.

        But of what somebody said meanwhile, another brief will tell.
        """
        discussion = self.run(self.partner.discussion(1))
        assert set(discussion.ids) == set(self.current)
        there = readable(discussion, discussion.ids)
        assert shown.seen <= set(there)
        told = " ".join(text.text for text in shown.front)
        said = " ".join(self.current[id_].content for id_ in there)
        assert set(_WORD.findall(told)) <= set(_WORD.findall(said))
        stretch = [id_ for id_ in there if shown.since is None or id_ in self.after(shown.since)]
        speakers = [discussion.names[self.current[id_].author.source_id] for id_ in stretch]
        missing = set(speakers) - {person.author for person in shown.people}
        assert meanwhile or not missing
        assert {person.author for person in shown.people} <= set(speakers)
        for part in (*shown.front, *shown.people):
            for quote in part.evidence:
                assert quote.message_id in there
                assert quote.quote in self.current[quote.message_id].content

    def after(self, id_: str) -> tuple[str, ...]:
        return self.run(self.partner.discussion(1)).after(id_)

    def nothing_is_left_of_what_is_gone(self) -> None:
        assert self.run(self.partner.check()) == []
        left = {word for each in self.current.values() for word in _WORD.findall(each.content)}
        held, terms = bytes_of(self.path), terms_of(self.path)
        assert {word for word in self.words if word.encode() in held} == left
        assert self.words & terms == left
        assert self.words & held_in_memory(_WORD) <= left


@pytest.mark.usefixtures("clean_memory")
def test_whatever_happens_nothing_is_shown_that_is_gone_and_nobody_is_missing() -> None:
    walks = settings(max_examples=20, stateful_step_count=20, deadline=None)
    run_state_machine_as_test(Walk, settings=walks)
