"""A merge of viewpoints holds as long as the two claims that said the same."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.archive import Archive
from bot.core.arrangement import Arrangement, Frame, Merge, Placement, Stance
from bot.core.model import Message
from bot.core.notes import KeptNote
from tests.archive.world import JUN, MIRA, NOON, OLE, ROOM, said, view

SUPPORTS = Stance.SUPPORTS
SEA, SKY, NAVY, INK = (
    said(1, MIRA, "Like the sea."),
    said(2, JUN, "Like the sky."),
    said(3, OLE, "Navy, that is."),
    said(4, OLE, "Ink is nice."),
)
THREAD = [SEA, SKY, NAVY, INK]


@pytest.fixture
def topic(archive: Archive) -> int:
    return archive.record(ROOM, THREAD).topic_id


@pytest.fixture
def notes(archive: Archive, topic: int) -> list[KeptNote]:
    """Sea founds a viewpoint; sky another, at which navy stands as well; ink a third."""
    sea, sky, navy, ink = kept = archive.keep_reading(
        topic,
        "llm",
        revisions={each.source_id: each.revision for each in THREAD},
        complete=[each.source_id for each in THREAD],
        notes=[view(each, "The room should be blue.") for each in THREAD],
    )
    homes = {sea.id: sea.id, sky.id: sky.id, navy.id: sky.id, ink.id: ink.id}
    placements = {note: Placement(note, home, SUPPORTS) for note, home in homes.items()}
    frames = {each: Frame(each) for each in (sea.id, sky.id, ink.id)}
    merges = {sky.id: Merge(sea.id, sky.id, (sea.id, sky.id))}
    archive.keep_arrangement(topic, "llm", Arrangement(placements, frames, merges))
    return kept


def _places(archive: Archive, topic: int) -> dict[int, int]:
    arrangement = archive.arrangement(topic, "llm")
    return {note: arrangement.now(p.viewpoint) for note, p in arrangement.placements.items()}


def test_a_merge_is_kept_over_a_restart(
    archive: Archive, path: Path, topic: int, notes: list[KeptNote]
) -> None:
    sea, sky, navy, ink = (each.id for each in notes)
    archive.close()
    with Archive.open(path) as again:
        assert _places(again, topic) == {sea: sea, sky: sea, navy: sea, ink: ink}


@pytest.mark.parametrize("way", ["delete", "edit"])
@pytest.mark.parametrize("goes", [SEA, SKY])
def test_with_either_claim_the_merge_goes_and_what_it_brought_is_placed_anew(
    archive: Archive, topic: int, notes: list[KeptNote], goes: Message, way: str
) -> None:
    sea, _, _, ink = (each.id for each in notes)
    if way == "delete":
        archive.delete(topic, [goes.source_id], NOON)
    else:
        archive.record(ROOM, [replace(goes, content="Never mind.")])
    left = archive.arrangement(topic, "llm")
    assert left.merges == {}
    assert left.placements.keys() == ({ink} if goes is SEA else {sea, ink})
    assert left.frames.keys() == left.placements.keys()


def test_another_message_that_goes_leaves_the_merge(
    archive: Archive, topic: int, notes: list[KeptNote]
) -> None:
    sea, sky, _, ink = (each.id for each in notes)
    archive.delete(topic, [NAVY.source_id], NOON)
    assert _places(archive, topic) == {sea: sea, sky: sea, ink: ink}


def test_what_was_taken_in_before_is_placed_anew_as_well(
    archive: Archive, topic: int, notes: list[KeptNote]
) -> None:
    _, sky, _, ink = (each.id for each in notes)
    known = archive.arrangement(topic, "llm")
    chained = {**known.merges, ink: Merge(sky, ink, (sky, ink))}
    archive.keep_arrangement(topic, "llm", replace(known, merges=chained))
    archive.delete(topic, [SEA.source_id], NOON)
    assert archive.arrangement(topic, "llm") == Arrangement()


def test_a_merge_whose_claim_went_while_it_was_made_is_not_kept(
    archive: Archive, topic: int, notes: list[KeptNote]
) -> None:
    sea, sky, _, ink = (each.id for each in notes)
    known = archive.arrangement(topic, "llm")
    decided = {**known.merges, ink: Merge(sea, ink, (sky, ink))}
    archive.delete(topic, [SKY.source_id], NOON)
    archive.keep_arrangement(topic, "llm", replace(known, merges=decided))
    left = archive.arrangement(topic, "llm")
    assert (left.merges, left.placements.keys()) == ({}, {sea})
