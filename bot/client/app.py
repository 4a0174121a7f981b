"""create_bot: the Discord client with its cogs, over a partner that it opens and closes."""

import asyncio
import logging
import sys
from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.assembly import build_partner
from bot.client.cards import Cards
from bot.client.cooldown import Cooldown
from bot.client.failures import explain, record
from bot.client.invitation import invitation
from bot.client.slowmode import Turns
from bot.config import Config
from bot.core import languages
from bot.partner import DiscussionPartner

log = logging.getLogger(__name__)

COGS: Sequence[str] = (
    "bot.client.keeping_cog",
    "bot.client.forgetting_cog",
    "bot.client.summary_cog",
    "bot.client.suggest_cog",
    "bot.client.ask_cog",
    "bot.client.contest_cog",
    "bot.client.topic_cog",
    "bot.client.setup_cog",
    "bot.client.privacy_cog",
)


class MootBot(commands.Bot):
    """The bot, not started. All state is the partner's: it can be stopped at any moment."""

    def __init__(self, config: Config, partner: DiscussionPartner) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=_Tree,
            intents=discord.Intents(guilds=True, guild_messages=True, message_content=True),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            # The archive is the memory; raw events come without the cache as well.
            max_messages=None,
        )
        self.config = config
        self.partner = partner
        # Without a model nothing is asked that costs anything.
        self.cooldown = Cooldown(config.discord.cooldown if config.llm.model else 0)
        self.turns = Turns(lambda: discord.utils.utcnow())
        self.cards = Cards(self, partner)

    async def setup_hook(self) -> None:
        """Opens the archive, then loads the cogs and tells Discord their commands."""
        await self.partner.open()
        await asyncio.to_thread(languages.load)
        self.partner.after_writes(self.cards.look)
        for name in COGS:
            await self.load_extension(name)
        await self.tree.sync()

    async def on_ready(self) -> None:
        """Tells the host that the bot serves, and as whom; and how to let it into a server.

        Takes back what could not be while it was away.
        """
        log.info("Signed in as %s, in %d servers.", self.user, len(self.guilds))
        self.cards.look()
        if not self.guilds and self.application_id:
            log.info("Let it into a server: %s", invitation(self.application_id))

    async def process_commands(self, message: discord.Message, /) -> None:
        """Does nothing: Moot has no commands that are typed as messages."""

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Logs what a listener could not do."""
        error = sys.exc_info()[1]
        if error is not None:
            record(error, event_method)

    async def close(self) -> None:
        """Leaves Discord, then closes the archive; a second time does nothing."""
        await self.cards.close()
        await super().close()
        await self.partner.close()


class _Tree(app_commands.CommandTree[MootBot]):
    async def on_error(
        self,
        interaction: discord.Interaction[MootBot],
        error: app_commands.AppCommandError,
        /,
    ) -> None:
        await explain(interaction, error)


def create_bot(config: Config, *, recorded: bool = False) -> MootBot:
    """The bot over the configured database and model. Raises ConfigError.

    `recorded`: with no model configured, answers that a large one gave to the sample are played.
    """
    # Moot never speaks: nobody need be told what a voice would want.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    # discord.py's clock, so that what is too old to be fetched is what is too old to be kept.
    partner = build_partner(config, clock=lambda: discord.utils.utcnow(), recorded=recorded)
    return MootBot(config, partner)
