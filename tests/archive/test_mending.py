"""A mended typing mistake leaves what was written of the words, and its citations follow them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.archive import Archive
from bot.core.errors import NotFound
from bot.core.model import Message
from bot.core.sentences import Span, split
from tests.archive.files import bytes_of, terms_of
from tests.archive.world import JUN, MIRA, NOON, ROOM, draft, drafts, said

ASKED = said(1, MIRA, "Shall we? It coosts a lot. I would.")
MENDED = replace(ASKED, content="Shall we?  It costs a lot!  I would.", edited_at=NOON)
BLUE = said(2, JUN, "Blue is calm.")
FIRST, SECOND, THIRD = (each.span for each in split(ASKED))


@pytest.fixture
def room(archive: Archive) -> int:
    return archive.record(ROOM, [ASKED, BLUE]).topic_id


def cites(*spans: Span) -> dict[str, Any]:
    return {"cites": [[each.message, each.start, each.end] for each in spans]}


def quoted(message: Message, cited: dict[str, Any]) -> list[str]:
    return [message.content[start:end] for id_, start, end in cited["cites"] if id_ == "1"]


def test_citations_at_any_depth_point_at_the_mended_sentences(archive: Archive, room: int) -> None:
    blue = Span("2", 0, 13)
    body = {
        "lead": [[{"text": "It is dear.", **cites(SECOND, blue)}]],
        "people": [{"author": "1", "stand": None, **cites(FIRST, THIRD)}],
    }
    kept = draft(archive, room, "1", "2", body=body, made_with={"calls": 1})

    assert archive.record(ROOM, [MENDED]).updated == 1

    now = archive.draft(kept)
    lead, people = now.body["lead"][0][0], now.body["people"][0]
    assert quoted(MENDED, lead) == ["It costs a lot!"]
    assert quoted(MENDED, people) == ["Shall we?", "I would."]
    assert lead["cites"][1] == ["2", 0, 13]
    assert (lead["text"], people["author"], people["stand"]) == ("It is dear.", "1", None)
    assert (now.made_with, now.rests_on) == ({"calls": 1}, {"1", "2"})


def test_they_follow_one_mended_mistake_after_another(archive: Archive, room: int) -> None:
    kept = draft(archive, room, "1", body=cites(THIRD))
    for content in ("Shal we? It costs a lot. I would.", "Shall we? It costs a lot. I would!"):
        last = replace(ASKED, content=content)
        archive.record(ROOM, [last])
    assert quoted(last, archive.draft(kept).body) == ["I would!"]


def test_a_draft_that_saw_another_message_change_goes_all_the_same(
    archive: Archive, room: int
) -> None:
    kept = draft(archive, room, "1")
    draft(archive, room, "1", "2")
    archive.record(ROOM, [MENDED, replace(BLUE, content="Green is calm.")])
    assert drafts(archive, room) == [kept]


def test_a_draft_goes_whose_citation_was_no_sentence(archive: Archive, room: int) -> None:
    draft(archive, room, "1", body=cites(Span("1", 3, 20)))
    kept = draft(archive, room, "1", body=cites(SECOND))
    archive.record(ROOM, [MENDED])
    assert drafts(archive, room) == [kept]


def test_the_mistake_leaves_no_byte(archive: Archive, path: Path, room: int) -> None:
    draft(archive, room, "1", body=cites(SECOND))
    assert b"coosts" in bytes_of(path)
    archive.record(ROOM, [MENDED])
    assert b"coosts" not in bytes_of(path)
    assert "coosts" not in terms_of(path)


def test_a_draft_from_before_is_not_kept_after(archive: Archive, room: int) -> None:
    archive.record(ROOM, [MENDED])
    with pytest.raises(NotFound, match="changed meanwhile"):
        draft(archive, room, "1", revisions={"1": ASKED.revision})


def test_contested_words_stay_contested(archive: Archive, room: int) -> None:
    archive.contest(room, MIRA.source_id, [THIRD], None, NOON)
    kept = draft(archive, room, "1", body=cites(SECOND))
    archive.record(ROOM, [MENDED])
    assert [each.quote for each in archive.contests()] == ["I would."]
    assert quoted(MENDED, archive.draft(kept).body) == ["It costs a lot!"]

    archive.record(ROOM, [replace(MENDED, content="Shall we? It costs a lot! I woudl.")])
    assert archive.contests() == []
    assert drafts(archive, room) == []
