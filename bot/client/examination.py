"""Examining the Discord side over HTTP alone: nobody sees the bot come online for it.

Rights are looked at for a server as a whole; what a channel takes away, `/moot status` tells there.
"""

from collections.abc import AsyncIterator

import discord

from bot.client.invitation import PERMISSIONS, invitation
from bot.client.serving import in_plain_words, token_in
from bot.config import DiscordConfig
from bot.core.errors import ConfigError, Unreachable
from bot.core.finding import Finding, ok, problem, warning
from bot.core.inert import one_line

MOST_SERVERS = 20
"""Servers looked at; each takes two requests."""
_PORTAL = "https://discord.com/developers/applications"
_BOT = "choose your application, Bot"
_NEW_TOKEN = f"at {_PORTAL} {_BOT}, Reset Token, Copy"
_GRANT = (
    "There, under Server Settings, Roles, Moot's role, switch them on; or open this link and "
    "choose the server again"
)


async def examine(settings: DiscordConfig) -> list[Finding]:
    """What is to be said of the token, the intents and the rights in each server."""
    if settings.token is None or not settings.token.get_secret_value().strip():
        told = "There is no bot token, which only `moot run` needs."
        todo = f"Set DISCORD_TOKEN: {_NEW_TOKEN}; then type `export DISCORD_TOKEN=TOKEN`"
        return [warning("discord", told, f'{todo}, or write token = "TOKEN" below [discord].')]
    try:
        with in_plain_words():
            return await _signed_in(token_in(settings))
    except ConfigError as error:
        return [problem("discord", error, f"Set another one: {_NEW_TOKEN}.")]
    except Unreachable as error:
        return [problem("discord", error, "Run `moot doctor` again when that is over.")]


async def _signed_in(token: str) -> list[Finding]:
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(token)
        found = [ok("discord", f"The token is that of {client.user}."), _intent(client)]
        return [*found, *[finding async for finding in _servers(client)]]


def _intent(client: discord.Client) -> Finding:
    flags = client.application_flags
    if flags.gateway_message_content or flags.gateway_message_content_limited:
        return ok("intents", "Message Content is on; Moot needs no other privileged intent.")
    told = "The Message Content intent is off: Discord would refuse the bot at its start."
    return problem(
        "intents", told, f"Switch it on: at {_PORTAL} {_BOT}, Message Content Intent, Save Changes."
    )


async def _servers(client: discord.Client) -> AsyncIterator[Finding]:
    """A line for each server in which something is missing, and one for all others."""
    link = invitation(client.application_id or 0)
    servers = [server async for server in client.fetch_guilds(limit=MOST_SERVERS + 1)]
    if not servers:
        yield warning(
            "servers", "The bot is in no server.", f"Open this link and choose yours: {link}"
        )
        return
    looked_at, whole = servers[:MOST_SERVERS], 0
    for server in looked_at:
        if missing := await _missing(client, server.id):
            told = f"{one_line(server.name)} does not grant {', '.join(missing)}."
            yield warning("servers", told, f"{_GRANT}: {link}")
        else:
            whole += 1
    more = "" if looked_at == servers else f" Only the first {MOST_SERVERS} were looked at."
    if whole or more:
        told = f"Servers in which the bot has all rights that it needs: {whole}.{more}"
        yield ok("servers", told)


async def _missing(client: discord.Client, server: int) -> list[str]:
    """The rights that the bot's roles lack there, as Discord's settings name them."""
    guild = await client.fetch_guild(server, with_counts=False)
    member = await guild.fetch_member(client.user.id if client.user else 0)
    has = member.guild_permissions
    lacking = (name for name, needed in PERMISSIONS if needed and not getattr(has, name))
    return [name.replace("_", " ").title() for name in lacking]
