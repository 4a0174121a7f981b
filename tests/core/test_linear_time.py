"""Whatever somebody writes, twice as much of it takes twice the time, not four times."""

import gc
import time
from collections.abc import Callable

import pytest

from bot.core.discussion import Discussion
from bot.core.edits import mended
from bot.core.folding import folded
from bot.core.likeness import features
from bot.core.model import Author, Message, Topic
from bot.core.passages import nearest, passages
from bot.core.sentences import split
from bot.core.terms import indexed

UNITS = [
    *("`", "``a`", "``a", "```a\n", "~~~\n", "(", "[", "[a](", "![", "{", "<", "<a", "<@1"),
    *('"', "“", "„a“ ", "'", "«", "「a。", "」", "|", "||", "||a", "a ||\n", "*", "**a ", "_a "),
    *("~~a", "x", "a.", ". ", "?", "a? ", "!", "…", ":", ", ", " — ", "\n", "\r\n", "- a\n", "1. "),
    *("\u0301", "a\u0301", "👩\u200d", "\u200b", "你", "你好。", "ก", "ا", "ﬁ", "١", "ＡＢ", "\0"),
    *("https://", "www.", "a@a.", "@", "#", "> ", ">>> a\n", "\n> a", "word ", "word. ", "z. B. "),
    *("12. ", "i think ", "haha", "\ud800", "a\u2028", " ", "\t", "-", "&amp;", "a > ", "wrote: "),
]
"""One mark each that somebody may repeat for as long as a message can be."""
SHORT, LONG = 6_000, 24_000
CHRIS = Author("7", "Chris")


def shapes(unit: str, length: int) -> tuple[str, ...]:
    """The mark again and again: in the midst of words, and hidden."""
    run = (unit * length)[:length]
    return f"a {run} b. C.", f"||{run} and so it goes||"


def seconds(work: Callable[[str], object], text: str) -> float:
    """Of this thread alone, and without the collection of what other tests have left."""
    gc.disable()
    begun = time.thread_time()
    try:
        work(text)
        return time.thread_time() - begun
    finally:
        gc.enable()


def assert_linear(work: Callable[[str], object], unit: str) -> None:
    """Four times the text takes far less than sixteen times as long; short times tell nothing."""
    for short, long in zip(shapes(unit, SHORT), shapes(unit, LONG), strict=True):
        if seconds(work, long) > 0.3:
            taken = min(seconds(work, long) for _ in range(3))
            assert taken < 8 * max(seconds(work, short), 0.05), (unit, long[:20])


def posted(text: str) -> Message:
    return Message("m1", CHRIS, text)


def read(text: str) -> None:
    discussion = Discussion(Topic("forum", "1", "Tea"), [posted(text)])
    passages(discussion, f"tea {text[:50]}")
    nearest(discussion, text[:1000])


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(
    "work",
    [
        lambda text: split(posted(text)),
        folded,
        features,
        indexed,
        lambda text: mended(posted(text), posted(f"{text[:-1]}z")),
        read,
    ],
    ids=["sentences", "folding", "features", "index", "edits", "passages"],
)
def test_time_grows_with_the_length_of_a_text(work: Callable[[str], object], unit: str) -> None:
    assert_linear(work, unit)
