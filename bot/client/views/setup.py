"""What a host chooses, and what a server is told of it."""

from collections.abc import Collection
from datetime import timedelta

import discord
from discord import ui

from bot.archive import GuildSettings, KeptTopic, Spent
from bot.client.views.ids import Act, custom_id
from bot.client.views.layout import Layout, button, cancel_button, card, notice, words
from bot.client.views.spending import Spending, spending_lines
from bot.client.views.words import dotted, number, said
from bot.core.summary import Usage

MOST = 25
ERASED_WITHIN = timedelta(minutes=6)
"""After which something holds up the erasing of what was deleted (see partner/erasing.py)."""
KINDS = [discord.ChannelType.forum, discord.ChannelType.text]
ANNOUNCED = "Topics here are kept by Moot"
ANNOUNCEMENT = (
    f"## {ANNOUNCED}\n"
    "From now on what is posted in the threads of this channel is stored, so that anybody who may "
    "read a thread can ask where it stands (`/summary`) and get drafts of a reply (`/suggest`).\n"
    "**You decide about your own words.** `/privacy` shows what is kept of you, erases it, hands "
    "it to you, or opts you out: then your words are neither stored nor sent to a model."
)


def setup_card(settings: GuildSettings) -> Layout:
    """Two menus: the channels whose topics are kept, and the roles that may choose them."""
    channels: ui.ChannelSelect[Layout] = ui.ChannelSelect(
        custom_id=custom_id(Act.CHANNELS),
        channel_types=KINDS,
        placeholder="Channels and forums whose topics are kept",
        min_values=0,
        max_values=MOST,
        default_values=_chosen(settings.channels, discord.SelectDefaultValueType.channel),
    )
    roles: ui.RoleSelect[Layout] = ui.RoleSelect(
        custom_id=custom_id(Act.HOSTS),
        placeholder="Roles that may change this, beside those who manage the server",
        min_values=0,
        max_values=MOST,
        default_values=_chosen(settings.host_roles, discord.SelectDefaultValueType.role),
    )
    explained = (
        "## What Moot keeps here\nChannels that you choose are told once. What was kept of a "
        "channel that you take out stays until its threads are deleted."
    )
    return card([words(explained), ui.ActionRow(channels), ui.ActionRow(roles)])


def status_card(
    settings: GuildSettings,
    topics: Collection[KeptTopic],
    model: str | None,
    spent: Collection[Spent],
    spending: Spending | None,
    reread_days: int,
    unerased_for: timedelta | None,
) -> Layout:
    """What is kept here, what drafts it, and what that has cost so far.

    `spent` is what the topics have cost, whoever asked; `spending` is there with a model only.
    `unerased_for` is since when deleted words wait to leave the files, if any do.
    """
    size = dotted(
        (
            number(len(topics), "topic"),
            number(sum(each.messages for each in topics), "message"),
        )
    )
    channels = " ".join(f"<#{id_}>" for id_ in sorted(settings.channels)[:MOST])
    roles = " ".join(f"<@&{id_}>" for id_ in sorted(settings.host_roles)[:MOST])
    lines = (
        "## Moot in this server",
        f"**Channels** {channels or 'none yet: choose them with /moot setup'}",
        f"**Hosts** who manages the server{f', {roles}' if roles else ''}",
        f"**Kept** {size}, {kept_for(settings.keep_days)}",
        f"**Drafts by** {said(model, 80) if model else 'quotes only: no model is configured'}",
        f"**Spent** {_spent(spent)}",
        *(spending_lines(spending) if spending else ()),
        *(() if unerased_for is None else (f"**Erasing** {_unerased(unerased_for)}",)),
        f"-# After an absence the last {number(reread_days, 'day')} are read again.",
    )
    return card([words("\n".join(lines))])


def _unerased(since: timedelta) -> str:
    """That deleted words are in the files still: nobody can find them, but they are there."""
    if since < ERASED_WITHIN:
        return "deleted words leave the database's file within five minutes"
    minutes = number(int(since.total_seconds() // 60), "minute")
    return (
        f"words that were deleted {minutes} ago are still in the database's file: another program "
        "reads it, or the disk is full. Stop that program, or make room."
    )


def kept_for(days: int | None) -> str:
    """How long messages are kept."""
    return "each until it is deleted" if days is None else f"each for {number(days, 'day')}"


def sure_to_retain(days: int, older: int) -> Layout:
    """Asks once more before what is too old goes for good."""
    told = (
        f"{number(older, 'message')} of this server, older than {number(days, 'day')}, would go "
        "now and for good, with all that rests on them; from then on every day what has become "
        "too old. What stands on Discord itself stays."
    )
    yes = button("Yes, do it", custom_id(Act.RETAIN, days), grave=True)
    return notice(told, [yes, cancel_button()])


def _spent(spent: Collection[Spent]) -> str:
    if not spent:
        return "nothing yet"
    usage = sum((each.usage for each in spent), Usage())
    read, wrote = f"{usage.prompt_tokens:,} tokens read", f"{usage.completion_tokens:,} written"
    return dotted((number(usage.calls, "model call"), read, wrote))


def announcement() -> Layout:
    """What a channel is told when its topics begin to be kept."""
    return notice(ANNOUNCEMENT)


def _chosen(
    ids: Collection[str], kind: discord.SelectDefaultValueType
) -> list[discord.SelectDefaultValue]:
    return [discord.SelectDefaultValue(id=int(id_), type=kind) for id_ in sorted(ids)[:MOST]]
