"""The use cases: what a person may ask of Moot, whichever front end they sit at."""

from bot.partner.discussion import DiscussionPartner
from bot.partner.progress import Progress

__all__ = ["DiscussionPartner", "Progress"]
