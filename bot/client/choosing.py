"""What options offer while somebody types."""

from discord.app_commands import Choice

from bot.client.reach import Asked, readable_topics
from bot.core.inert import one_line, shorten

MOST_CHOICES = 25
CHOICE_LENGTH = 100


async def topic_choices(interaction: Asked, current: str) -> list[Choice[str]]:
    """Topics that fit what is typed, of those that the asker may read."""
    topics = await readable_topics(interaction, current, MOST_CHOICES)
    return [
        Choice(
            name=shorten(one_line(each.topic.title) or "untitled", CHOICE_LENGTH),
            value=str(each.id),
        )
        for each in topics
    ]
