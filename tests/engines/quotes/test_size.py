import time
import tracemalloc
from random import Random

from bot.engines import Wanted
from tests.engines.quotes.thread import Post, Thread

MESSAGES = 2_000


def a_long_thread() -> Thread:
    chance = Random(11)
    letters = "abcdefghiklmnoprstu"
    words = ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(900)]

    def sentence() -> str:
        return " ".join(chance.choices(words, k=chance.randint(4, 30))).capitalize() + "."

    posts: list[Post] = [
        (f"P{chance.randrange(200)}", " ".join(sentence() for _ in range(chance.randint(1, 4))))
        for _ in range(MESSAGES)
    ]
    return Thread("A long one", *posts)


def test_a_long_thread_takes_moments_and_little_memory() -> None:
    thread = a_long_thread()
    started = time.perf_counter()
    thread.read().group()
    drafts = thread.suggest(Wanted(count=10))
    assert time.perf_counter() - started < 8
    assert len(thread.state.ledger.viewpoints) == 200
    assert len(drafts) == 10


def test_grouping_holds_little_at_once() -> None:
    thread = a_long_thread().read()
    tracemalloc.start()
    thread.group()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60_000_000
