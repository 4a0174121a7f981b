"""Visits: how far a person had seen a topic before, so that they can ask what is new."""

from bot.client.reach import Asked, Reached, bot_of
from bot.core.model import Message

NEVER = 0
"""What stands for a message where somebody has not been here before."""


async def visited(interaction: Asked, reached: Reached) -> int:
    """The last message that the member had seen before; from now on they have seen all."""
    partner, person = bot_of(interaction).partner, str(reached.member.id)
    before = await partner.visit(reached.topic.id, person)
    if latest := _latest(await partner.messages(reached.topic.id)):
        await partner.keep_visit(reached.topic.id, person, str(latest))
    return int(before.message_id) if before else NEVER


async def last_seen(interaction: Asked, reached: Reached, seen: int) -> str | None:
    """The last message up to the one that they had seen that is still there."""
    messages = await bot_of(interaction).partner.messages(reached.topic.id)
    latest = _latest([each for each in messages if _number(each) <= seen])
    return str(latest) if latest else None


def _latest(messages: list[Message]) -> int:
    return max(map(_number, messages), default=NEVER)


def _number(message: Message) -> int:
    """Discord's ids grow with time."""
    return int(message.source_id) if message.source_id.isdecimal() else NEVER
