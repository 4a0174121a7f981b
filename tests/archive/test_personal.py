"""A person can have all that is kept about them, and nothing that is somebody else's."""

import json
from dataclasses import replace
from typing import Any

from bot.archive import Archive, Visit
from bot.core.model import Mention, Topic
from tests.archive.world import JUN, MIRA, NOON, OLE, ROOM, draft, said

HALL = Topic("forum", "hall", "The great hall")
ASKED = said(1, MIRA, "Shall we paint the room?")
BLUE = said(2, JUN, "Blue, please.", reply_to="1", attachments=("blue.png",))
POSTED = said(4, JUN, "What would it cost?", drafted=True)


def test_who_left_nothing_has_an_empty_document(archive: Archive) -> None:
    archive.record(ROOM, [ASKED])
    expected: dict[str, Any] = {
        "source": "forum",
        "author_id": "2",
        "opted_out": None,
        "topics": [],
    }
    expected |= {"asked_of_models": [], "mentioned_in": []}
    assert archive.export("forum", JUN.source_id) == expected


def test_the_document_holds_all_of_theirs_and_is_json(archive: Archive) -> None:
    room = archive.record(ROOM, [ASKED, BLUE, said(3, OLE, "Not blue."), POSTED]).topic_id
    hall = archive.record(HALL, [said(1, MIRA, "Who has the key?")]).topic_id
    archive.record(Topic("discord", "1", "Elsewhere"), [BLUE])
    archive.keep_visit(hall, JUN.source_id, Visit("1", NOON))
    draft(archive, room, "1", kind="suggestion")
    draft(archive, room, "2", "3", body={"text": "Nobody else's words."})

    document = archive.export("forum", JUN.source_id)

    assert json.loads(json.dumps(document)) == document
    first, second = document["topics"]
    blue, posted = first["messages"]
    assert (first["id"], first["title"], first["name"]) == (room, ROOM.title, "jun")
    assert (blue["content"], blue["reply_to"], blue["drafted"]) == ("Blue, please.", "1", False)
    assert blue["attachments"] == ["blue.png"]
    assert blue["posted_at"] == "2026-03-01T12:02:00.000000+00:00"
    assert (posted["content"], posted["drafted"]) == (POSTED.content, True)
    assert [each["kind"] for each in first["drafts"]] == ["brief"]
    assert (second["id"], second["messages"]) == (hall, [])
    assert second["last_visit"] == {"message_id": "1", "at": "2026-03-01T12:00:00.000000+00:00"}
    others = ("Not blue", "Nobody else", "mira", "ole", "key")
    assert not any(word in json.dumps(document) for word in others)


def test_a_topic_is_named_only_where_it_is_readable_or_public(archive: Archive) -> None:
    secret = replace(ROOM, private=True)
    room = archive.record(secret, [replace(BLUE, url="https://forum.example/room#2")]).topic_id
    (unnamed,) = archive.export("forum", JUN.source_id)["topics"]
    (named,) = archive.export("forum", JUN.source_id, {room})["topics"]
    naming = replace(BLUE, source_id="3", author=MIRA, mentions=(Mention(0, 4, JUN.source_id),))
    archive.record(secret, [replace(naming, url="https://forum.example/room#3")])
    (mention,) = archive.export("forum", JUN.source_id)["mentioned_in"]
    assert mention["url"] is None
    archive.record(replace(ROOM, private=False), [])
    (public,) = archive.export("forum", JUN.source_id)["topics"]
    (hidden,) = archive.export("forum", JUN.source_id, set())["topics"]

    assert unnamed == hidden
    assert (unnamed["title"], unnamed["url"], unnamed["messages"][0]["url"]) == (None,) * 3
    assert unnamed["messages"][0]["content"] == "Blue, please."
    assert named == public
    assert named["title"] == ROOM.title


def test_after_opting_out_only_that_is_left(archive: Archive) -> None:
    archive.record(ROOM, [ASKED, BLUE])
    archive.opt_out("forum", JUN.source_id, NOON)
    document = archive.export("forum", JUN.source_id)
    assert document["opted_out"] == "2026-03-01T12:00:00.000000+00:00"
    assert document["topics"] == []


def test_who_opened_a_topic_and_has_no_word_left_is_told_its_title(archive: Archive) -> None:
    room = archive.record(replace(ROOM, opened_by=JUN.source_id), [ASKED]).topic_id
    assert archive.frequented("forum", JUN.source_id) == {room}
