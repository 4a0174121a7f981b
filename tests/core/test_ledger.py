from collections.abc import Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.core import ledger as ledgers
from bot.core.arrangement import Arrangement, Frame, Placement, Stance
from bot.core.ledger import Ledger, Viewpoint
from bot.core.model import Author, Message
from bot.core.notes import KeptNote, Note, NoteKind
from bot.core.sentences import Span
from tests.core.debate import Debate, Turn, without_ids

turns = st.builds(
    Turn,
    st.sampled_from(["ana", "ben", "cho", "dov"]),
    st.integers(0, 2),
    st.integers(0, 1),
    st.sampled_from([Stance.SUPPORTS, Stance.SUPPORTS, Stance.OBJECTS, Stance.WITHDRAWS]),
)
debates = st.lists(turns, max_size=12)


def held(*said: Turn) -> Ledger:
    debate = Debate(said)
    debate.read(debate.turns)
    debate.group()
    return debate.ledger


def only(ledger: Ledger) -> Viewpoint:
    (viewpoint,) = ledger.viewpoints
    return viewpoint


@given(debates, st.randoms(use_true_random=False))
def test_any_order_of_readings_gives_the_same_ledger(said: Sequence[Turn], chance: Random) -> None:
    in_order, shuffled = Debate(said), Debate(said)
    in_order.read(in_order.turns)
    in_order.group()
    windows = list(shuffled.turns)
    chance.shuffle(windows)
    for window in windows:
        shuffled.read([window])
    shuffled.group()
    assert without_ids(shuffled.ledger) == without_ids(in_order.ledger)


@given(st.lists(st.builds(Turn, st.sampled_from("abcd"), st.integers(0, 2), st.integers(0, 1))))
def test_grouping_window_by_window_gives_the_same_ledger(said: Sequence[Turn]) -> None:
    at_once, backwards = Debate(said), Debate(said)
    at_once.read(at_once.turns)
    at_once.group()
    for window in reversed(list(backwards.turns)):
        backwards.read([window])
        backwards.group()
    assert without_ids(backwards.ledger) == without_ids(at_once.ledger)


@given(debates, st.sets(st.integers(0, 11)))
def test_removing_messages_equals_never_having_had_them(
    said: Sequence[Turn], gone: set[int]
) -> None:
    removed, never = Debate(said), Debate(said)
    removed.read(removed.turns)
    removed.group()
    removed.remove(f"m{number:03}" for number in gone)
    removed.group()
    never.remove(f"m{number:03}" for number in gone)
    never.read(never.turns)
    never.group()
    assert without_ids(removed.ledger) == without_ids(never.ledger)


@given(debates)
def test_nothing_noted_is_lost_and_every_number_can_be_counted_again(said: Sequence[Turn]) -> None:
    ledger = held(*said)
    told = [evidence.span.message for v in ledger.viewpoints for evidence in v.evidence]
    assert sorted(told) == sorted(f"m{number:03}" for number in range(len(said)))
    for viewpoint in ledger.viewpoints:
        for other in viewpoint.opposes:
            (back,) = [v for v in ledger.viewpoints if v.id == other]
            assert viewpoint.id in back.opposes


def test_the_claim_is_that_of_the_first_who_holds_it_and_falls_to_the_next() -> None:
    debate = Debate([Turn("ana", 0, 0), Turn("ben", 0, 0)])
    debate.read(debate.turns)
    debate.group()
    id_ = only(debate.ledger).id
    assert only(debate.ledger).claim == "Claim: ana supports view (0, 0) in message 0."
    debate.remove(["m000"])
    assert only(debate.ledger).id == id_
    assert only(debate.ledger).claim == "Claim: ben supports view (0, 0) in message 1."


def test_the_latest_stance_counts_and_the_change_is_kept() -> None:
    ledger = held(Turn("ana", 0, 0), Turn("ben", 0, 0), Turn("ana", 0, 0, Stance.WITHDRAWS))
    assert only(ledger).authors == ("ben",)
    (change,) = ledger.changes
    assert (change.author, change.after.stance) == ("ana", Stance.WITHDRAWS)


def test_who_withdraws_what_they_never_held_objects() -> None:
    ledger = held(Turn("ana", 0, 0), Turn("ben", 0, 0, Stance.WITHDRAWS))
    assert [e.stance for e in only(ledger).evidence] == [Stance.SUPPORTS, Stance.OBJECTS]
    assert not ledger.changes


def test_opponents_who_hold_a_third_view_agree_on_it() -> None:
    split = (Turn("ana", 0, 0), Turn("ben", 0, 1))
    third = (Turn("ana", 1, 0), Turn("ben", 1, 0))
    ledger = held(*split, *third)
    (agreed,) = ledger.agreements
    assert {v.id: v.authors for v in ledger.viewpoints}[agreed] == ("ana", "ben")
    assert not held(*split, third[0], Turn("cho", 1, 0)).agreements
    assert not held(*split).agreements


def test_an_objection_makes_opponents_too() -> None:
    ledger = held(
        Turn("ana", 0, 0), Turn("ben", 0, 0, Stance.OBJECTS), Turn("ana", 1, 0), Turn("ben", 1, 0)
    )
    assert len(ledger.agreements) == 1


def test_a_view_that_nobody_holds_any_more_gives_its_objections_back() -> None:
    debate = Debate([Turn("ana", 0, 0), Turn("ben", 0, 0, Stance.OBJECTS)])
    debate.read(debate.turns)
    debate.group()
    debate.messages = debate.messages[1:]
    ledger = debate.ledger
    assert ledger.viewpoints == ()
    assert ledger.orphans == (2,)


def test_a_question_is_open_until_a_message_answers_it() -> None:
    asked = Message("q", Author("ana", "Ana"), "Does it matter?")
    asked_again = Message("r", Author("ben", "Ben"), "does it matter?")
    told = Message("a", Author("cho", "Cho"), "It does.")
    question = KeptNote(1, Note(NoteKind.QUESTION, (Span("q", 0, 15),)))
    again = KeptNote(2, Note(NoteKind.QUESTION, (Span("r", 0, 15),)))
    answer = KeptNote(3, Note(NoteKind.ANSWER, (Span("a", 0, 8),), about=Span("r", 0, 15)))
    messages = [asked, asked_again, told]
    (opened,) = ledgers.build(messages, [again, question], Arrangement()).questions
    assert (opened.id, opened.open) == (1, True)
    ledger = ledgers.build(messages, [answer, again, question], Arrangement())
    (closed,) = ledger.questions
    assert [e.span.message for e in closed.answers] == ["a"]
    assert ledger.quoted == {"ana", "cho"}


def test_a_viewpoint_of_somebody_else_on_a_question_takes_it_up() -> None:
    messages = [
        Message("q", Author("ana", "Ana"), "Should we?"),
        Message("v", Author("ben", "Ben"), "We should."),
    ]
    notes = [
        KeptNote(1, Note(NoteKind.QUESTION, (Span("q", 0, 10),))),
        KeptNote(2, Note(NoteKind.VIEW, (Span("v", 0, 10),))),
    ]
    arrangement = Arrangement({2: Placement(2, 2, Stance.SUPPORTS)}, {2: Frame(2, question=1)})
    assert not ledgers.build(messages, notes, arrangement).questions[0].open
    by_ana = [messages[0], Message("v", Author("ana", "Ana"), "We should.")]
    assert ledgers.build(by_ana, notes, arrangement).questions[0].open
    assert ledgers.build(messages, notes, Arrangement()).questions[0].open
