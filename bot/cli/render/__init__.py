"""Core results -> rich renderables. People's words are shown as plain text, never as markup."""

from bot.cli.render.drafts import answer, suggestions
from bot.cli.render.listings import hits, imported, thread, topics
from bot.cli.render.summaries import summary

__all__ = ["answer", "hits", "imported", "suggestions", "summary", "thread", "topics"]
