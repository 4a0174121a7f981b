"""An engine at work on one request."""

from dataclasses import replace

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

    @property
    def usage(self) -> Usage:
        """What it spent up to now."""
        return replace(self.meter.usage, cached=self.meter.usage.calls == 0)
