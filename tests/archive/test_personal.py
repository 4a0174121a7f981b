"""A person can have all that is kept about them, and nothing that is somebody else's."""

import json

from bot.archive import Archive, Visit
from bot.core.arrangement import Arrangement, Placement, Stance
from bot.core.model import Topic
from tests.archive.world import JUN, MIRA, NOON, OLE, ROOM, said, view

HALL = Topic("forum", "hall", "The great hall")
ASKED = said(1, MIRA, "Shall we paint the room?")
BLUE = said(2, JUN, "Blue, please.", reply_to="1", attachments=("blue.png",))
POSTED = said(4, JUN, "What would it cost?", drafted=True)


def test_who_left_nothing_has_an_empty_document(archive: Archive) -> None:
    archive.record(ROOM, [ASKED])
    expected = {"source": "forum", "author_id": "2", "opted_out": None, "topics": []}
    expected |= {"asked_of_models": []}
    assert archive.export("forum", JUN.source_id) == expected


def test_the_document_holds_all_of_theirs_and_is_json(archive: Archive) -> None:
    room = archive.record(ROOM, [ASKED, BLUE, said(3, OLE, "Not blue."), POSTED]).topic_id
    hall = archive.record(HALL, [said(1, MIRA, "Who has the key?")]).topic_id
    archive.record(Topic("discord", "1", "Elsewhere"), [BLUE])
    archive.keep_visit(hall, JUN.source_id, Visit("1", NOON))
    (note,) = archive.keep_reading(
        room,
        "llm",
        revisions={BLUE.source_id: BLUE.revision},
        complete=["2"],
        notes=[view(BLUE, "The room should be blue.")],
    )
    placed = {note.id: Placement(note.id, note.id, Stance.SUPPORTS)}
    archive.keep_arrangement(room, "llm", Arrangement(placed))
    for rests_on in (["1"], ["2", "3"]):
        archive.keep_draft(
            room,
            "headline",
            "llm",
            body={"text": "Nobody else's words."},
            rests_on=rests_on,
            made_with={},
            at=NOON,
        )

    document = archive.export("forum", JUN.source_id)

    assert json.loads(json.dumps(document)) == document
    first, second = document["topics"]
    blue, posted = first["messages"]
    assert (first["id"], first["title"], first["name"]) == (room, ROOM.title, "jun")
    assert (blue["content"], blue["reply_to"], blue["drafted"]) == ("Blue, please.", "1", False)
    assert blue["attachments"] == ["blue.png"]
    assert blue["posted_at"] == "2026-03-01T12:02:00.000000+00:00"
    assert blue["notes"] == [
        {
            "engine": "llm",
            "kind": "view",
            "words": "The room should be blue.",
            "stance": "supports",
            "quotes": ["Blue, please."],
        }
    ]
    assert (posted["content"], posted["drafted"], posted["notes"]) == (POSTED.content, True, [])
    assert [each["kind"] for each in first["drafts"]] == ["headline"]
    assert (second["id"], second["messages"]) == (hall, [])
    assert second["last_visit"] == {"message_id": "1", "at": "2026-03-01T12:00:00.000000+00:00"}
    others = ("Not blue", "Nobody else", "mira", "ole", "key")
    assert not any(word in json.dumps(document) for word in others)


def test_after_opting_out_only_that_is_left(archive: Archive) -> None:
    archive.record(ROOM, [ASKED, BLUE])
    archive.opt_out("forum", JUN.source_id, NOON)
    document = archive.export("forum", JUN.source_id)
    assert document["opted_out"] == "2026-03-01T12:00:00.000000+00:00"
    assert document["topics"] == []
