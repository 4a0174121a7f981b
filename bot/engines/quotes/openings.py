"""Suggested replies without a model: openings around what people really wrote.

They ask, go on, or set two authors' words side by side. What needs an argument of one's own,
a rebuttal or the best case for a side, can't be had from quotes alone and is refused by name.
Quotes stand in a block of their own (`> `), so that a draft that was posted is never read as if
its poster had said what it quotes.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from bot.core.errors import EngineFailed
from bot.core.state import TopicState
from bot.core.summary import Intent
from bot.engines import Draft, Wanted
from bot.engines.quotes.desk import Desk

OFFERED = (Intent.BRIDGE, Intent.ASK, Intent.BUILD)
"""In the order in which they are offered: the one that does justice to two people first."""


def openings(state: TopicState, wanted: Wanted) -> tuple[Draft, ...]:
    """Up to `wanted.count` drafts, each with another intent while there is one.

    Raises EngineFailed for an intent that can't be served without a model.
    """
    if wanted.intent is not None and wanted.intent not in OFFERED:
        raise EngineFailed(
            f"Quotes alone make no honest {wanted.intent}: ask for {', '.join(OFFERED[:-1])} "
            f"or {OFFERED[-1]}, or configure a model under [llm]."
        )
    desk = Desk(state, wanted.viewer)
    write = {Intent.BRIDGE: desk.bridges, Intent.ASK: desk.asks, Intent.BUILD: desk.builds}
    intents = OFFERED if wanted.intent is None else (wanted.intent,)
    return tuple(islice(_in_turn([write[intent] for intent in intents]), wanted.count))


def _in_turn(sources: list[Callable[[], Iterator[Draft]]]) -> Iterator[Draft]:
    """One of each in turn, until all are exhausted."""
    running = [source() for source in sources]
    while running:
        for source in tuple(running):
            if draft := next(source, None):
                yield draft
            else:
                running.remove(source)
