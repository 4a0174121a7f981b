"""The Discord client: the only place that imports discord."""

from bot.client.app import MootBot, create_bot

__all__ = ["MootBot", "create_bot"]
