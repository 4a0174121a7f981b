"""A topic of a Discourse forum is one, whatever it is called, and whichever page comes in."""

import json
from pathlib import Path
from typing import Any

from tests.cli.conftest import Moot


def page(path: Path, slug: str, title: str | None, *numbers: int, day: int = 1) -> Path:
    posts: list[dict[str, Any]] = [
        {
            "id": 9000 + number,
            "username": f"user{number % 3}",
            "created_at": f"2026-03-{day:02}T10:{number:02}:00Z",
            "post_number": number,
            "post_type": 1,
            "topic_id": 55,
            "topic_slug": slug,
            "raw": f"I think that reason {number} holds.",
        }
        for number in numbers
    ]
    whole: dict[str, Any] = {"id": 55, "post_stream": {"posts": posts}}
    path.write_text(json.dumps(whole | ({"title": title, "slug": slug} if title else {})))
    return path


def titles(moot: Moot) -> list[tuple[str, int]]:
    topics = moot("topics", "--json").document["topics"]
    return [(each["title"], each["messages"]) for each in topics]


def test_a_renamed_topic_is_the_same_under_its_new_title(moot: Moot, tmp_path: Path) -> None:
    moot("import", page(tmp_path / "a", "close-on-mondays", "Close on Mondays?", 1, 2, 3))
    again = moot(
        "import", page(tmp_path / "b", "closing-days", "Closing days", 1, 2, 3, 4), "--json"
    )
    (file,) = again.document["files"]
    assert (file["added"], file["unchanged"]) == (1, 3)
    assert titles(moot) == [("Closing days", 4)]


def test_another_forums_topic_of_that_number_stays_another(moot: Moot, tmp_path: Path) -> None:
    moot("import", page(tmp_path / "a", "close-on-mondays", "Close on Mondays?", 1, 2))
    moot("import", page(tmp_path / "b", "hats", "Hats", 1, 2, day=9))
    assert sorted(titles(moot)) == [("Close on Mondays?", 2), ("Hats", 2)]


def test_a_later_page_keeps_the_title(moot: Moot, tmp_path: Path) -> None:
    first = page(tmp_path / "a", "topic", "休館日を月曜にするべきか", 1, 2)
    second = page(tmp_path / "b", "topic", None, 3, 4)
    moot("import", first)
    document = moot("import", second, "--json").document
    assert document["files"][0]["topics"][0]["title"] == "休館日を月曜にするべきか"
    assert titles(moot) == [("休館日を月曜にするべきか", 4)]


def test_a_title_takes_the_place_of_a_guess(moot: Moot, tmp_path: Path) -> None:
    moot("import", page(tmp_path / "b", "closing-days", None, 3, 4))
    assert titles(moot) == [("Closing days", 2)]
    moot("import", page(tmp_path / "a", "closing-days", "Closing days?!", 1, 2))
    assert titles(moot) == [("Closing days?!", 4)]


def test_two_forums_may_have_one_number_and_one_slug(moot: Moot, tmp_path: Path) -> None:
    """Discourse makes the same slug of every title in Japanese."""
    one = page(tmp_path / "a", "topic", "休館日", 1, 2)
    other = page(tmp_path / "b", "topic", "開館時間", 1, 2, day=9)
    moot("import", one, other)
    again = moot("import", other, one, "--json").document["files"]
    assert [each["unchanged"] for each in again] == [2, 2]
    assert sorted(titles(moot)) == [("休館日", 2), ("開館時間", 2)]
    moot("import", page(tmp_path / "b", "opening", "Opening hours", 1, 2, 3, day=9))
    assert sorted(titles(moot)) == [("Opening hours", 3), ("休館日", 2)]
