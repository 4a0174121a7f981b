"""A brief on trial: how much of what a model writes stands, for those who choose a model."""

import time
from dataclasses import dataclass, replace

from bot.core.discussion import Discussion
from bot.core.receipt import readable
from bot.core.summary import Usage
from bot.engines import Material, Meter
from bot.engines.llm.engine import LLMEngine


@dataclass(frozen=True, slots=True)
class BriefTrial:
    """Statements and lines that stood of those written, and people with a line of all."""

    stood: int
    written: int
    people: int
    speakers: int
    usage: Usage
    seconds: float

    @property
    def is_weak(self) -> bool:
        """Whether fewer than half of the statements stood."""
        return 2 * self.stood < self.written


async def try_brief(engine: LLMEngine, discussion: Discussion) -> BriefTrial:
    """Has the model write the brief of a discussion, which is thrown away. Raises EngineFailed."""
    meter = Meter()
    messages = readable(discussion, discussion.ids)
    begun = time.monotonic()
    drafting = await replace(engine, meter=meter).drafted(Material(discussion, messages))
    lines = [stand for stand in drafting.stands.values() if stand.text is not None]
    # A title that does not stand leaves an empty one.
    stood = sum(bool(entry.statement.parts) for entry in drafting.entries) + len(lines)
    return BriefTrial(
        stood=stood,
        written=max(drafting.written, stood),
        people=len(lines),
        speakers=len(drafting.speakers),
        usage=meter.usage,
        seconds=time.monotonic() - begun,
    )
