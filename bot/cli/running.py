"""`moot run`: the bot on Discord, until it is stopped."""

import asyncio
import sys

import click

from bot.cli import logs
from bot.cli.options import choices, common


@click.command("run")
@common
def run_bot() -> None:
    """Serve Discord until Ctrl-C.

    Needs a bot token: DISCORD_TOKEN in the environment, or token under [discord].
    """
    # Here, so that no other command waits for discord.py to load.
    from bot.client import create_bot, serve

    with logs.written_to(sys.stderr):
        asyncio.run(serve(create_bot(choices().load())))
