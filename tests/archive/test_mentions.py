"""Names in what others wrote follow a rename, an opt-out and an erasure; so do forwarded words."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.archive import Archive, Person
from bot.core.marks import Names, readable
from bot.core.model import Author, Forward, Message, Topic
from bot.core.receipt import OPTED_OUT
from bot.core.sentences import Span, split
from tests.archive.files import bytes_of, terms_of
from tests.archive.world import JUN, MIRA, NOON, OLE, ROOM, draft, drafts, said

HALL = Topic("forum", "hall", "The great hall")
TOMAS = Author("7", "Tomas")
ABSENT = "9"
PEOPLE = {"7": "Tomas", ABSENT: "Quuxabella"}

gone = pytest.mark.parametrize("way", ["opt_out", "erase"])


def naming(
    place: int, author: Author, typed: str, people: Mapping[str, str] = PEOPLE, **more: Any
) -> Message:
    worded = readable(typed, Names(people))
    return said(place, author, worded.text, mentions=worded.mentions, **more)


def words(archive: Archive, topic: int) -> list[str]:
    return [each.content for each in archive.messages(topic)]


def leave(archive: Archive, way: str, person: str) -> int:
    return getattr(archive, way)("forum", person, NOON)


def test_names_are_words_that_a_search_finds(archive: Archive) -> None:
    archive.record(ROOM, [naming(1, MIRA, "I think <@7> is right.")])
    (hit,) = archive.search("Tomas")
    assert hit.snippet == "I think @Tomas is right."


def test_the_same_again_changes_nothing(archive: Archive) -> None:
    thread = [naming(1, MIRA, "<@7> and <@9>, please."), said(2, TOMAS, "Yes.")]
    topic = archive.record(ROOM, thread).topic_id
    kept = draft(archive, topic, "1", "2")
    # A history does not say by what name people go in the server.
    again = naming(1, MIRA, "<@7> and <@9>, please.", {"7": "tomas_77", ABSENT: "quux"})
    assert archive.record(ROOM, [again]).unchanged == 1
    assert words(archive, topic) == ["@Tomas and @Quuxabella, please.", "Yes."]
    assert drafts(archive, topic) == [kept]


def test_who_was_unknown_gets_a_name(archive: Archive) -> None:
    topic = archive.record(ROOM, [naming(1, MIRA, "Ask <@7>, or <@9>.", {})]).topic_id
    assert words(archive, topic) == ["Ask @unknown-user, or @unknown-user."]
    archive.record(ROOM, [said(2, TOMAS, "Ask me.")])
    archive.record(ROOM, [naming(1, MIRA, "Ask <@7>, or <@9>.")])
    assert words(archive, topic)[0] == "Ask @Tomas, or @Quuxabella."


def test_a_rename_reaches_what_others_wrote_and_all_that_rests_on_it_follows(
    archive: Archive,
) -> None:
    thread = [naming(1, MIRA, "I hope <@7> comes. Then <@7> can say so. Bring cups."),
              said(2, TOMAS, "Yes.")]  # fmt: skip
    topic = archive.record(ROOM, thread).topic_id
    spans = [each.span for each in split(archive.messages(topic)[0])]
    body = {"cites": [[span.message, span.start, span.end] for span in spans]}
    kept = draft(archive, topic, "1", "2", body=body)
    archive.contest(topic, MIRA.source_id, spans[2:], None, NOON)
    kept = draft(archive, topic, "1", "2", body=body)

    archive.record(ROOM, [said(3, Author("7", "Tomasina of the mill"), "Me again.")])

    message = archive.messages(topic)[0]
    assert message.content.startswith("I hope @Tomasina of the mill comes. Then @Tomasina of")
    assert archive.search("mill")[0].message_id == "1"
    cited = archive.draft(kept).body["cites"]
    assert [message.content[start:end] for _, start, end in cited] == [
        each.text for each in split(message)
    ]
    assert [message.content[start:end] for start, end in message.contested] == ["Bring cups."]


@gone
def test_who_leaves_is_named_no_more(archive: Archive, path: Path, way: str) -> None:
    room = archive.record(ROOM, [naming(1, MIRA, "Ask <@9>, or <@7>.")]).topic_id
    hall = archive.record(HALL, [naming(1, OLE, "<@9> it is."), said(2, OLE, "Yes.")]).topic_id
    seen, other = draft(archive, hall, "1"), draft(archive, hall, "2")

    assert leave(archive, way, ABSENT) == 0

    assert words(archive, room) == ["Ask @someone, or @Tomas."]
    assert words(archive, hall)[0] == "@someone it is."
    assert drafts(archive, hall) == [other] != [seen]
    assert b"Quuxabella" not in bytes_of(path)
    assert "quuxabella" not in terms_of(path)


@gone
def test_no_copy_brings_the_name_back(archive: Archive, way: str) -> None:
    message = naming(1, MIRA, "Ask <@9>, or <@7>.")
    room = archive.record(ROOM, [message]).topic_id
    leave(archive, way, ABSENT)
    assert archive.record(ROOM, [message]).unchanged == 1
    archive.record(ROOM, [naming(1, MIRA, "Well, ask <@9>, or <@7>.", edited_at=NOON)])
    assert words(archive, room) == ["Well, ask @someone, or @Tomas."]


def test_of_who_opted_out_no_later_message_has_the_name(archive: Archive, path: Path) -> None:
    archive.opt_out("forum", ABSENT, NOON)
    thread = [naming(place, MIRA, f"{place}: ask <@9>.") for place in range(1, 30)]
    room = archive.record(ROOM, thread, chunk=4).topic_id
    assert words(archive, room)[0] == "1: ask @someone."
    assert b"Quuxabella" not in bytes_of(path)


def test_who_erased_may_be_named_in_what_is_written_later(archive: Archive) -> None:
    room = archive.record(ROOM, [naming(1, MIRA, "Ask <@9>.")]).topic_id
    leave(archive, "erase", ABSENT)
    archive.record(ROOM, [naming(2, MIRA, "Ask <@9> again.")])
    assert words(archive, room) == ["Ask @someone.", "Ask @Quuxabella again."]


def test_who_is_only_named_is_found_and_told_where(archive: Archive) -> None:
    archive.record(ROOM, [naming(1, MIRA, "Ask <@9>.", url="https://forum.example/1")])
    for words in (ABSENT, "quuxabella"):
        assert archive.find_person(words) == Person("forum", ABSENT, ("Quuxabella",), 0)
    assert archive.export("forum", ABSENT)["mentioned_in"] == [
        {"topic_id": 1, "message_id": "1", "url": "https://forum.example/1"}
    ]


@gone
def test_forwarded_words_go_with_whose_they_are(archive: Archive, path: Path, way: str) -> None:
    hall = archive.record(HALL, [said(1, JUN, "The zzyzxian rent rises.")]).topic_id
    quoted = "> The zzyzxian rent rises."
    here = [
        said(11, MIRA, quoted, forward=Forward("1")),
        said(12, MIRA, quoted, forward=Forward("77", JUN.source_id)),
        said(13, MIRA, "> Cups.", forward=Forward("78", OLE.source_id)),
    ]
    room = archive.record(ROOM, here).topic_id
    assert archive.messages(room)[0].forward == Forward("1", JUN.source_id)

    assert leave(archive, way, JUN.source_id) == 3

    assert words(archive, room) == ["> Cups."]
    assert archive.messages(hall) == []
    assert archive.record(ROOM, here).added == 0
    assert b"zzyzxian" not in bytes_of(path)
    assert archive.known(room).withheld == ({OPTED_OUT: 2} if way == "opt_out" else {})


def test_what_somebody_who_opted_out_wrote_is_not_kept_as_a_forward(archive: Archive) -> None:
    archive.opt_out("forum", JUN.source_id, NOON)
    forward = said(2, MIRA, "> The zzyzxian rent.", forward=Forward("1", JUN.source_id))
    recorded = archive.record(ROOM, [forward])
    assert (recorded.added, recorded.withheld) == (0, 1)


def test_that_a_source_has_notices_is_counted_once_and_no_more(archive: Archive) -> None:
    topic = archive.record(ROOM, [said(1, MIRA, "Hello.")], {"5": NOON, "6": None}).topic_id
    archive.record(ROOM, [], {"5": NOON})
    assert archive.known(topic).withheld == {"system": 2}
    assert archive.topic(topic).messages == 1
    archive.delete(topic, ["5"], NOON)
    assert archive.known(topic).withheld == {"system": 1}


def test_a_forward_and_its_names_come_back_as_they_were(archive: Archive) -> None:
    message = naming(1, MIRA, "Ask <@7>.")
    message = replace(message, forward=Forward("5", "6"))
    topic = archive.record(ROOM, [message]).topic_id
    assert archive.messages(topic) == [message]


def test_a_span_of_nothing_named_stays(archive: Archive) -> None:
    topic = archive.record(ROOM, [naming(1, MIRA, "<@7>")]).topic_id
    assert Span("1", 0, 6) == split(archive.messages(topic)[0])[0].span


@pytest.mark.parametrize("together", [True, False], ids=["at once", "one after the other"])
def test_nor_where_the_file_alone_says_whose_words_a_forward_has(
    archive: Archive, together: bool
) -> None:
    archive.opt_out("forum", TOMAS.source_id, NOON)
    theirs = said(1, TOMAS, "The quuxberry is mine.")
    forwarded = said(2, MIRA, "> The quuxberry is mine.", forward=Forward("1", None))
    for given in [[theirs, forwarded]] if together else [[theirs], [forwarded]]:
        topic = archive.record(ROOM, given).topic_id
    assert words(archive, topic) == []
    assert archive.search("quuxberry") == []


def test_messages_that_come_in_pieces_are_counted_once(archive: Archive) -> None:
    asked = said(1, TOMAS, "Shall we paint it?")
    forwarded = said(2, MIRA, "> Shall we paint it?", forward=Forward("1", None))
    more = [said(place, JUN, f"Blue {place}, please.") for place in range(3, 3000)]
    first = archive.record(ROOM, [asked, forwarded, *more])
    again = archive.record(ROOM, [asked, forwarded, *more])
    assert (first.added, first.updated, first.unchanged) == (2999, 0, 0)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 2999)
