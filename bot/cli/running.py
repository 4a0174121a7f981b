"""`moot run`: the bot on Discord, until it is stopped."""

import asyncio
import logging
import sys

import click

from bot.cli.options import choices, common


@click.command("run")
@common
def run_bot() -> None:
    """Serve Discord until Ctrl-C.

    Needs a bot token: DISCORD_TOKEN in the environment, or token under [discord].
    """
    # Here, so that no other command waits for discord.py to load.
    from bot.client import create_bot, serve

    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
    )
    logging.getLogger("discord").setLevel(logging.WARNING)
    asyncio.run(serve(create_bot(choices().load())))
