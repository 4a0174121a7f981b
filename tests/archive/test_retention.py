"""What is older than a server keeps goes for good, and the receipt says that it was there."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.archive import Archive, GuildSettings, Visit
from bot.core.model import Topic
from bot.core.receipt import TOO_OLD
from tests.archive.files import bytes_of, terms_of
from tests.archive.world import JUN, MIRA, NOON, OLE, draft, drafts, said

TEA = Topic("discord", "100", "Tea", "https://discord.com/channels/1/100")
OTHERS = Topic("discord", "200", "Coffee", "https://discord.com/channels/11/200")
DAY = timedelta(days=1)
ASKED = said(1, MIRA, "Is zzyzxian tea better?", posted_at=NOON)
OLD = said(2, JUN, "The xylophone says so.", posted_at=NOON + DAY, reply_to="1")
NEW = said(3, OLE, "It is, for those who wait.", posted_at=NOON + 5 * DAY, reply_to="2")
THREAD = [ASKED, OLD, NEW]
NOW = NOON + 6 * DAY


@pytest.fixture
def tea(archive: Archive) -> int:
    archive.keep_settings("1", GuildSettings(keep_days=3))
    return archive.record(TEA, THREAD).topic_id


def test_what_is_too_old_goes_and_is_counted(archive: Archive, tea: int, path: Path) -> None:
    assert b"zzyzxian" in bytes_of(path)
    before = archive.topic(tea).version

    assert archive.sweep(NOW) == 2

    assert archive.messages(tea) == [NEW]
    assert archive.known(tea).withheld == {TOO_OLD: 2}
    assert archive.topic(tea).version > before
    assert not {"zzyzxian", "xylophone"} & terms_of(path)
    assert b"zzyzxian" not in bytes_of(path)
    assert archive.sweep(NOW) == 0


def test_what_rests_on_it_goes_too(archive: Archive, tea: int) -> None:
    draft(archive, tea, "2", "3")
    kept = draft(archive, tea, "3")
    archive.keep_visit(tea, MIRA.source_id, Visit("2", NOON + DAY))
    archive.keep_visit(tea, OLE.source_id, Visit("3", NOON + 5 * DAY))

    archive.sweep(NOW)

    assert drafts(archive, tea) == [kept]
    assert archive.visit(tea, MIRA.source_id) is None
    assert archive.visit(tea, OLE.source_id) is not None


def test_no_copy_brings_it_back(archive: Archive, tea: int) -> None:
    archive.sweep(NOW)
    edited = replace(OLD, content="The xylophone said so.", edited_at=NOW)
    archive.record(TEA, [ASKED, edited, NEW])
    assert archive.messages(tea) == [NEW]


def test_a_day_later_another_has_become_too_old_and_the_topic_empty(
    archive: Archive, tea: int, path: Path
) -> None:
    archive.sweep(NOW)
    assert archive.sweep(NOON + 8 * DAY + timedelta(minutes=1)) == 1
    assert archive.topics() == []
    assert b"Tea" not in bytes_of(path)


def test_a_topic_stays_that_says_what_was_deleted_lately(archive: Archive, tea: int) -> None:
    """A page of history that was fetched before the deletion may still be on its way."""
    archive.delete(tea, ["3"], NOW)
    archive.sweep(NOW)
    assert archive.topic(tea).messages == 0
    archive.record(TEA, [NEW])
    assert archive.messages(tea) == []
    archive.sweep(NOW + 4 * DAY)
    assert archive.topics() == []


@pytest.mark.parametrize("days", [None, 30])
def test_nothing_goes_where_the_host_has_not_chosen_so(
    archive: Archive, tea: int, days: int | None
) -> None:
    archive.keep_settings("1", GuildSettings(keep_days=days))
    assert archive.sweep(NOW) == 0
    assert archive.messages(tea) == THREAD


def test_one_server_does_not_choose_for_another(archive: Archive, tea: int) -> None:
    other = archive.record(OTHERS, THREAD).topic_id
    elsewhere = archive.record(replace(TEA, source="forum"), THREAD).topic_id
    archive.sweep(NOW)
    assert archive.messages(other) == archive.messages(elsewhere) == THREAD


def test_a_host_of_the_database_chooses_for_all(archive: Archive, tea: int) -> None:
    other = archive.record(OTHERS, [replace(each, posted_at=None) for each in THREAD]).topic_id
    assert archive.count_before(NOON + 2 * DAY) == archive.count_before(NOON + 2 * DAY, "1") == 2
    assert archive.expire(NOON + 2 * DAY, NOW) == 2
    assert archive.messages(tea) == [NEW]
    assert len(archive.messages(other)) == 3, "without a time nothing has an age"


def test_a_server_is_forgotten_with_topics_settings_and_visits(
    archive: Archive, tea: int, path: Path
) -> None:
    other = archive.record(OTHERS, [NEW]).topic_id
    archive.keep_settings("11", GuildSettings(frozenset({"5"})))
    archive.keep_visit(tea, "4711-qqxyz", Visit("2", NOON))
    assert archive.guilds() == ["1", "11"]
    assert (archive.count_topics("1"), archive.count_topics("2")) == (1, 0)

    assert archive.forget_guild("1") == 1

    assert [each.id for each in archive.topics()] == [other]
    assert archive.guilds() == ["11"]
    assert archive.settings("1") == GuildSettings()
    assert not any(word in bytes_of(path) for word in (b"zzyzxian", b"4711-qqxyz", b"Tea"))
