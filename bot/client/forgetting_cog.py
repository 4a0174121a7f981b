"""Forgetting: what has become too old, day by day, and servers that Moot is no longer in.

A server that Discord can't serve for a while is none that Moot has left: nothing of it goes.
"""

from datetime import timedelta

import discord
from discord.ext import commands, tasks

from bot.client.app import MootBot
from bot.client.failures import record
from bot.client.writing import patiently

DAILY = timedelta(days=1)


class ForgettingCog(commands.Cog):
    """Erases, at the start and every day."""

    def __init__(self, bot: MootBot) -> None:
        self._bot = bot

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Forgets the servers that Moot was sent away from meanwhile; then what is too old."""
        for guild_id in await self._bot.partner.guilds():
            if self._bot.get_guild(int(guild_id)) is None and await self._is_gone(int(guild_id)):
                await self._forget(guild_id)
        if not self._sweep.is_running():
            self._sweep.start()

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forgets a server at once. discord.py tells of an outage by another event."""
        await self._forget(str(guild.id))

    async def cog_unload(self) -> None:
        """Ends the daily round."""
        self._sweep.cancel()

    @tasks.loop(seconds=DAILY.total_seconds())
    async def _sweep(self) -> None:
        try:
            await self._bot.partner.sweep()
        except Exception as error:
            record(error, "Erasing what is too old")  # the next day it is tried again

    async def _forget(self, guild_id: str) -> None:
        async def work() -> None:
            await self._bot.partner.forget_guild(guild_id)

        await patiently(work, f"Forgetting server {guild_id}")

    async def _is_gone(self, guild_id: int) -> bool:
        """Whether Discord itself says so: what it lists at a start may lack a server in trouble."""
        try:
            await self._bot.fetch_guild(guild_id)
        except (discord.NotFound, discord.Forbidden):
            return True
        except discord.HTTPException as error:
            record(error, f"Asking for server {guild_id}")
        return False


async def setup(bot: MootBot) -> None:
    """Adds the cog."""
    await bot.add_cog(ForgettingCog(bot))
