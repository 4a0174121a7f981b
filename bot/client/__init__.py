"""The Discord client: the only place that imports discord."""

from bot.client.app import MootBot, create_bot
from bot.client.examination import examine
from bot.client.serving import serve

__all__ = ["MootBot", "create_bot", "examine", "serve"]
