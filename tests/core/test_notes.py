from collections import Counter

import pytest

from bot.core.notes import Note, NoteKind, Reading, checked
from bot.core.sentences import Span

FIRST, SECOND = Span("a", 0, 10), Span("a", 11, 20)
OTHER, CONTEXT, INVENTED = Span("b", 0, 5), Span("c", 0, 9), Span("a", 3, 7)
ALLOWED = {FIRST: True, SECOND: True, OTHER: True, CONTEXT: False}


@pytest.mark.parametrize(
    ("note", "reason"),
    [
        (Note(NoteKind.VIEW, ()), "no_sentence"),
        (Note(NoteKind.VIEW, (INVENTED,)), "unknown_sentence"),
        (Note(NoteKind.VIEW, (CONTEXT,)), "not_evidence"),
        (Note(NoteKind.VIEW, (FIRST, OTHER)), "several_messages"),
        (Note(NoteKind.VIEW, (FIRST,), about=INVENTED), "unknown_sentence"),
        (Note(NoteKind.ANSWER, (FIRST,)), "no_question"),
        (Note(NoteKind.ANSWER, (FIRST,), about=FIRST), "answers_itself"),
    ],
)
def test_a_note_that_does_not_hold_is_rejected_and_counted(note: Note, reason: str) -> None:
    reading = checked(Reading((note,), Counter(refused=1)), ALLOWED)
    assert reading.notes == ()
    assert reading.rejected == {"refused": 1, reason: 1}


def test_what_holds_is_kept_once() -> None:
    view = Note(NoteKind.VIEW, (FIRST, SECOND), "A claim.", about=CONTEXT)
    answer = Note(NoteKind.ANSWER, (OTHER,), about=CONTEXT)
    reading = checked(Reading((view, answer, view)), ALLOWED)
    assert reading.notes == (view, answer)
    assert not reading.rejected
