"""An engine at work on one request."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from bot.core.summary import Usage
from bot.engines import Engine, Meter, Purse


class Serving:
    """An engine at work on one request: what it costs and rejects, and why it is not another."""

    def __init__(self, engine: Engine, purse: Purse | None = None) -> None:
        self.meter = Meter(purse)
        self.engine = engine.metered(self.meter)
        self.facts = engine.facts

    def failed(self, engine: Engine, why: str) -> "Serving":
        """Another engine in the place of one that failed; what that one spent was spent."""
        instead = Serving(engine)
        instead.meter.usage = self.meter.usage
        instead.facts = replace(engine.facts, fallback=why)
        return instead

    @property
    def name(self) -> str:
        """The engine's name, under which its drafts are kept."""
        return self.facts.name

    @property
    def has_model(self) -> bool:
        """Whether it asks a model, so that what it writes costs something."""
        return self.facts.model is not None

    @property
    def usage(self) -> Usage:
        """What it spent up to now."""
        return replace(self.meter.usage, cached=self.meter.usage.calls == 0)

    def made_with(self, at: datetime) -> dict[str, Any]:
        """What is kept beside a draft: by what it was written, with which prompts, at what cost."""
        return {**asdict(self.facts), **asdict(self.usage), "at": at.isoformat()}
