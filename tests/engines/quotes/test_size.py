import time
import tracemalloc
from random import Random

from bot.core.discussion import Discussion
from bot.engines import Wanted
from tests.engines.quotes.thread import Post, brief, drafts, thread


def a_long_thread(messages: int) -> Discussion:
    chance = Random(11)
    letters = "abcdefghiklmnoprstu"
    words = ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(900)]

    def sentence() -> str:
        said = " ".join(chance.choices(words, k=chance.randint(4, 16))).capitalize()
        return said + chance.choice("..?")

    posts: list[Post] = [
        (f"P{chance.randrange(200)}", " ".join(sentence() for _ in range(chance.randint(1, 3))))
        for _ in range(messages)
    ]
    return thread(*posts, title="A long one")


def test_ten_thousand_messages_take_moments() -> None:
    discussion = a_long_thread(10_000)
    started = time.process_time()
    found = brief(discussion)
    assert time.process_time() - started < 6
    assert (len(found.people), len(found.open)) == (200, 4)
    started = time.process_time()
    assert len(drafts(discussion, Wanted(count=9))) == 9
    assert time.process_time() - started < 6


def test_a_brief_holds_little_at_once() -> None:
    discussion = a_long_thread(2_000)
    tracemalloc.start()
    brief(discussion)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60_000_000
