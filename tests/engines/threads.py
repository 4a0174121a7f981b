"""Threads of the shared data as topics; none where the data is not beside the project."""

from pathlib import Path

from bot.core.model import Thread
from bot.evals.datasets import convosumm

SHARED = Path(__file__).parents[3] / "shared"
CONVOSUMM = SHARED / "data" / "convosumm"


def mailing_list_threads(most: int) -> list[Thread]:
    """The shortest threads of at least two people, which a test has time for."""
    if not CONVOSUMM.is_dir():
        return []
    threads = [thread for thread, _ in convosumm.threads(CONVOSUMM, "val")]
    return sorted((each for each in threads if _people(each) > 1), key=_size)[:most]


def _size(thread: Thread) -> int:
    return sum(len(message.content) for message in thread.messages)


def _people(thread: Thread) -> int:
    return len({message.author.source_id for message in thread.messages})
