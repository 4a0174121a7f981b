"""A full disk, and a database that another program holds: the bot goes on, and catches up."""

import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.archive.archive import BUSY_SECONDS
from bot.client.failures import NOT_NOW
from tests.crash.checks import differences
from tests.crash.running import CATCHING_UP, Running
from tests.held import held

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="prlimit is Linux's")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """A bot that has kept and read what was said until now."""
    with Running.begin(1, tmp_path) as running:
        running.server("happen", 30)
        running.hold(running.caught_up())
        yield running


def test_with_a_full_disk_it_goes_on_and_catches_up_once_there_is_room(running: Running) -> None:
    with running.bot.full_disk():
        _nothing_can_be_kept(running)
    running.hold(running.caught_up())


def test_killed_with_a_full_disk_it_catches_up_at_the_next_start(running: Running) -> None:
    with running.bot.full_disk():
        _nothing_can_be_kept(running)
        running.bot.kill()
    running.start()
    running.hold(running.caught_up())


def test_while_another_program_writes_for_long_it_goes_on_and_catches_up(running: Running) -> None:
    with held(running.path):
        _nothing_can_be_kept(running)
        time.sleep(BUSY_SECONDS)
    running.hold(running.caught_up())


def test_killed_meanwhile_it_follows_what_it_heard_of_messages_of_long_ago(
    running: Running,
) -> None:
    running.server("bring_old_thread", 20)
    running.caught_up()
    running.bot.kill()
    running.start()
    _all_is_read(running.path)
    with held(running.path):
        running.change_old(5)
        running.bot.kill()
    running.start()
    running.hold(running.caught_up())


def _all_is_read(path: Path) -> None:
    """Until each thread has been read to its end: what is older is not looked at again."""
    deadline = time.monotonic() + CATCHING_UP
    with closing(sqlite3.connect(path)) as db:
        while db.execute("SELECT count(*) FROM topics WHERE filled_at IS NULL").fetchone()[0]:
            assert time.monotonic() < deadline
            time.sleep(0.02)


def _nothing_can_be_kept(running: Running) -> None:
    """People go on meanwhile; who asks is told so in a sentence, and not where the files are."""
    before = running.server.tell()
    running.server("happen", 30)
    (thread, *_) = before.messages.keys() & running.server.tell().messages.keys()
    answer = running.ask(thread)
    assert NOT_NOW in answer
    assert str(running.path) not in answer
    assert running.bot.is_alive
    assert differences(running.path, running.server.tell())
