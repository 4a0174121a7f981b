"""Somebody misspells a title or a name, and is told what is nearest."""

from pathlib import Path

import pytest

from tests.cli.conftest import Moot
from tests.cli.test_main_job import HATS
from tests.cli.topics import export


@pytest.fixture
def topics(moot: Moot, tmp_path: Path) -> Moot:
    for place, title in enumerate(
        ("Straw hats and felt coats", "会議室の予約について", "Shoes?"), 1
    ):
        moot("import", export(tmp_path / f"{place}.json", HATS, title, place))
    return moot


@pytest.mark.parametrize(
    "command",
    [
        ("summary",),
        ("show",),
        ("suggest",),
        ("ask", "Who?"),
        ("prompts", "render", "brief"),
    ],
)
def test_every_command_answers_a_misspelt_title_with_the_nearest(
    topics: Moot, command: tuple[str, ...]
) -> None:
    first, *rest = command if command[0] != "prompts" else ("prompts render brief",)
    for typed, meant in (
        ("Strawe hts", '1 "Straw hats and felt coats"'),
        ("会議室の予紡", '2 "会議室の予約について"'),
        ("shoos", '3 "Shoes?"'),
    ):
        sentence = topics(*first.split(), typed, *rest).sentence
        assert sentence == f'There is no topic "{typed}"; did you mean {meant}?'


def test_what_is_near_nothing_is_answered_with_where_titles_stand(topics: Moot) -> None:
    for typed in ("gloves", "", "99", "x" * 100_000, "a\nb\x1b[31m", "-1", "9" * 50):
        sentence = topics("summary", "--", typed).sentence
        assert sentence.endswith("; `moot topics` lists those that there are.")
        assert len(sentence) < 250


def test_titles_that_are_equally_near_are_all_offered(moot: Moot, tmp_path: Path) -> None:
    for place in range(1, 9):
        moot("import", export(tmp_path / f"{place}.json", HATS, "Hats", place))
    sentence = moot("summary", "hets").sentence
    assert 'did you mean 8 "Hats" or 7 "Hats" or 6 "Hats"?' in sentence


def test_a_misspelt_name_is_answered_with_the_nearest(topics: Moot) -> None:
    for command in (("summary", 1, "--hours", 1), ("suggest", 1)):
        sentence = topics(*command, "--as", "anna").sentence
        assert sentence == 'Nobody called "anna" has written in topic 1; did you mean ana?'
        sentence = topics(*command, "--as", "zed").sentence
        assert sentence.endswith("`moot show 1` has the names.")
