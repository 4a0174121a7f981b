"""What a reading left is kept once, and only of words that still stand."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import pairwise

import pytest

from bot.archive import Archive
from bot.core.arrangement import Arrangement, Frame, Placement, Stance
from bot.core.model import Message
from bot.core.notes import KeptNote, Note, NoteKind
from bot.core.sentences import Span
from tests.archive.world import JUN, MIRA, NOON, OLE, ROOM, answer, question, said, view

ASKED = said(1, MIRA, "Shall we paint the room? I would.")
BLUE = said(2, JUN, "Blue.")
GREEN = said(3, OLE, "Rather green.")
THREAD = [ASKED, BLUE, GREEN]


@pytest.fixture
def topic(archive: Archive) -> int:
    return archive.record(ROOM, THREAD).topic_id


def _read(
    archive: Archive,
    topic: int,
    *notes: Note,
    shown: Collection[Message] = THREAD,
    complete: Collection[Message] = THREAD,
    rejected: Mapping[str, int] | None = None,
) -> list[KeptNote]:
    return archive.keep_reading(
        topic,
        "llm",
        revisions={each.source_id: each.revision for each in shown},
        complete=[each.source_id for each in complete],
        notes=notes,
        rejected=rejected or {},
    )


def test_notes_come_back_as_they_were(archive: Archive, topic: int) -> None:
    parts = (Span("1", 0, 24), Span("1", 25, 33))
    given = [
        Note(NoteKind.QUESTION, parts[:1], "Paint it?"),
        Note(NoteKind.VIEW, parts, "The room should be painted."),
        answer(BLUE, ASKED),
        view(GREEN, 'Not "blue", \N{PARTY POPPER}', about=BLUE),
    ]
    kept = _read(archive, topic, *given)
    assert [each.note for each in kept] == given
    assert archive.notes(topic, "llm") == kept
    assert archive.read_messages(topic, "llm") == {each.source_id: each.revision for each in THREAD}


def test_each_engine_has_its_own(archive: Archive, topic: int) -> None:
    _read(archive, topic, view(BLUE), rejected={"no_sentence": 1})
    assert archive.notes(topic, "quotes") == []
    assert archive.read_messages(topic, "quotes") == {}
    assert archive.rejected(topic, "quotes") == Counter()


def test_the_same_note_is_kept_once_under_its_id(archive: Archive, topic: int) -> None:
    (first,) = _read(archive, topic, view(BLUE, "It should be blue."))
    again = _read(archive, topic, view(BLUE, "Blue it should be."), view(GREEN))
    assert again[0] == first
    assert archive.notes(topic, "llm") == again


def test_ids_grow_and_are_never_used_twice(archive: Archive, topic: int) -> None:
    ids: list[int] = []
    for _ in range(3):
        ids += [kept.id for kept in _read(archive, topic, view(BLUE), view(GREEN))]
        archive.record(ROOM, [replace(each, content=each.content + "!") for each in THREAD])
        archive.record(ROOM, THREAD)
        assert archive.notes(topic, "llm") == []
    assert all(one < next_ for one, next_ in pairwise(ids))


def test_a_message_that_spans_windows_is_read_when_the_last_is(
    archive: Archive, topic: int
) -> None:
    _read(archive, topic, view(BLUE), shown=[BLUE], complete=[])
    assert archive.read_messages(topic, "llm") == {}
    assert len(archive.notes(topic, "llm")) == 1
    _read(archive, topic, shown=[BLUE], complete=[BLUE])
    assert archive.read_messages(topic, "llm") == {"2": BLUE.revision}


def test_words_edited_or_deleted_during_the_reading_keep_nothing(
    archive: Archive, topic: int
) -> None:
    archive.record(ROOM, [replace(BLUE, content="Red.")])
    archive.delete(topic, ["3"], NOON)
    kept = _read(archive, topic, question(ASKED), view(BLUE), view(GREEN), complete=THREAD)
    assert [each.note for each in kept] == [question(ASKED)]
    assert archive.read_messages(topic, "llm") == {"1": ASKED.revision}


def test_what_pointed_at_words_that_went_during_the_reading(archive: Archive, topic: int) -> None:
    archive.delete(topic, ["1"], NOON)
    kept = _read(archive, topic, answer(BLUE, ASKED), view(GREEN, "Green it is.", about=ASKED))
    assert [each.note for each in kept] == [view(GREEN)]
    assert archive.read_messages(topic, "llm") == {}


def test_read_again_a_view_gets_back_what_it_had_lost(archive: Archive, topic: int) -> None:
    (kept,) = _read(archive, topic, view(GREEN, "Rather not blue.", about=BLUE))
    red = replace(BLUE, content="Red.")
    archive.record(ROOM, [red])
    again = view(GREEN, "Rather not red.", about=red)
    assert _read(archive, topic, again, shown=[red, GREEN]) == [KeptNote(kept.id, again)]


def test_read_again_what_only_stood_in_gives_way(archive: Archive, topic: int) -> None:
    _read(archive, topic, view(GREEN, "Rather not blue.", about=BLUE))
    asked = replace(BLUE, content="Which one?")
    archive.record(ROOM, [asked])
    assert [kept.note for kept in archive.notes(topic, "llm")] == [view(GREEN)]
    _read(archive, topic, answer(GREEN, asked), shown=[asked, GREEN], complete=[GREEN])
    assert [kept.note for kept in archive.notes(topic, "llm")] == [answer(GREEN, asked)]


def test_a_message_that_replies_to_another_now_is_to_be_read_again(
    archive: Archive, topic: int
) -> None:
    _read(archive, topic, view(BLUE), view(GREEN))
    archive.record(ROOM, [replace(GREEN, reply_to=BLUE.source_id)])
    assert [kept.note for kept in archive.notes(topic, "llm")] == [view(BLUE)]
    assert archive.read_messages(topic, "llm").keys() == {"1", "2"}


def test_rejected_counts_over_the_readings_that_stand(archive: Archive, topic: int) -> None:
    _read(archive, topic, complete=[ASKED, BLUE], rejected={"no_sentence": 2, "not_evidence": 1})
    _read(archive, topic, complete=[GREEN], rejected={"no_sentence": 1})
    assert archive.rejected(topic, "llm") == Counter(no_sentence=3, not_evidence=1)
    archive.delete(topic, ["3"], NOON)
    assert archive.rejected(topic, "llm") == Counter(no_sentence=2, not_evidence=1)


def test_an_arrangement_comes_back_and_changes(archive: Archive, topic: int) -> None:
    notes = _read(archive, topic, question(ASKED), view(BLUE), view(GREEN))
    asked, blue, green = (each.id for each in notes)
    before = Arrangement(
        {
            blue: Placement(blue, blue, Stance.SUPPORTS),
            green: Placement(green, blue, Stance.OBJECTS),
        },
        {blue: Frame(blue, asked)},
    )
    after = Arrangement(
        {green: Placement(green, green, Stance.UNKNOWN)},
        {green: Frame(green, None, frozenset({blue, 999}))},
    )
    for arrangement in (before, before, after, Arrangement()):
        archive.keep_arrangement(topic, "llm", arrangement)
        assert archive.arrangement(topic, "llm") == arrangement
        assert archive.arrangement(topic, "quotes") == Arrangement()


def test_an_arrangement_of_notes_that_went_meanwhile(archive: Archive, topic: int) -> None:
    blue, green = (each.id for each in _read(archive, topic, view(BLUE), view(GREEN)))
    placed = {id_: Placement(id_, id_, Stance.SUPPORTS) for id_ in (blue, green)}
    archive.delete(topic, ["2"], NOON)
    archive.keep_arrangement(
        topic, "llm", Arrangement(placed, {blue: Frame(blue), green: Frame(green)})
    )
    left = archive.arrangement(topic, "llm")
    assert left == Arrangement({green: placed[green]}, {green: Frame(green)})
