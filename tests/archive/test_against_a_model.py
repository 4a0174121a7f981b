"""Whatever is done in whatever order, the archive shows what a plain dictionary would."""

import tempfile
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.archive import Archive, KeptDraft
from bot.core.model import Author, Message, Topic
from tests.archive.world import NOON, draft, said

TOPICS = [Topic("forum", "a", "One"), Topic("forum", "b", "Two")]
PEOPLE = [Author("1", "mira"), Author("2", "jun"), Author("3", "ole", bot=True)]
KINDS = ["brief", "suggestion"]
ids = st.integers(1, 6)
words = st.sampled_from(
    ["apple", "Apple!", "pear", "plum apple", "(plum) apple", "Über apple", "", "\0\ud800 pear"]
)
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
        self.drafts: dict[int, tuple[int, set[str]]] = {}
        """Of which topic each is, and which of its messages it saw."""
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
        gone = latest.keys() & self.deleted - silent
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
        assert sum(recorded.gone.values()) == len(gone)
        same = len(given) - len(added) - len(changed) - len(silent) - len(gone)
        assert recorded.unchanged == same
        for key in changed:
            if not _mended(self.messages[key], alive[key]):
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

        places = {place for place, _ in theirs}
        self.drafts = {id_: each for id_, each in self.drafts.items() if each[0] not in places}
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

    @rule(place=st.sampled_from([0, 1]), kind=st.sampled_from(KINDS), on=st.sets(ids, min_size=1))
    def draft(self, place: int, kind: str, on: set[int]) -> None:
        saw = {str(id_) for id_ in on if (place, str(id_)) in self.messages}
        if saw:
            ends = {id_: len(self.messages[place, id_].content) for id_ in saw}
            body = {"lead": [{"cites": [[id_, 0, ends[id_]] for id_ in saw if ends[id_]]}]}
            id_ = draft(self.archive, self.topics[place], *saw, kind=kind, body=body)
            self.drafts[id_] = (place, saw)

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
            assert self.archive.known(topic_id).withheld.total() == missing

    @invariant()
    def finds_the_words(self) -> None:
        found = {(hit.topic_id, hit.message_id) for hit in self.archive.search("apple", limit=99)}
        assert found == {
            (self.topics[place], id_)
            for (place, id_), each in self.messages.items()
            if "apple" in each.content.casefold()
        }

    @invariant()
    def keeps_the_drafts_that_saw_only_what_is_still_said(self) -> None:
        for place, topic_id in self.topics.items():
            kept = [each for kind in KINDS for each in self.archive.drafts(topic_id, kind, "llm")]
            assert {each.id: (place, each.rests_on) for each in kept} == {
                id_: each for id_, each in self.drafts.items() if each[0] == place
            }
            for message, start, end in (cited for each in kept for cited in _cited(each)):
                assert (start, end) == (0, len(self.messages[place, message].content))

    def _remove(self, keys: Collection[Key]) -> None:
        for key in keys:
            self._let_go(key)
            del self.messages[key]

    def _version(self, place: int) -> int | None:
        return self.archive.topic(self.topics[place]).version if place in self.topics else None

    def _let_go(self, key: Key) -> None:
        """The message's words go, and all that rests on them."""
        self.drafts = {
            id_: (place, saw)
            for id_, (place, saw) in self.drafts.items()
            if place != key[0] or key[1] not in saw
        }


def _cited(kept: KeptDraft) -> list[tuple[str, int, int]]:
    return kept.body["lead"][0]["cites"]


def _stored(message: Message) -> Message:
    return replace(message, content=message.content.replace("\ud800", "\N{REPLACEMENT CHARACTER}"))


def _mended(one: Message, other: Message) -> bool:
    """The words differ in case and punctuation at most."""
    said, says = (
        each.content.strip("!").replace("(", "").replace(")", "") for each in (one, other)
    )
    return said.casefold() == says.casefold() and one.author.source_id == other.author.source_id


def _same(one: Message, other: Message) -> bool:
    """Whether they say the same; a name is its author's, and no part of a message."""
    return replace(one, author=other.author) == other and (
        one.author.source_id == other.author.source_id
    )


Told.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestTold = Told.TestCase
