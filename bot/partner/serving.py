"""An engine at work on one request."""

from collections.abc import Iterable
from dataclasses import replace

from bot.core.ledger import Evidence
from bot.core.receipt import receipt_of_search
from bot.core.summary import Receipt, Usage, counts
from bot.engines import Engine, Meter, Purse
from bot.partner.standing import Standing


class Serving:
    """An engine at work on one request: what it costs and rejects, and why it is not another."""

    def __init__(
        self, engine: Engine, purse: Purse | None = None, why_not_the_model: str | None = None
    ) -> None:
        self.meter = Meter(purse)
        self.engine = engine.metered(self.meter)
        self.facts = replace(engine.facts, fallback=why_not_the_model)

    def receipt(self, current: Standing) -> Receipt:
        """The receipt beneath what it drafts."""
        rejected = counts(current.rejected + self.meter.rejected)
        return replace(current.receipt, rejected=rejected)

    def receipt_of_search(self, current: Standing, found: Iterable[Evidence]) -> Receipt:
        """The receipt beneath what it makes of what was found in the words of all messages."""
        return receipt_of_search(current.state, found, self.meter.rejected, current.withheld)

    @property
    def usage(self) -> Usage:
        """What it spent up to now."""
        return replace(self.meter.usage, cached=self.meter.usage.calls == 0)
