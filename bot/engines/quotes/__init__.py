"""The engine without a model: verbatim sentences, chosen per author, and openings around them."""

from bot.engines.quotes.engine import QuotesEngine

__all__ = ["QuotesEngine"]
