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


async def posted_since(interaction: Asked, reached: Reached, seen: int) -> list[Message]:
    """What others posted after a message."""
    messages = await bot_of(interaction).partner.messages(reached.topic.id)
    own = str(reached.member.id)
    later = (each for each in messages if each.source_id.isdecimal() and int(each.source_id) > seen)
    return [each for each in later if each.author.source_id != own]


def _latest(messages: list[Message]) -> int:
    """Discord's ids grow with time."""
    return max((int(each.source_id) for each in messages if each.source_id.isdecimal()), default=0)
