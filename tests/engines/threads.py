"""Threads of the shared data as topics; none where the data is not beside the project."""

from pathlib import Path

from bot.core.model import Thread
from bot.evals.datasets import convosumm

SHARED = Path(__file__).parents[3] / "shared"
CONVOSUMM = SHARED / "data" / "convosumm"


def all_mailing_list_threads() -> list[Thread]:
    """The validation split's threads in their order, from a mailing list of the W3C."""
    return [thread for thread, _ in summarised_threads()]


def summarised_threads() -> list[tuple[Thread, str]]:
    """The same, each with what a person wrote as its summary."""
    return list(convosumm.threads(CONVOSUMM, "val")) if CONVOSUMM.is_dir() else []


def mailing_list_threads(most: int) -> list[Thread]:
    """The shortest threads of at least two people, which a test has time for."""
    threads = all_mailing_list_threads()
    return sorted((each for each in threads if _people(each) > 1), key=_size)[:most]


def _size(thread: Thread) -> int:
    return sum(len(message.content) for message in thread.messages)


def _people(thread: Thread) -> int:
    return len({message.author.source_id for message in thread.messages})
