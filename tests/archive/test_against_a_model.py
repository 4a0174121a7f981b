"""Whatever is done in whatever order, the archive shows what a plain dictionary would."""

import tempfile
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.archive import Archive
from bot.core.model import Author, Message, Topic
from bot.core.notes import Note, NoteKind
from tests.archive.world import NOON, answer, question, said, view

TOPICS = [Topic("forum", "a", "One"), Topic("forum", "b", "Two")]
PEOPLE = [Author("1", "mira"), Author("2", "jun"), Author("3", "ole", bot=True)]
ENGINES = ["quotes", "llm"]
ids = st.integers(1, 6)
words = st.sampled_from(["apple", "pear", "plum apple", "Über apple", "", "\0\ud800 pear"])
Key = tuple[int, str]
"""A topic by its place in TOPICS, and a message by its source's id."""


class Told(RuleBasedStateMachine):
    """The archive beside dictionaries of what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.archive = Archive.open(Path(self.folder.name) / "moot.db")
        self.topics: dict[int, int] = {}
        self.messages: dict[Key, Message] = {}
        self.deleted: set[Key] = set()
        self.withheld: set[Key] = set()
        self.opted_out: set[str] = set()
        self.names: dict[tuple[int, str], Author] = {}
        self.read: set[tuple[Key, str]] = set()
        self.notes: dict[tuple[Key, str, NoteKind], Note] = {}
        self.lapsed: set[tuple[Key, str, NoteKind]] = set()
        self.drafts: dict[int, tuple[int, set[str]]] = {}
        self.versions: dict[int, int] = {}

    def teardown(self) -> None:
        self.archive.close()
        self.folder.cleanup()

    @rule(
        place=st.sampled_from([0, 1]),
        posts=st.lists(st.tuples(ids, st.sampled_from(PEOPLE), words), max_size=8),
        chunk=st.sampled_from([2, 2000]),
        suffix=st.sampled_from(["", "!"]),
    )
    def record(
        self, place: int, posts: list[tuple[int, Author, str]], chunk: int, suffix: str
    ) -> None:
        given = [said(id_, replace(who, name=who.name + suffix), what) for id_, who, what in posts]
        latest = {(place, each.source_id): _stored(each) for each in given}
        before = self._version(place)

        recorded = self.archive.record(TOPICS[place], given, chunk=chunk)

        self.topics[place] = recorded.topic_id
        silent = {k for k, each in latest.items() if each.author.source_id in self.opted_out}
        news = silent - self.deleted
        self._remove(news & self.messages.keys())
        self.withheld |= news
        self.deleted |= news
        alive = {key: each for key, each in latest.items() if key not in self.deleted | silent}
        added = [key for key in alive if key not in self.messages]
        changed = [
            key
            for key, each in alive.items()
            if key in self.messages and not _same(each, self.messages[key])
        ]
        assert (recorded.added, recorded.updated) == (len(added), len(changed))
        assert recorded.withheld == len(silent)
        assert recorded.unchanged == len(given) - len(added) - len(changed) - len(silent)
        for key in changed:
            if self.messages[key].content != alive[key].content:
                self._let_go(key)
        self.messages |= alive
        for each in alive.values():
            self.names[place, each.author.source_id] = each.author
        if added or changed or news:
            assert before is None or self._version(place) > before

    @rule(place=st.sampled_from([0, 1]), which=st.sets(ids, min_size=1))
    def delete(self, place: int, which: set[int]) -> None:
        if place not in self.topics:
            return
        keys = {(place, str(id_)) for id_ in which}
        there = keys & self.messages.keys()

        assert self.archive.delete(self.topics[place], [id_ for _, id_ in keys], NOON) == len(there)

        self._remove(there)
        self.deleted |= keys
        self.withheld -= keys

    @rule(who=st.sampled_from(PEOPLE), stays_out=st.booleans())
    def leave(self, who: Author, stays_out: bool) -> None:
        theirs = {
            key for key, each in self.messages.items() if each.author.source_id == who.source_id
        }
        leaving = self.archive.opt_out if stays_out else self.archive.erase

        assert leaving("forum", who.source_id, NOON) == len(theirs)

        self._remove(theirs)
        self.deleted |= theirs
        if stays_out:
            self.withheld |= theirs
            self.opted_out.add(who.source_id)

    @rule(who=st.sampled_from(PEOPLE))
    def come_back(self, who: Author) -> None:
        assert self.archive.opt_in("forum", who.source_id) == (who.source_id in self.opted_out)
        self.opted_out.discard(who.source_id)

    @rule(place=st.sampled_from([0, 1]))
    def delete_topic(self, place: int) -> None:
        if place not in self.topics:
            return
        self._remove({key for key in self.messages if key[0] == place})
        self.deleted = {key for key in self.deleted if key[0] != place}
        self.withheld = {key for key in self.withheld if key[0] != place}
        self.archive.delete_topic(self.topics.pop(place))

    @rule(
        place=st.sampled_from([0, 1]),
        engine=st.sampled_from(ENGINES),
        kind=st.sampled_from(NoteKind),
        of=ids,
        about=ids,
        outdated=st.booleans(),
    )
    def read_one(
        self, place: int, engine: str, kind: NoteKind, of: int, about: int, outdated: bool
    ) -> None:
        message = self.messages.get((place, str(of)))
        target = self.messages.get((place, str(about)))
        if message is None or target is None or of == about:
            return
        note = {
            NoteKind.VIEW: view(message, "a claim", target),
            NoteKind.QUESTION: question(message),
            NoteKind.ANSWER: answer(message, target),
        }[kind]
        seen = "another" if outdated else message.revision

        kept = self.archive.keep_reading(
            self.topics[place],
            engine,
            revisions={message.source_id: seen, target.source_id: target.revision},
            complete=[message.source_id],
            notes=[note],
            rejected={},
        )

        assert len(kept) == (0 if outdated else 1)
        if not outdated:
            key = (place, message.source_id)
            self.read.add((key, engine))
            noted = self.notes.get((key, engine, kind))
            self.lapsed.discard((key, engine, kind))
            for each in [each for each in self.lapsed if each[:2] == (key, engine)]:
                self.lapsed.discard(each)
                self.notes.pop(each, None)
            if noted is None or (noted.about is None and kind is NoteKind.VIEW):
                self.notes[key, engine, kind] = note

    @rule(place=st.sampled_from([0, 1]), on=st.sets(ids, min_size=1))
    def draft(self, place: int, on: set[int]) -> None:
        rests_on = {str(id_) for id_ in on if (place, str(id_)) in self.messages}
        if rests_on:
            id_ = self.archive.keep_draft(
                self.topics[place],
                "headline",
                "llm",
                body={"text": "apple"},
                rests_on=rests_on,
                made_with={},
                at=NOON,
            )
            self.drafts[id_] = (place, rests_on)

    @rule()
    def open_again(self) -> None:
        self.archive.close()
        self.archive = Archive.open(Path(self.folder.name) / "moot.db")

    @invariant()
    def shows_the_messages(self) -> None:
        for place, topic_id in self.topics.items():
            expected = sorted(
                (each for key, each in self.messages.items() if key[0] == place),
                key=lambda each: each.posted_at or NOON,
            )
            named = [
                replace(each, author=self.names[place, each.author.source_id]) for each in expected
            ]
            assert self.archive.messages(topic_id) == named
            people = {each.author.source_id for each in expected if not each.author.bot}
            topic = self.archive.topic(topic_id)
            assert (topic.messages, topic.authors) == (len(expected), len(people))
        assert {each.id for each in self.archive.topics()} == set(self.topics.values())

    @invariant()
    def counts_what_is_left_out(self) -> None:
        for place, topic_id in self.topics.items():
            missing = sum(of == place for of, _ in self.withheld)
            assert self.archive.withheld(topic_id).total() == missing

    @invariant()
    def finds_the_words(self) -> None:
        found = {(hit.topic_id, hit.message_id) for hit in self.archive.search("apple", limit=99)}
        assert found == {
            (self.topics[place], id_)
            for (place, id_), each in self.messages.items()
            if "apple" in each.content
        }

    @invariant()
    def keeps_what_was_read(self) -> None:
        for place, topic_id in self.topics.items():
            for engine in ENGINES:
                assert self.archive.read_messages(topic_id, engine) == {
                    key[1]: self.messages[key].revision
                    for key, by in self.read
                    if key[0] == place and by == engine
                }
                notes = [kept.note for kept in self.archive.notes(topic_id, engine)]
                told = [
                    each
                    for (key, by, _), each in self.notes.items()
                    if key[0] == place and by == engine
                ]
                assert sorted(map(repr, notes)) == sorted(map(repr, told))

    @invariant()
    def keeps_the_drafts(self) -> None:
        for place, topic_id in self.topics.items():
            kept = {each.id for each in self.archive.drafts(topic_id, "headline", "llm")}
            assert kept == {id_ for id_, (of, _) in self.drafts.items() if of == place}

    def _remove(self, keys: Collection[Key]) -> None:
        for key in keys:
            self._let_go(key)
            del self.messages[key]

    def _version(self, place: int) -> int | None:
        return self.archive.topic(self.topics[place]).version if place in self.topics else None

    def _let_go(self, key: Key) -> None:
        """The message's words go, and all that rests on them."""
        self.read = {(of, engine) for of, engine in self.read if of != key}
        self.drafts = {
            id_: each
            for id_, each in self.drafts.items()
            if not (each[0] == key[0] and key[1] in each[1])
        }
        for (of, engine, kind), note in list(self.notes.items()):
            pointed = note.about is not None and (of[0], note.about.message) == key
            if of == key or (pointed and kind is NoteKind.ANSWER):
                del self.notes[of, engine, kind]
                self.lapsed.discard((of, engine, kind))
            elif pointed:
                self.notes[of, engine, kind] = replace(note, about=None, words=None)
                self.lapsed.add((of, engine, kind))
            if pointed:
                self.read.discard((of, engine))


def _stored(message: Message) -> Message:
    return replace(message, content=message.content.replace("\ud800", "\N{REPLACEMENT CHARACTER}"))


def _same(one: Message, other: Message) -> bool:
    """Whether they say the same; a name is its author's, and no part of a message."""
    return replace(one, author=other.author) == other and (
        one.author.source_id == other.author.source_id
    )


Told.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestTold = Told.TestCase
