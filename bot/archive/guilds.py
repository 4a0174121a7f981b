"""What the host of a Discord server chose, and which topics are the server's.

A topic is a server's by its address, whether the bot kept it or an export brought it.
"""

import json
import sqlite3
from dataclasses import asdict, dataclass

from bot.archive import cards, erasing, spending
from bot.archive.failures import Damaged
from bot.archive.texts import from_json


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """The settings of one server. Ids are Discord's.

    Topics in `channels` are kept. Who has one of `host_roles` may do what the host may.
    `announced` are the channels that were told that topics there are kept. Messages are kept for
    `keep_days` days, or until they are deleted.
    """

    channels: frozenset[str] = frozenset()
    host_roles: frozenset[str] = frozenset()
    announced: frozenset[str] = frozenset()
    keep_days: int | None = None


def settings(db: sqlite3.Connection, guild_id: str) -> GuildSettings:
    """The server's settings; the defaults where nothing was chosen yet."""
    row = db.execute("SELECT settings FROM guilds WHERE guild_id = ?", (guild_id,)).fetchone()
    if row is None:
        return GuildSettings()
    kept = from_json(row[0])
    try:
        return GuildSettings(
            channels=frozenset(kept["channels"]),
            host_roles=frozenset(kept["host_roles"]),
            announced=frozenset(kept["announced"]),
            keep_days=kept.get("keep_days"),
        )
    except (KeyError, TypeError) as error:
        raise Damaged(f"the settings of guild {guild_id} are none") from error


def keep(db: sqlite3.Connection, guild_id: str, chosen: GuildSettings) -> None:
    """Keeps a server's settings in place of the former ones."""
    db.execute(
        "INSERT OR REPLACE INTO guilds (guild_id, settings) VALUES (?, ?)",
        (guild_id, json.dumps(asdict(chosen), default=sorted)),
    )


def known(db: sqlite3.Connection) -> list[str]:
    """The ids of all servers whose host chose something."""
    return [id_ for (id_,) in db.execute("SELECT guild_id FROM guilds ORDER BY guild_id")]


def topics_of(db: sqlite3.Connection, guild_id: str) -> list[int]:
    """The ids of a server's topics."""
    rows = db.execute(
        "SELECT id FROM topics WHERE source = 'discord' AND instr(url, ?) = 1 ORDER BY id",
        (f"https://discord.com/channels/{guild_id}/",),
    )
    return [id_ for (id_,) in rows]


def forget(db: sqlite3.Connection, guild_id: str) -> int:
    """Takes out a server's topics with everything of them, its settings, and its spending's name.

    Cards that show them are left marked: by the host's own hand Moot is still in the server.
    Returns how many topics there were.
    """
    topics = topics_of(db, guild_id)
    for topic in topics:
        cards.withdraw_all(db, topic)
    db.executemany("DELETE FROM topics WHERE id = ?", ((id_,) for id_ in topics))
    db.execute("DELETE FROM guilds WHERE guild_id = ?", (guild_id,))
    spending.forget_server(db, guild_id)
    erasing.remember(db)
    return len(topics)
