"""What Moot asks for when it is let into a server."""

import re
from pathlib import Path

import discord
import pytest

from bot.client import announcing, opening, posting, sharing
from bot.client.invitation import PERMISSIONS, invitation
from tests.client.world import World, shown

PAGE = (Path(__file__).parents[2] / "docs" / "host.md").read_text(encoding="utf-8")


def test_it_is_what_the_bot_looks_for_before_it_acts_and_nothing_else() -> None:
    to_read = {"view_channel", "read_message_history"}
    to_post = {*announcing.NEEDED, *posting.NEEDED, *sharing.NEEDED, *sharing.NEEDED_IN_THREADS}
    to_open = {*opening.OPENS_POSTS, *opening.OPENS_THREADS}
    to_close = {"manage_threads"}
    needed = dict.fromkeys([*to_read, *to_post, *to_open, *to_close], True)
    assert discord.Permissions(**needed) == PERMISSIONS


def test_the_page_for_hosts_shows_the_link_that_the_bot_gives() -> None:
    (shown_there,) = re.findall(r"https://discord.com/oauth2/\S+", PAGE)
    assert shown_there == invitation(0).replace("client_id=0", "client_id=APPLICATION_ID")


@pytest.mark.anyio
async def test_with_these_alone_it_tells_reads_opens_and_shares(world: World) -> None:
    people = world.guild.create_role("people", permissions=discord.Permissions.all_channel())
    only_invited(world)
    forum, general, mira = world.forum(), world.channel(), world.person("mira", people)
    server = world.seen(forum).guild
    assert not server.me.guild_permissions.manage_messages

    told, failed = await announcing.announce(server, {str(forum.id), str(general.id)})
    assert (len(told), failed) == (2, [])

    thread = await world.post(mira, forum, "Tea", "I think that tea is better than coffee.")
    for where in (forum, general):
        asked = {"where": where, "title": "Cups?", "text": "Should we buy new cups?"}
        assert "Opened: [Cups?]" in shown(await mira.slash(thread, "topic post", **asked))

    card = await mira.slash(thread, "summary")
    assert "tea is better" in shown(card)
    assert "Shared." in shown(await mira.click(card.response, label="Share here"))
    # Closing is left out: simcord 3.2.1 asks Manage Channels for it, Discord Manage Threads.


def only_invited(world: World) -> None:
    """The server gives the bot what the invitation asks for; to everyone it gives nothing."""
    for role in world.env.backend.get_guild(world.guild.id).roles.values():
        if role.name != "people":
            rights = PERMISSIONS.value if role.managed else 0
            world.env.backend.edit_role(world.guild.id, role.id, {"permissions": rights})
