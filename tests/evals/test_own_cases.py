"""Small cases in TOML: a faulty one is named with its file, before anything is run."""

from pathlib import Path

import pytest

from bot.core.errors import ConfigError
from bot.evals.own_cases import own_cases
from bot.evals.sources import Sources

HATS = """
[[case]]
name = "hats"
title = "Hats?"
messages = [
    { author = "Ana", text = "Hats, please." },
    { author = "Ben", text = "No.", reply_to = 1 },
]
"""


def read(folder: Path, text: str, expecting: str | None = None) -> list:
    (folder / "own.toml").write_text(text)
    return list(own_cases(Sources(own=folder), expecting))


def test_a_case_is_a_thread_and_what_is_expected_of_it(tmp_path: Path) -> None:
    (case,) = read(tmp_path, HATS + 'expect.quoted = ["Ana"]')
    assert case.name == "own/hats"
    assert case.expected == {"quoted": ["Ana"]}
    assert [each.author.name for each in case.thread.messages] == ["Ana", "Ben"]
    assert case.thread.messages[1].reply_to == "1"
    assert read(tmp_path, HATS + 'expect.quoted = ["Ana"]', "sides") == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (HATS, "The case hats in own.toml has no expectation: add expect.quoted"),
        (HATS + "expect.quoted = []", "The case hats in own.toml has no expectation"),
        (HATS + 'expect.loved = ["Ana"]', "The case hats in own.toml is wrong at expect.loved"),
        (HATS + "expect.evidence = [1]", "add the question that it answers"),
        ('[[case]]\nname = "hats"\ntitle = "Hats?"\n', "wrong at messages"),
        ("case = 3", r"must be written as \[\[case\]\]"),
        ("[[case", "The cases in own.toml can't be read"),
    ],
)
def test_a_faulty_case_is_named(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        read(tmp_path, text)


def test_a_changed_case_is_another_case(tmp_path: Path) -> None:
    (before,) = read(tmp_path, HATS + 'expect.quoted = ["Ana"]')
    (again,) = read(tmp_path, HATS + 'expect.quoted = ["Ana"]')
    (words,) = read(tmp_path, HATS.replace("please", "no") + 'expect.quoted = ["Ana"]')
    (expected,) = read(tmp_path, HATS + 'expect.quoted = ["Ben"]')
    assert before.hash == again.hash
    assert len({before.hash, words.hash, expected.hash}) == 3


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cases under"):
        list(own_cases(Sources(own=tmp_path / "nowhere")))
