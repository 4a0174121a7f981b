"""Visits: how far a person had seen a topic before, so that they can ask what is new."""

from dataclasses import dataclass

from bot.client.reach import Asked, Reached, bot_of
from bot.core.model import Message

NEVER = 0
"""What stands for a message where somebody has not been here before."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What came after a message, or in the last hours; `told` says which in words."""

    told: str
    after: str | None = None
    hours: int | None = None


async def visited(interaction: Asked, reached: Reached) -> int:
    """The last message that the member had seen before; from now on they have seen all."""
    partner, person = bot_of(interaction).partner, str(reached.member.id)
    before = await partner.visit(reached.topic.id, person)
    if latest := _latest(await partner.messages(reached.topic.id)):
        await partner.keep_visit(reached.topic.id, person, str(latest))
    return int(before.message_id) if before else NEVER


async def unseen(interaction: Asked, reached: Reached, seen: int) -> Stretch | None:
    """What is new to somebody who had seen all up to a message.

    Who was never here counts from their own last message. None where all is new to them.
    """
    messages = await bot_of(interaction).partner.messages(reached.topic.id)
    if seen != NEVER:
        latest = _latest([each for each in messages if _number(each) <= seen])
        return Stretch("since your last visit", str(latest)) if latest else None
    own = _latest([each for each in messages if each.author.source_id == str(reached.member.id)])
    return Stretch("since your last message", str(own)) if own else None


async def since_message(interaction: Asked, reached: Reached, first: int) -> Stretch | None:
    """What was said from a message on; None where it is the first."""
    messages = await bot_of(interaction).partner.messages(reached.topic.id)
    before = _latest([each for each in messages if _number(each) < first])
    return Stretch("from that message on", str(before)) if before else None


def last_hours(hours: int) -> Stretch:
    """What was said in so many hours."""
    return Stretch("in the last hour" if hours == 1 else f"in the last {hours} hours", hours=hours)


def _latest(messages: list[Message]) -> int:
    return max(map(_number, messages), default=NEVER)


def _number(message: Message) -> int:
    """Discord's ids grow with time."""
    return int(message.source_id) if message.source_id.isdecimal() else NEVER
