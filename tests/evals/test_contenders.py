"""Threads reach an engine as a suite has them, through the real partner."""

import asyncio
from dataclasses import replace

from bot.config import Config
from bot.core.model import Thread
from bot.evals.contenders import Attempt, contending
from tests.evals.world import thread

HATS = thread(
    ("Ana", "Hats should come back because of the sun."),
    ("Ben", "They are a nuisance in every train."),
    ("Cho", "I would wear one if somebody could mend it."),
)


def shown(said: Thread) -> list[str]:
    """Who is shown in a summary, in its order."""

    async def summarised() -> list[str]:
        async with contending(Config(), "quotes") as contender:
            summary = await Attempt(contender.drafting).summarise(said)
            return [each.author for each in summary.people]

    return asyncio.run(summarised())


def test_messages_stand_in_the_order_of_the_thread_whatever_their_ids() -> None:
    assert shown(HATS) == ["Ana", "Ben", "Cho"]
    assert shown(replace(HATS, messages=HATS.messages[::-1])) == ["Cho", "Ben", "Ana"]
