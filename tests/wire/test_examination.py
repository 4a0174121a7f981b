"""What an examination says of a token, the intents and the rights, over HTTP alone."""

import discord
import pytest

from bot.client import examine
from bot.client.invitation import PERMISSIONS, invitation
from bot.config import DiscordConfig
from bot.core.finding import Finding, Status
from tests.wire.server import MOOT, Answer, Wire

pytestmark = pytest.mark.anyio
RIGHT = "right"


async def examined(token: str | None = RIGHT) -> list[Finding]:
    found = await examine(DiscordConfig(token=token))  # type: ignore[arg-type]
    assert all(each.todo for each in found if each.status is not Status.OK)
    assert not any(RIGHT in f"{each.told} {each.todo}".split() for each in found)
    return found


async def test_where_all_is_well_nobody_sees_it_come_online(wire: Wire) -> None:
    discord_, intents, servers = await examined()
    assert {each.status for each in (discord_, intents, servers)} == {Status.OK}
    assert "Moot" in discord_.told
    assert servers.told.endswith(": 1.")
    assert not wire.opcodes


@pytest.mark.parametrize("token", [None, "", "  "])
async def test_no_token_is_a_warning(wire: Wire, token: str | None) -> None:
    (found,) = await examined(token)
    assert found.status is Status.WARNING
    assert "DISCORD_TOKEN" in (found.todo or "")
    assert not wire.requests


@pytest.mark.parametrize("token", ["wrong", "two words"])
async def test_a_token_that_will_not_do_is_a_problem(wire: Wire, token: str) -> None:
    (found,) = await examined(token)
    assert found.status is Status.PROBLEM
    assert "does not take this bot token" in found.told
    assert token not in found.told


async def test_a_discord_that_lets_nobody_in_is_a_problem(wire: Wire) -> None:
    wire.out_of_turn["/users/@me"] = [Answer(503, {"message": "Maintenance."})]
    (found,) = await examined()
    assert found.status is Status.PROBLEM
    assert "status 503" in found.told


async def test_a_missing_intent_is_a_problem(wire: Wire) -> None:
    wire.flags = 0
    _, intents, _ = await examined()
    assert intents.status is Status.PROBLEM
    assert "Message Content" in intents.told
    wire.flags = discord.ApplicationFlags(gateway_message_content_limited=True).value
    _, intents, _ = await examined()
    assert intents.status is Status.OK


async def test_rights_that_a_server_does_not_grant_are_named(wire: Wire) -> None:
    rights = PERMISSIONS & ~discord.Permissions(manage_threads=True, send_messages=True)
    wire.permissions = str(rights.value)
    *_, servers = await examined()
    assert servers.status is Status.WARNING
    assert servers.told == "Tea house does not grant Send Messages, Manage Threads."
    assert invitation(MOOT) in (servers.todo or "")
    wire.permissions = str(PERMISSIONS.value)
    *_, servers = await examined()
    assert servers.status is Status.OK


async def test_in_no_server_the_link_is_told(wire: Wire) -> None:
    wire.out_of_turn["/users/@me/guilds"] = [Answer(200, [])]
    *_, servers = await examined()
    assert servers.status is Status.WARNING
    assert invitation(MOOT) in (servers.todo or "")
