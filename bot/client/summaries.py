"""Summaries for one person: of a whole topic, of what is new to them, of who said what.

Whoever may no longer read the topic once it is summed up does not get to see it.
"""

from bot.client.reach import Asked, Reached, bot_of, reach
from bot.client.views.card import stretch_card, summary_card
from bot.client.views.layout import Layout, notice
from bot.client.views.people import people_card
from bot.client.visiting import Stretch, since_message, unseen, visited
from bot.core.summary import Summary
from bot.partner import Progress


async def _drafted(
    interaction: Asked,
    reached: Reached,
    progress: Progress,
    *,
    stretch: Stretch | None = None,
    refresh: bool = False,
) -> Summary:
    """What a topic, or a stretch of it, comes to. Raises NotFound where it is hidden by then."""
    bot = bot_of(interaction)
    if refresh:
        bot.cooldown.start(reached.member.id)
    summary = await bot.partner.summarise(
        reached.topic.id,
        since=stretch.after if stretch else None,
        hours=stretch.hours if stretch else None,
        viewer=str(reached.member.id),
        refresh=refresh,
        payer=reached.payer,
        progress=progress,
    )
    if refresh:
        bot.cooldown.judge(reached.member.id, summary.engine)
    await reached.again()
    return summary


async def whole(
    interaction: Asked,
    reached: Reached,
    progress: Progress,
    visit: int | None = None,
    *,
    refresh: bool = False,
) -> Layout:
    """The card of the whole topic; `visit` is what its reader had seen, where that is known."""
    summary = await _drafted(interaction, reached, progress, refresh=refresh)
    before = await visited(interaction, reached) if visit is None else visit
    return summary_card(summary, visit=before)


async def part(
    interaction: Asked, reached: Reached, progress: Progress, stretch: Stretch
) -> Layout:
    """The card of a stretch; only a sentence where nobody else wrote in it."""
    cooldown = bot_of(interaction).cooldown
    cooldown.start(reached.member.id)
    summary = await _drafted(interaction, reached, progress, stretch=stretch)
    cooldown.judge(reached.member.id, summary.engine)
    before = await visited(interaction, reached)
    if not summary.news:
        return notice(f"Nobody else has posted here {stretch.told}.")
    if summary.since is None:
        return summary_card(summary, visit=before)
    return stretch_card(summary, stretch.told)


async def news(
    interaction: Asked, reached: Reached, progress: Progress, seen: int | None = None
) -> Layout:
    """What is new to a reader who had seen all up to a message; the whole where all of it is."""
    before = await visited(interaction, reached)
    seen = before if seen is None else seen
    stretch = await unseen(interaction, reached, seen)
    if stretch is None:
        return await whole(interaction, reached, progress, before)
    return await part(interaction, reached, progress, stretch)


async def people(
    interaction: Asked, topic: int, after: int, page: int, progress: Progress
) -> Layout:
    """Who said what in a topic, or after a message of it."""
    reached = await reach(interaction, topic)
    stretch = await since_message(interaction, reached, after + 1) if after else None
    return people_card(await _drafted(interaction, reached, progress, stretch=stretch), page)
