"""What a person sees while they wait, and when it took too long or went wrong."""

from collections.abc import Awaitable, Callable

import discord
import pytest
from discord import app_commands
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.client.answering import answer
from bot.client.views.layout import Layout, notice
from bot.core.errors import NotFound
from bot.partner import Progress
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio


async def test_a_reader_is_told_how_far_it_is_and_not_with_every_message(world: World) -> None:
    async def slow(progress: Progress) -> Layout:
        for read in range(40, 212):
            progress(read, 212)
        return notice("All read.")

    answered = await ask(world, slow)

    told = [told for told in edits(world) if "Reading" in told]
    assert len(told) == 1
    assert "Reading 40 of 212 messages…" in told[0]
    assert shown(answered) == "All read."


async def test_what_could_not_be_done_is_said_in_place_of_the_result(world: World) -> None:
    async def fails(progress: Progress) -> Layout:
        progress(1, 2)
        raise NotFound("There is nothing here.")

    assert shown(await ask(world, fails)) == "There is nothing here."


async def test_an_unexpected_failure_keeps_its_words_to_itself(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    words_of_a_person = "my secret"

    async def breaks(progress: Progress) -> Layout:
        raise RuntimeError(words_of_a_person)

    assert "the host finds the reason in Moot's log" in shown(await ask(world, breaks))
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text


async def test_what_comes_after_the_token_ran_out_is_told_in_a_direct_message(
    world: World,
) -> None:
    async def late(progress: Progress) -> Layout:
        world.env._move_clock(world.env._virtual_time + 16 * 60)
        return notice("The result, with words of the topic.")

    lena = world.person("lena")
    answered = await ask(world, late, lena)

    direct = "".join(map(shown, lena.user.dm_channel.history()))
    assert "ask again, and it comes at once" in direct
    assert "words of the topic" not in direct + shown(answered)


async def ask(
    world: World,
    work: Callable[[Progress], Awaitable[Layout]],
    person: MemberActor | None = None,
) -> InteractionResult:
    """A person uses a command that does this work."""

    @app_commands.command(name="work", description="Works.")
    async def command(interaction: discord.Interaction) -> None:
        await answer(interaction, work)

    world.bot.tree.add_command(command)
    await world.bot.tree.sync()
    return await (person or world.person("lena")).slash(world.channel(), "work")


def edits(world: World) -> list[str]:
    """What was shown in place of the first answer, one after the other."""
    return [str(each.json) for each in world.env.http_requests if "@original" in each.path]
