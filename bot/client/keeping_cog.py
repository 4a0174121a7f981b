"""Keeping topics: what is posted, edited and deleted in the chosen channels goes to the archive."""

from discord.ext import commands

from bot.client.app import MootBot


class KeepingCog(commands.Cog):
    """Listens to the gateway."""

    def __init__(self, bot: MootBot) -> None:
        self._bot = bot


async def setup(bot: MootBot) -> None:
    """Adds the cog."""
    await bot.add_cog(KeepingCog(bot))
