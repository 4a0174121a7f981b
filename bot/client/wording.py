"""What somebody types into a command or a form, with Discord's marks in it as words."""

from dataclasses import replace

import discord

from bot.client.convert import SOURCE
from bot.client.posts import names_of
from bot.client.reach import Asked, bot_of
from bot.core.marks import named, readable

MOST_PEOPLE = 5
"""People whom Discord is asked about for one question."""


async def worded(interaction: Asked, typed: str) -> str:
    """The text as its author sees it, without names of people who opted out."""
    guild = interaction.guild
    if guild is None or "<" not in typed:
        return typed
    people: dict[str, discord.abc.User] = {}
    for id_ in sorted(named("person", [typed]))[:MOST_PEOPLE]:
        if await bot_of(interaction).partner.opted_out(SOURCE, id_) is None:
            member = guild.get_member(int(id_)) or await _member(guild, int(id_))
            people |= {id_: member} if member else {}
    names = names_of(guild, [typed], people)
    known = {id_: names.people[id_] for id_ in people}
    return readable(typed, replace(names, people=known)).text


async def _member(guild: discord.Guild, id_: int) -> discord.Member | None:
    try:
        return await guild.fetch_member(id_)
    except discord.HTTPException:
        return None
