"""What others changed since a message, as the ledger of then and the one of now show it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.arrangement import Arrangement, Frame, Placement, Stance
from bot.core.changes import changes, posted_since
from bot.core.errors import NotFound
from bot.core.model import Author, Message, Topic
from bot.core.notes import KeptNote, Note, NoteKind
from bot.core.sentences import Span
from bot.core.state import TopicState, assemble
from bot.core.summary import Change, ChangeKind
from tests.core.debate import Debate, Turn
from tests.core.test_ledger import debates

TOPIC = Topic("test", "debate", "A debate")


def state_of(said: Sequence[Turn], replies: dict[str, str] | None = None) -> TopicState:
    debate = Debate(said)
    debate.read(debate.turns)
    debate.group()
    messages = [
        replace(each, reply_to=(replies or {}).get(each.source_id)) for each in debate.messages
    ]
    return assemble(TOPIC, messages, debate.notes, debate.arrangement)


def told(state: TopicState, since: str, viewer: str | None = None) -> list[tuple[str, str]]:
    return [(str(each.kind), each.text) for each in changes(state, since, viewer)]


def only(found: Sequence[Change]) -> Change:
    (change,) = found
    return change


def test_a_view_that_was_not_there_is_new() -> None:
    state = state_of([Turn("ana", 0, 0), Turn("ben", 0, 1), Turn("cho", 0, 1)])
    change = only(changes(state, "m000"))
    assert change.kind is ChangeKind.NEW_VIEWPOINT
    assert change.text == (
        "New view, held by Ben and Cho: Claim: ben supports view (0, 1) in message 1."
    )
    assert [each.message_id for each in change.evidence] == ["m001", "m002"]


def test_the_best_supported_of_the_new_views_comes_first() -> None:
    state = state_of(
        [Turn("ana", 0, 0), Turn("ben", 1, 0), Turn("cho", 2, 0), Turn("dov", 2, 0)],
    )
    assert [text.split(":")[0] for _, text in told(state, "m000")] == [
        "New view, held by Cho and Dov",
        "New view, held by Ben",
    ]


def test_a_view_gains_people_and_the_ledger_counts_them() -> None:
    state = state_of([Turn("ana", 0, 0), Turn("ben", 0, 0), Turn("cho", 0, 0)])
    change = only(changes(state, "m000"))
    assert change.kind is ChangeKind.GAINED
    assert change.text.startswith("Now held by Ben and Cho too (held by 3 now): Claim: ana")
    assert [each.author for each in change.evidence] == ["Ben", "Cho"]


def test_a_view_loses_who_takes_it_back() -> None:
    said = [Turn("ana", 0, 0), Turn("ben", 0, 0), Turn("ana", 0, 0, Stance.WITHDRAWS)]
    change = only(changes(state_of(said), "m001"))
    assert change.kind is ChangeKind.LOST
    assert change.text.startswith("No longer held by Ana (held by 1 now): Claim: ana")
    assert [each.stance for each in change.evidence] == [Stance.WITHDRAWS]


def test_a_view_may_lose_its_last_holder() -> None:
    said = [Turn("ana", 0, 0), Turn("ana", 0, 0, Stance.WITHDRAWS)]
    assert only(changes(state_of(said), "m000")).text.startswith(
        "No longer held by Ana (held by nobody now):"
    )


def test_a_view_may_come_and_go_meanwhile() -> None:
    said = [Turn("ana", 0, 0), Turn("ben", 1, 0), Turn("ben", 1, 0, Stance.WITHDRAWS)]
    assert only(changes(state_of(said), "m000")).text.startswith(
        "New view, held by nobody any more: Claim: ben"
    )


def test_many_people_are_named_in_part_and_counted() -> None:
    state = state_of([Turn("ana", 0, 0), *(Turn(who, 0, 0) for who in ("b", "c", "d", "e", "f"))])
    assert only(changes(state, "m000")).text.startswith(
        "Now held by B, C, D and 2 more too (held by 6 now):"
    )


def test_who_says_again_what_they_said_changes_nothing() -> None:
    assert not changes(state_of([Turn("ana", 0, 0), Turn("ana", 0, 0)]), "m000")


def test_what_the_viewer_did_is_no_news_to_them() -> None:
    said = [Turn("ana", 0, 0), Turn("ben", 0, 1), Turn("ben", 0, 0)]
    assert told(state_of(said), "m000")
    assert not told(state_of(said), "m000", "ben")


def test_who_objects_to_a_view_of_the_viewers_is_told_first() -> None:
    said = [Turn("ana", 0, 0), Turn("cho", 1, 0), Turn("ben", 0, 0, Stance.OBJECTS)]
    assert told(state_of(said), "m000", "ana") == [
        (
            "reply_to_you",
            "Ben objected to a view of yours: Claim: ana supports view (0, 0) in message 0.",
        ),
        ("new_viewpoint", "New view, held by Cho: Claim: cho supports view (1, 0) in message 1."),
    ]
    assert [kind for kind, _ in told(state_of(said), "m000", "cho")] == []


def test_a_reply_to_the_viewer_is_told_with_its_words() -> None:
    state = state_of([Turn("ana", 0, 0), Turn("ben", 0, 0)], replies={"m001": "m000"})
    first, *_ = changes(state, "m000", "ana")
    assert first.kind is ChangeKind.REPLY_TO_YOU
    assert first.text == "Ben replied to you: ben supports view (0, 0) in message 1."
    assert not [kind for kind, _ in told(state, "m000", "cho") if kind == "reply_to_you"]
    assert not [kind for kind, _ in told(state, "m000") if kind == "reply_to_you"]


def test_an_objection_that_is_a_reply_is_told_once() -> None:
    said = [Turn("ana", 0, 0), Turn("ben", 0, 0, Stance.OBJECTS)]
    state = state_of(said, replies={"m001": "m000"})
    assert only(changes(state, "m000", "ana")).text.startswith("Ben objected")


def test_a_reply_of_which_nothing_was_noted_speaks_by_its_first_sentence() -> None:
    ana, ben = Author("1", "Ana"), Author("2", "Ben")
    messages = [
        Message("1", ana, "Hats should come back."),
        Message("2", ben, "> Hats should\nThank you. I needed that.", reply_to="1"),
        Message("3", ben, "> Hats should come back.", reply_to="1"),
    ]
    state = assemble(TOPIC, messages, [], Arrangement())
    change = only(changes(state, "1", "1"))
    assert change.text == "Ben replied to you: Thank you."
    assert [each.quote for each in change.evidence] == ["Thank you."]


class Asking:
    """Ana asks; Ben answers, Cho takes a view on it, Dov asks another thing."""

    ana, ben, cho, dov = (Author(name, name.title()) for name in ("ana", "ben", "cho", "dov"))
    messages = (
        Message("1", ana, "Who pays?"),
        Message("2", ana, "And where?"),
        Message("3", ben, "The owner pays."),
        Message("4", cho, "In the yard."),
        Message("5", dov, "And when?"),
    )

    def noted(self, id_: int, kind: NoteKind, about: int | None = None) -> KeptNote:
        span = self.span(id_)
        return KeptNote(id_, Note(kind, (span,), about=self.span(about) if about else None))

    def span(self, id_: int) -> Span:
        message = self.messages[id_ - 1]
        return Span(message.source_id, 0, len(message.content))

    @property
    def state(self) -> TopicState:
        notes = [
            self.noted(1, NoteKind.QUESTION),
            self.noted(2, NoteKind.QUESTION),
            self.noted(3, NoteKind.ANSWER, about=1),
            self.noted(4, NoteKind.VIEW),
            self.noted(5, NoteKind.QUESTION),
        ]
        arrangement = Arrangement({4: Placement(4, 4, Stance.SUPPORTS)}, {4: Frame(4, question=2)})
        return assemble(TOPIC, self.messages, notes, arrangement)


def test_questions_are_answered_by_answers_and_by_views() -> None:
    found = changes(Asking().state, "2")
    assert [(str(each.kind), each.text) for each in found] == [
        ("answered", "Ben answered what Ana asked: Who pays?"),
        ("answered", "Cho answered what Ana asked: And where?"),
        ("new_viewpoint", "New view, held by Cho: In the yard."),
        ("new_question", "Dov asked (still open): And when?"),
    ]
    assert [[each.message_id for each in one.evidence] for one in found[:2]] == [["3"], ["4"]]


def test_a_change_rests_on_what_its_line_is_worded_from() -> None:
    answered, placed, view, asked = changes(Asking().state, "2")
    assert answered.rests_on == {"1"}
    assert placed.rests_on == {"2"}
    assert view.rests_on == {"4"}
    assert asked.rests_on == frozenset()


def test_a_question_asked_and_answered_since_is_told_once() -> None:
    found = changes(Asking().state, "1")
    assert [each.text for each in found if "where" in each.text] == [
        "Ana asked (answered since): And where?"
    ]


def test_after_the_last_message_there_is_nothing_new() -> None:
    assert not changes(Asking().state, "5")
    assert not posted_since(Asking().state, "5")


def test_what_others_posted_leaves_the_viewer_and_programs_out() -> None:
    state = Asking().state
    program = Message("6", Author("w", "weather", bot=True), "Sunny.")
    state = assemble(TOPIC, [*state.messages.values(), program], [], Arrangement())
    assert [each.source_id for each in posted_since(state, "3", "cho")] == ["5"]


def test_a_message_that_is_not_there() -> None:
    with pytest.raises(NotFound, match=r'no message "77".*moot show'):
        changes(Asking().state, "77")


def test_a_line_is_one_line_and_steers_nothing() -> None:
    eve = Author("eve", "Eve\n\x1b[31m\u202e")
    words = "Line one\nline two \x1b[2J" + "and more " * 100
    messages = [Message("1", eve, "Hello."), Message("2", replace(eve, source_id="x"), words)]
    notes = [KeptNote(1, Note(NoteKind.VIEW, (Span("2", 0, len(words)),)))]
    placed = Arrangement({1: Placement(1, 1, Stance.SUPPORTS)})
    text = only(changes(assemble(TOPIC, messages, notes, placed), "1")).text
    assert text.isprintable()
    assert len(text) < 400


@given(debates.filter(len), st.data())
def test_every_change_stands_on_new_words_of_somebody_else(
    said: Sequence[Turn], data: st.DataObject
) -> None:
    state = state_of(said)
    since = data.draw(st.sampled_from(list(state.messages)))
    viewer = data.draw(st.sampled_from([None, "ana", "ben"]))
    for change in changes(state, since, viewer):
        assert all(each.message_id > since for each in change.evidence)
        authors = {state.messages[each.message_id].author.source_id for each in change.evidence}
        assert authors - {viewer}


@given(debates.filter(len), st.data())
def test_who_holds_what_now_is_what_they_held_with_all_changes_made(
    said: Sequence[Turn], data: st.DataObject
) -> None:
    """Every one who came to hold a view, or let it go, is in some change."""
    state = state_of(said)
    since = data.draw(st.sampled_from(list(state.messages)))
    then = state_of_prefix(state, since)
    moved = {
        (id_, author)
        for id_, holders in held(state).items()
        for author in holders ^ held(then).get(id_, set())
    }
    kinds = (ChangeKind.NEW_VIEWPOINT, ChangeKind.GAINED, ChangeKind.LOST)
    shown = {
        quote.author.lower()
        for each in changes(state, since)
        if each.kind in kinds
        for quote in each.evidence
    }
    assert {author for _, author in moved} <= shown


def state_of_prefix(state: TopicState, since: str) -> TopicState:
    before = [each for each in state.messages.values() if each.source_id <= since]
    return assemble(TOPIC, before, list(state.notes.values()), state.arrangement)


def held(state: TopicState) -> dict[int, set[str]]:
    return {each.id: set(each.authors) for each in state.ledger.viewpoints}
