"""What is found as a reader of a script would expect, and what stays hidden."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.archive import Archive
from bot.archive.migrations import steps
from bot.core.model import Topic
from tests.archive.files import bytes_of, terms_of
from tests.archive.world import JUN, MIRA, NOON, OLE, ROOM, said

OPENING_HOURS = [
    said(1, MIRA, "延長 に賛成です。仕事帰りに使えるからです。"),
    said(2, JUN, "夜の延長は当番が埋まらないので反対です。"),
    said(3, OLE, "延長するなら週二日がいいと思います。NASのdata保存も必要です。"),
    said(4, MIRA, "冷暖房の費用を考えると、夜間延長よりも朝を早めるべきです。"),
]


def _found(archive: Archive, words: str) -> set[str]:
    return {hit.message_id for hit in archive.search(words)}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("延長", {"1", "2", "3", "4"}),
        ("夜間延長", {"4"}),
        ("費用", {"4"}),
        ("費用 夜間", {"4"}),
        ("費用 当番", {"2", "4"}),
        ("夜", {"2", "4"}),
        ("す", {"1", "2", "3", "4"}),
        ("nas", {"3"}),
        ("ＮＡＳ", {"3"}),
        ("NASのdata", {"3"}),
        ("data保存", {"3"}),
        ("長延", set()),
    ],
)
def test_words_of_two_letters_are_found_where_nothing_sets_them_apart(
    archive: Archive, words: str, found: set[str]
) -> None:
    archive.record(ROOM, OPENING_HOURS)
    assert _found(archive, words) == found


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Die Straße ist gesperrt.", "STRASSE strasse Straße straß"),
        ("Die STRASSE ist gesperrt.", "straße"),
        ("Über die Tür müssen wir reden.", "uber ueber über UEBER Tuer mussen muessen"),
        ("Wir muessen ueber die Tuer reden.", "müssen über Tür"),
        ("Smørrebrød på Ærø", "smorrebrod smoerrebroed ærø aero pa"),
        ("İstanbul'da ılık bir gün", "istanbul ISTANBUL İSTANBUL ILIK ılık ilik gun GÜN"),
        ("Les élèves naïfs, où vont-ils ?", "eleves élèves ÉLÈVES naif ou"),
        ("Les e\u0301le\u0300ves", "élèves eleves"),
        ("Łódź i Gdańsk", "lodz gdansk ŁÓDŹ"),
        ("Phở ở Việt Nam", "pho viet PHỞ"),
        ("ﬁne ﬂowers, №５ and ＡＢＣ", "fine flowers abc 5 ABC"),
        ("Ёлка стоит в углу. Мой дом.", "елка ЁЛКА ёлка мой углу"),
        ("Η ΟΔΌΣ είναι ανοιχτή", "οδος οδός ΟΔΟΣ ειναι"),
        ("شَمْسٌ في الكِتَاب", "شمس شَمْس كتاب الكتاب"),
        ("كتاب أحمد على الطاولـــة", "الكتاب احمد علي طاولة الطاولة"),
        ("این کتاب‌ها را می‌خوانم", "کتاب كتاب میخوانم می‌خوانم"),
        ("שָׁלוֹם לכולם בבית", "שלום שָׁלוֹם בית"),
        ("ฉันชอบภาษาไทยมาก", "ภาษาไทย ภาษา ชอบ ไทย ก"),
        ("ខ្ញុំចូលចិត្តភាសា", "ភាសា ចូល"),
        ("मुझे हिन्दी पसंद है।", "हिन्दी हिन् पसंद"),
        ("월간회의실을 예약했다", "회의실 회의 예약 월"),
        ("한국어", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
        ("ﾃﾞｰﾀを保存", "データ データを 保存 テ\u3099ータ"),
        ("我们今天讨论房间的颜色。", "颜色 房间 我 色 讨论房间"),
        ("Party 👍🏽 🎉 um 8", "👍 🎉 👍🏿"),
        ("٣٤ كتابا", "34 ٣٤"),
        ("Das kostet 12,50 € im Monat.", "12,50 € monat"),
        ("O'Reilly’s C++ book, foo_bar", "o'reilly O’Reilly reilly's foo_bar c++"),
    ],
)
def test_each_is_found(archive: Archive, written: str, asked: str) -> None:
    archive.record(ROOM, [said(1, MIRA, written), said(2, JUN, "Something else.")])
    for words in asked.split():
        (hit,) = archive.search(words)
        assert (hit.message_id, hit.snippet) == ("1", written), words


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Ein Haus am See", "Hase"),
        ("Мои дома", "мой"),
        ("が", "か"),
        ("延 長", "延長"),
        ("延。長", "延長"),
        ("poet", "pot"),
        ("Müller", "Miller"),
    ],
)
def test_what_is_another_word_is_not_found(archive: Archive, written: str, asked: str) -> None:
    archive.record(ROOM, [said(1, MIRA, written)])
    assert archive.search(asked) == []


def test_the_message_that_says_it_most_comes_first_in_any_script(archive: Archive) -> None:
    archive.record(
        ROOM,
        [
            said(1, MIRA, "費用のことはともかく、今日はとても天気がいいので散歩に行きましょう。"),
            said(2, JUN, "費用、費用、費用。"),
        ],
    )
    assert [hit.message_id for hit in archive.search("費用")] == ["2", "1"]


def test_a_snippet_begins_near_the_word_where_nothing_sets_words_apart(archive: Archive) -> None:
    archive.record(ROOM, [said(1, MIRA, "今日はいい天気です。" * 60 + "ﾃﾞｰﾀが必要です。" * 3)])
    (hit,) = archive.search("データ")
    assert "ﾃﾞｰﾀが必要" in hit.snippet
    assert len(hit.snippet) <= 240


# Hidden words


@pytest.mark.parametrize("words", ["murderer", "butler", "but", "butler murderer", "執事"])
def test_hidden_words_are_not_found(archive: Archive, path: Path, words: str) -> None:
    hidden = "The end: ||the butler is the\n\nmurderer|| and 犯人は||執事です||。"
    archive.record(ROOM, [said(1, MIRA, hidden)])
    assert archive.search(words) == []
    assert not {"butler", "murderer", "執事"} & terms_of(path)


def test_hidden_words_stay_hidden_in_a_snippet(archive: Archive) -> None:
    archive.record(ROOM, [said(1, MIRA, "In the end ||the butler|| did it, ||with a rope|| too.")])
    (hit,) = archive.search("end")
    assert hit.snippet == "In the end ||…|| did it, ||…|| too."


def test_bars_in_code_hide_nothing(archive: Archive) -> None:
    archive.record(
        ROOM, [said(1, MIRA, "Write `a || broom` or\n```\nx || shovel || y\n```\nand || so.")]
    )
    assert _found(archive, "broom") == _found(archive, "shovel") == {"1"}


# Topics


def test_only_the_topics_asked_for_are_looked_through_whatever_others_hold(
    archive: Archive,
) -> None:
    room = archive.record(ROOM, [said(1, MIRA, "The rent went up, and nobody likes it.")]).topic_id
    hall = Topic("forum", "hall", "Hall")
    archive.record(hall, [said(n, OLE, "rent, rent") for n in range(300)])
    (hit,) = archive.search("rent", topics=[room], limit=10)
    assert hit.topic_id == room
    assert archive.search("rent", topics=[]) == []


# Upkeep


def test_words_that_another_program_writes_or_takes_out_are_followed(
    archive: Archive, path: Path
) -> None:
    topic = archive.record(ROOM, [said(1, MIRA, "Paint it."), said(2, JUN, "Leave it.")]).topic_id
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE messages SET content = 'Wash it.' WHERE source_id = '1'")
        other.execute("DELETE FROM messages WHERE source_id = '2'")
    assert _found(archive, "paint") == _found(archive, "leave") == set()
    archive.delete(topic, ["none"], NOON)
    assert _found(archive, "wash") == {"1"}
    assert archive.check() == []


def test_a_database_of_an_older_moot_is_indexed_anew(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        steps.apply(Database(db), stop_before="015_any_script")
        db.executescript(
            """INSERT INTO topics (source, source_id, title, closed) VALUES ('f', '1', 'A', 0);
            INSERT INTO authors VALUES (1, 1, '1', 'mira', 0);
            INSERT INTO messages VALUES (1, 1, '1', 1, '夜の延長は ||qwxyz||', 'r', NULL, NULL,
                NULL, '[]', NULL, 0, NULL, NULL, NULL)"""
        )
    with Archive.open(path) as archive:
        assert _found(archive, "延長") == {"1"}
        assert "qwxyz" not in terms_of(path)
        assert bytes_of(path).count(b"qwxyz") == 1, "in the message alone"
        assert archive.check() == []
