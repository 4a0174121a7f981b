"""Deleted words leave the database's files by themselves, and the host is told where they don't."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.archive.erasing import SMALL
from tests.archive.files import bytes_of, terms_of
from tests.client.test_setup import manager
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio
CANARY = "zzyzxian"
WORDS = f"I think that the {CANARY} pots are too dear."


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Another program reads the database as it is now for the length of the block."""
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM messages").fetchone()
        yield


async def test_a_deletion_while_somebody_reads_ends_after_it_though_nobody_writes(
    world: World,
) -> None:
    path, mira = world.bot.config.database.path, world.person("mira")
    thread = await world.post(mira, world.forum(), "Tea", "Tea is better.")
    message = await mira.send(thread, WORDS)
    with reading(path):
        await mira.delete(message)
        await world.env.advance_time(60)
        assert CANARY.encode() in bytes_of(path)
    await world.env.advance_time(10)
    assert CANARY.encode() not in bytes_of(path)
    assert CANARY not in terms_of(path)


async def test_the_host_is_told_for_as_long_as_it_takes(world: World) -> None:
    path, mira = world.bot.config.database.path, world.person("mira")
    host = manager(world)
    channel = world.channel()
    thread = await world.post(mira, world.forum(), "Tea", "Tea is better.")
    message = await mira.send(thread, WORDS)
    assert "Erasing" not in shown(await host.slash(channel, "moot status"))

    with reading(path):
        await mira.delete(message)
        told = shown(await host.slash(channel, "moot status"))
        assert "deleted words leave the database's file within five minutes" in told
        with closing(sqlite3.connect(path)) as db, db:
            db.execute("UPDATE erasing SET at = datetime('now', '-20 minutes')")
        told = shown(await host.slash(channel, "moot status"))
        assert "words that were deleted 20 minutes ago are still" in told

    await world.env.advance_time(10)
    assert "Erasing" not in shown(await host.slash(channel, "moot status"))


async def test_in_a_large_database_an_edit_is_erased_once_it_is_quiet(world: World) -> None:
    path, mira = world.bot.config.database.path, world.person("mira")
    thread = await world.post(mira, world.forum(), "Tea", "Tea is better.")
    message = await mira.send(thread, WORDS)
    fill(path)
    await world.env.advance_time(60)

    await mira.edit(message, "Never mind.")

    lobby = world.channel("lobby", chosen=False)
    assert CANARY not in shown(await mira.slash(lobby, "topic search", words=CANARY)).replace(
        f"“{CANARY}”", ""
    )
    assert CANARY.encode() in bytes_of(path)
    await world.env.advance_time(10)
    assert CANARY.encode() not in bytes_of(path)
    assert CANARY not in terms_of(path)


def fill(path: Path) -> None:
    """Makes the database a large one."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE spare (words TEXT)")
        db.execute("INSERT INTO spare VALUES (?)", ("It goes on. " * (SMALL // 10),))
