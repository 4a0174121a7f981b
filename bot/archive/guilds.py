"""What the host of a Discord server chose; nothing here is about a person."""

import json
import sqlite3
from dataclasses import asdict, dataclass

from bot.archive.failures import Damaged
from bot.archive.texts import from_json


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """The settings of one server. Ids are Discord's.

    Topics in `channels` are kept. Who has one of `host_roles` may do what the host may.
    `announced` are the channels that were told that topics there are kept.
    """

    channels: frozenset[str] = frozenset()
    host_roles: frozenset[str] = frozenset()
    announced: frozenset[str] = frozenset()


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
        )
    except (KeyError, TypeError) as error:
        raise Damaged(f"the settings of guild {guild_id} are none") from error


def keep(db: sqlite3.Connection, guild_id: str, chosen: GuildSettings) -> None:
    """Keeps a server's settings in place of the former ones."""
    db.execute(
        "INSERT OR REPLACE INTO guilds (guild_id, settings) VALUES (?, ?)",
        (guild_id, json.dumps(asdict(chosen), default=sorted)),
    )
