"""Rounds: the bot is killed at random moments, started again, and held against the truth.

What happens in a round follows from the seed and the round's number; at which instruction the kill
comes, from the clock.
"""

import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.crash.checks import differences, is_erasing
from tests.crash.running import Failed, Running
from tests.held import held

AT_WORK, STARTING, WRITING = 0.8, 0.35, 2.0
"""Seconds that a bot has at most before it is killed: in the midst of talk, from its start, and
where it is to be killed within a write."""
HELD = 0.25
"""How often another program holds the database as the bot is killed."""
STATEMENTS = 400
"""Statements of which one is the last."""


@dataclass
class Round:
    """What a round came to. Four counts are of kills that came while something went on."""

    number: int
    kills: int = 0
    writing: int = 0
    """It came between two statements of the one who writes."""
    behind: int = 0
    """Not all that there is was kept."""
    erasing: int = 0
    """Words that were deleted were still in the files."""
    held: int = 0
    """Another program held the database, and what was heard could not be written."""
    asked: int = 0
    """Somebody waited for an answer."""
    messages: int = 0
    gone: int = 0
    seconds: float = 0.0
    """From the last start until all was there."""


def play(rounds: int, seed: int, folder: Path) -> Iterator[Round]:
    """The rounds, one after the other on the same files. Raises Failed that says how to repeat."""
    with Running.begin(seed, folder) as running:
        for number in range(1, rounds + 1):
            running.chance = random.Random(f"{seed}/{number}")
            try:
                yield _played(running, Round(number))
            except Exception as error:
                again = f"python -m tests.crash --rounds {number} --seed {seed}"
                raise Failed(f"Round {number} failed; {again} repeats it.\n{error}") from error


def _played(running: Running, done: Round) -> Round:
    chance = running.chance
    running.server("talk")
    if chance.random() < HELD:
        _kill_held(running, done)
    else:
        _kill_after(chance.uniform(0, AT_WORK), running, done)
    while chance.random() < 0.5:
        # From outside, or from inside before a statement: most writes take too short to be hit.
        inside = chance.random() < 0.6
        running.start(chance.randrange(1, STATEMENTS) if inside else None)
        _kill_after(WRITING if inside else chance.uniform(0, STARTING), running, done)
    begun = time.monotonic()
    running.start()
    time.sleep(chance.uniform(0, 0.2))
    running.server("quiet")
    told = running.caught_up()
    done.seconds = time.monotonic() - begun
    done.messages, done.gone = sum(map(len, told.messages.values())), len(told.gone)
    running.hold(told)
    return done


def _kill_after(seconds: float, running: Running, done: Round) -> None:
    """Kills the bot, looks at what that broke off, and lets the world go on without it."""
    running.bot.process.join(seconds)
    if running.bot.gave_up:
        raise running.failed(["The bot ended by itself."])
    done.writing += not running.bot.is_alive
    running.bot.kill()
    done.kills += 1
    done.asked += bool(running.server("waiting"))
    with _copied(running.path) as copy:
        done.behind += bool(differences(copy, running.server.tell()))
        done.erasing += is_erasing(copy)
    running.server("happen", running.chance.randrange(20))
    if running.chance.random() < 0.2:
        running.server("bring_old_thread", running.chance.randrange(90, 260))


def _kill_held(running: Running, done: Round) -> None:
    """Another program holds the database while messages of long ago are changed. The histories are
    not read that far back: what the bot heard of it must not die with it."""
    with held(running.path):
        done.held += bool(running.change_old(3))
        _kill_after(running.chance.uniform(0, 0.1), running, done)


@contextmanager
def _copied(path: Path) -> Iterator[Path]:
    """A copy of the files as they are, so that looking at them repairs nothing."""
    with tempfile.TemporaryDirectory() as folder:
        for file in path.parent.glob(f"{path.name}*"):
            if not file.name.endswith("-shm"):
                shutil.copy(file, folder)
        yield Path(folder) / path.name
