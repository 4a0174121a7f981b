"""A card is to be taken back once a message behind it changes or goes, and not before."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.archive import Archive, Basis, Card
from bot.core.sentences import Span
from tests.archive.world import JUN, MIRA, NOON, OLE, ROOM, said

THREAD = [
    said(1, MIRA, "Shall we paint the room? I like blue."),
    said(2, JUN, "Green."),
    said(3, OLE, "I have no opinion."),
]
LOBBY = Card("lobby", "100")
OTHER = Card("lobby", "200")
gone = pytest.mark.parametrize("way", ["delete", "edit", "contest", "erase", "opt_out"])


@pytest.fixture
def topic(archive: Archive) -> int:
    return archive.record(ROOM, THREAD).topic_id


def show(archive: Archive, topic: int, card: Card, *quotes: tuple[str, str]) -> None:
    archive.keep_card(card, {Basis(topic, id_, words) for id_, words in quotes}, NOON)


def to_take_back(archive: Archive) -> list[Card]:
    return list(archive.withdrawn_cards().values())


def to_renew(archive: Archive) -> list[Card]:
    return list(archive.cards_to_renew().values())


def take_back(archive: Archive) -> None:
    archive.cards_taken_back(archive.withdrawn_cards())


def forget(archive: Archive, topic: int, way: str) -> None:
    """The second message's words go, one way or other."""
    match way:
        case "delete":
            archive.delete(topic, ["2"], NOON)
        case "edit":
            archive.record(ROOM, [replace(THREAD[1], content="Red.")])
        case "contest":
            archive.contest(topic, JUN.source_id, [Span("2", 0, 6)], None, NOON)
        case _:
            getattr(archive, way)(ROOM.source, JUN.source_id, NOON)


@gone
def test_it_goes_with_the_words_that_it_rests_on(archive: Archive, topic: int, way: str) -> None:
    hall = archive.record(replace(ROOM, source_id="hall"), THREAD[:1]).topic_id
    show(archive, topic, LOBBY, ("1", "I like blue."), ("2", "Green."))
    show(archive, hall, OTHER, ("1", "Shall we paint the room?"))
    assert to_take_back(archive) == []
    forget(archive, topic, way)
    assert to_take_back(archive) == [LOBBY]


def test_it_stays_where_a_typing_mistake_is_mended(archive: Archive, topic: int) -> None:
    show(archive, topic, LOBBY, ("3", "I have no opinion."))
    archive.record(ROOM, [replace(THREAD[2], content="I have no opinoin.")])
    assert to_take_back(archive) == []
    archive.record(ROOM, [replace(THREAD[2], content="I have an opinion.")])
    assert to_take_back(archive) == [LOBBY]


@gone
def test_a_topics_card_is_taken_back_and_then_renewed(
    archive: Archive, topic: int, way: str
) -> None:
    card = replace(LOBBY, topic_id=topic)
    show(archive, topic, card, ("1", "I like blue."), ("2", "Green."))
    show(archive, topic, OTHER, ("2", "Green."))
    forget(archive, topic, way)
    assert (to_take_back(archive), to_renew(archive)) == ([card, OTHER], [])

    take_back(archive)
    assert (to_take_back(archive), to_renew(archive)) == ([], [card])
    archive.erase(ROOM.source, OLE.source_id, NOON)
    archive.record(ROOM, [replace(THREAD[0], content="Never mind.")])
    assert (to_take_back(archive), to_renew(archive)) == ([], [card])

    show(archive, topic, card, ("1", "Never mind."))
    assert (to_take_back(archive), to_renew(archive)) == ([], [])
    archive.delete(topic, ["1"], NOON)
    assert to_take_back(archive) == [card]


def test_a_card_that_can_not_be_renewed_is_forgotten(archive: Archive, topic: int) -> None:
    show(archive, topic, replace(LOBBY, topic_id=topic), ("2", "Green."))
    archive.delete(topic, ["2"], NOON)
    take_back(archive)
    archive.forget_cards(archive.cards_to_renew())
    assert to_renew(archive) == to_take_back(archive) == []


@pytest.mark.parametrize("when", ["shown", "withdrawn", "taken back"])
def test_no_card_of_a_topic_that_is_gone_is_renewed(
    archive: Archive, topic: int, when: str
) -> None:
    show(archive, topic, replace(LOBBY, topic_id=topic), ("2", "Green."))
    if when != "shown":
        archive.delete(topic, ["2"], NOON)
    if when == "taken back":
        take_back(archive)
    archive.delete_topic(topic)
    assert (to_take_back(archive), to_renew(archive)) == ([LOBBY], [])
    take_back(archive)
    assert to_take_back(archive) == to_renew(archive) == []


def test_it_is_to_be_taken_back_until_somebody_says_that_it_was(
    archive: Archive, topic: int, path: Path
) -> None:
    show(archive, topic, LOBBY, ("2", "Green."))
    archive.delete(topic, ["2"], NOON)
    with Archive.open(path) as another:
        ((id_, card),) = another.withdrawn_cards().items()
        another.forget_cards([id_])
    assert card == LOBBY
    assert to_take_back(archive) == []


def test_a_topic_that_goes_leaves_its_cards_to_be_taken_back(archive: Archive, topic: int) -> None:
    hall = archive.record(replace(ROOM, source_id="hall"), THREAD).topic_id
    show(archive, topic, LOBBY, ("2", "Green."))
    show(archive, hall, OTHER, ("2", "Green."))
    archive.delete_topic(topic)
    assert to_take_back(archive) == [LOBBY]


@pytest.mark.parametrize("end", [Archive.erase, Archive.opt_out])
def test_who_goes_is_named_on_no_card_either(archive: Archive, topic: int, end) -> None:
    show(archive, topic, LOBBY, ("1", "I like blue."))
    end(archive, ROOM.source, OLE.source_id, NOON)
    assert to_take_back(archive) == [LOBBY]


def test_a_server_that_a_host_erases_leaves_its_cards_to_be_taken_back(archive: Archive) -> None:
    here = replace(ROOM, source="discord", url="https://discord.com/channels/7/1")
    topic = archive.record(here, THREAD).topic_id
    show(archive, topic, LOBBY, ("1", "I like blue."))
    archive.forget_guild("7")
    assert to_take_back(archive) == [LOBBY]


def test_words_that_changed_before_the_card_was_kept(archive: Archive, topic: int) -> None:
    archive.record(ROOM, [replace(THREAD[0], content="Shall we paint the room? Never mind.")])
    archive.delete(topic, ["2"], NOON)
    show(archive, topic, LOBBY, ("1", "Shall we paint the room?"))
    assert to_take_back(archive) == []
    show(archive, topic, LOBBY, ("1", "I like blue."))
    show(archive, topic, OTHER, ("2", ""))
    assert to_take_back(archive) == [LOBBY, OTHER]


def test_a_message_that_has_become_another_card_is_not_taken_back_for_the_old_one(
    archive: Archive, topic: int
) -> None:
    show(archive, topic, LOBBY, ("2", "Green."))
    archive.delete(topic, ["2"], NOON)
    taken_back = archive.withdrawn_cards()
    show(archive, topic, LOBBY, ("1", "I like blue."))
    assert to_take_back(archive) == []
    archive.forget_cards(taken_back)
    archive.delete(topic, ["1"], NOON)
    assert to_take_back(archive) == [LOBBY]
    show(archive, topic, LOBBY)
    assert to_take_back(archive) == []


def test_what_nobody_can_change_any_more_is_forgotten(archive: Archive, topic: int) -> None:
    show(archive, topic, replace(LOBBY, until=NOON + timedelta(minutes=15)), ("2", "Green."))
    archive.keep_card(OTHER, {Basis(topic, "2")}, NOON + timedelta(minutes=16))
    archive.delete(topic, ["2"], NOON)
    assert to_take_back(archive) == [OTHER]
