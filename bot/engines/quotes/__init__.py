"""The engine without a model: a sentence a person, open questions, and places to join."""

from bot.engines.quotes.engine import QuotesEngine
from bot.engines.quotes.reply_drafts import OFFERED

__all__ = ["OFFERED", "QuotesEngine"]
