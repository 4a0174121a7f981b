"""The use cases: what a person may ask of Moot, whichever front end they sit at."""

from bot.partner.discussion import DiscussionPartner

__all__ = ["DiscussionPartner"]
