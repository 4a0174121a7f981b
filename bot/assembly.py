"""Config -> DiscussionPartner: the one place where parts are put together."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.config import Config
from bot.engines import Engine
from bot.engines.quotes import QuotesEngine
from bot.partner import DiscussionPartner
from bot.partner.threads import ArchiveThreads


def build_partner(config: Config) -> DiscussionPartner:
    """A partner over the configured database, not yet opened."""
    return DiscussionPartner(
        threads=ArchiveThreads(config.database.path),
        engines=_engines(config),
        clock=lambda: datetime.now(UTC),
    )


def _engines(config: Config) -> Mapping[str, Engine]:
    quotes = QuotesEngine()
    return {quotes.facts.name: quotes}
