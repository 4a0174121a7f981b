"""A topic's language is settled once, so that sentences stay where they are."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.archive import Archive
from bot.archive.migrations import steps
from bot.core.discussion import Discussion
from bot.core.errors import NotFound
from bot.core.model import Message
from tests.archive.world import JUN, MIRA, NOON, OLE, ROOM, draft, drafts, said

GERMAN = (
    "Ich finde, dass wir die Halle im Sommer streichen sollten, weil sie dann leer steht und weil "
    "die Farbe bei Wärme viel schneller trocknet als im Winter, wenn ohnehin niemand Zeit hat. "
    "Außerdem haben die Nachbarn angeboten, uns mit Leitern und mit Kaffee zu helfen, und das "
    "sollten wir nicht ausschlagen, bevor sie es sich anders überlegen."
)
ENGLISH = (
    "I think that we should paint the hall in summer, because it is empty then and because the "
    "paint dries so much faster when it is warm than in winter, when nobody has any time anyway. "
    "Besides, the neighbours have offered to help us with ladders and with coffee, and we should "
    "not turn that down before they change their minds about it."
)
SHORT = said(2, JUN, "Der 3. Stock.")


def sentences(archive: Archive, topic: int, message: str) -> list[str]:
    known = archive.known(topic)
    return [each.text for each in Discussion(ROOM, known.messages).sentences(message)]


def test_a_short_message_goes_by_the_topic(archive: Archive) -> None:
    topic = archive.record(ROOM, [said(1, MIRA, GERMAN), SHORT]).topic_id
    assert sentences(archive, topic, "2") == ["Der 3. Stock."]


def test_what_comes_later_changes_no_sentence(archive: Archive) -> None:
    topic = archive.record(ROOM, [said(1, MIRA, GERMAN), SHORT]).topic_id
    before = archive.known(topic).messages
    kept = draft(archive, topic, "1", "2")
    archive.record(ROOM, [said(n, OLE, ENGLISH) for n in range(3, 30)])
    assert sentences(archive, topic, "2") == ["Der 3. Stock."]
    assert [each.topic_language for each in archive.known(topic).messages[:2]] == ["de", "de"]
    assert archive.known(topic).messages[:2] == before
    assert drafts(archive, topic) == [kept]


def test_an_edit_or_a_deletion_of_the_first_message_changes_no_other(archive: Archive) -> None:
    topic = archive.record(ROOM, [said(1, MIRA, GERMAN), SHORT]).topic_id
    archive.record(ROOM, [said(1, MIRA, ENGLISH, edited_at=NOON)])
    assert sentences(archive, topic, "2") == ["Der 3. Stock."]
    archive.delete(topic, ["1"], NOON)
    assert sentences(archive, topic, "2") == ["Der 3. Stock."]


def test_what_was_written_before_the_language_was_known_goes(archive: Archive) -> None:
    topic = archive.record(ROOM, [SHORT]).topic_id
    assert sentences(archive, topic, "2") == ["Der 3.", "Stock."]
    kept = draft(archive, topic, "2")
    before = archive.version(topic)
    archive.record(ROOM, [said(3, MIRA, GERMAN)])
    assert sentences(archive, topic, "2") == ["Der 3. Stock."]
    assert drafts(archive, topic) == []
    assert archive.version(topic) > before
    with pytest.raises(NotFound):
        archive.draft(kept)


def test_in_the_usual_language_it_stays(archive: Archive) -> None:
    topic = archive.record(ROOM, [said(2, JUN, "The 2nd try.")]).topic_id
    kept = draft(archive, topic, "2")
    archive.record(ROOM, [said(3, MIRA, ENGLISH)])
    assert drafts(archive, topic) == [kept]


def test_contested_words_are_found_again_by_the_language_of_the_topic(archive: Archive) -> None:
    topic = archive.record(ROOM, [said(1, MIRA, GERMAN), SHORT]).topic_id
    (sentence,) = Discussion(ROOM, archive.known(topic).messages).sentences("2")
    archive.contest(topic, JUN.source_id, [sentence.span], None, NOON)
    archive.record(ROOM, [said(2, JUN, "Nun denn.\n\nDer 3. Stock.", edited_at=NOON)])
    assert [each.quote for each in archive.contests()] == ["Der 3. Stock."]


def test_messages_are_the_same_whatever_their_topic_is_written_in(archive: Archive) -> None:
    message = Message("9", OLE, "Ja.")
    archive.record(ROOM, [said(1, MIRA, GERMAN), message])
    assert message in archive.messages(archive.topics()[0].id)


def test_a_database_of_an_older_moot_has_its_languages_at_once(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        steps.apply(Database(db), stop_before="015_any_script")
        db.execute(
            "INSERT INTO topics (source, source_id, title, closed) VALUES ('f', '1', 'A', 0)"
        )
        db.execute("INSERT INTO authors VALUES (1, 1, '1', 'mira', 0)")
        db.execute(
            """INSERT INTO messages (topic_id, source_id, author_id, content, revision, attachments,
                drafted) VALUES (1, '1', 1, ?, 'r', '[]', 0)""",
            (GERMAN,),
        )
        db.commit()
    with Archive.open(path) as archive:
        assert [each.topic_language for each in archive.known(1).messages] == ["de"]
