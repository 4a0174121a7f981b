"""A database that another program holds: nobody else can write to it meanwhile."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

from bot.client import MootBot


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Another program writes to the database for the length of the block."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@asynccontextmanager
async def held_from(bot: MootBot) -> AsyncIterator[None]:
    """The same for a bot that waits for others less long than it does in earnest."""
    await bot.partner._threads.write(
        lambda archive: archive._connection._db.execute("PRAGMA busy_timeout = 50")
    )
    with held(bot.config.database.path):
        yield
