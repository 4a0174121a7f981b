"""The archive: topics with their messages and all that was made of them, in SQLite.

Nobody above knows of tables, rows or keys of messages: what goes in and comes out are the core's
types, and errors are the core's as well.
"""

from bot.archive.archive import Archive
from bot.archive.budgets import Charge
from bot.archive.cards import Basis, Card
from bot.archive.contests import Contest
from bot.archive.drafts import KeptDraft
from bot.archive.examination import examine
from bot.archive.guilds import GuildSettings
from bot.archive.journal import Entry, Journal
from bot.archive.known import Known
from bot.archive.people import Person
from bot.archive.recording import Recorded
from bot.archive.search import Hit
from bot.archive.spending import Spent, SpentBy
from bot.archive.topics import KeptTopic
from bot.archive.visits import Visit

__all__ = [
    "Archive",
    "Basis",
    "Card",
    "Charge",
    "Contest",
    "Entry",
    "GuildSettings",
    "Hit",
    "Journal",
    "KeptDraft",
    "KeptTopic",
    "Known",
    "Person",
    "Recorded",
    "Spent",
    "SpentBy",
    "Visit",
    "examine",
]
