"""The bot as a whole: it starts, says what went wrong, and stops."""

from pathlib import Path

import discord
import pytest
from discord import app_commands

from bot.client import create_bot
from bot.config import Config
from bot.core.errors import ArchiveUnavailable, NotFound
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio


async def test_it_opens_its_archive_only_when_it_starts(config: Config, world: World) -> None:
    create_bot(config.model_copy(update={"database": world.bot.config.database}))
    assert await world.bot.partner.topics() == []


async def test_a_bot_that_never_started_closes_and_leaves_nothing(config: Config) -> None:
    await create_bot(config).close()
    assert not config.database.path.exists()


async def test_an_archive_that_cannot_be_opened_is_said_in_one_sentence(tmp_path: Path) -> None:
    # A folder where the file should be.
    bot = create_bot(Config(database={"path": tmp_path}))  # type: ignore[arg-type]
    with pytest.raises(Exception, match="is a folder"):
        await bot.setup_hook()
    await bot.close()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (NotFound("There is no such topic."), "There is no such topic."),
        (RuntimeError("mira said: my secret"), "the host finds the reason"),
        (ArchiveUnavailable("The disk under /home/host is full."), "try again in a few minutes"),
    ],
)
async def test_an_error_becomes_a_sentence_for_the_one_who_asked(
    world: World, error: Exception, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    @app_commands.command(name="fail", description="Fails.")
    async def fail(interaction: discord.Interaction) -> None:
        raise error

    world.bot.tree.add_command(fail)
    await world.bot.tree.sync()
    answer = await world.person("mira").slash(world.channel(), "fail")
    assert told in shown(answer)
    assert answer.ephemeral
    assert "/home/host" not in shown(answer)
    assert "secret" not in caplog.text
    if not isinstance(error, NotFound):
        assert type(error).__name__ in caplog.text
        assert [type(each) for each in world.forgive()] == [app_commands.CommandInvokeError]


async def test_an_answer_that_comes_too_late_becomes_a_direct_message(world: World) -> None:
    @app_commands.command(name="fail", description="Fails.")
    async def fail(interaction: discord.Interaction) -> None:
        raise NotFound("There is no such topic.")

    world.bot.tree.add_command(fail)
    await world.bot.tree.sync()
    mira = world.person("mira")
    world.env.inject_error(
        "POST", "/interactions/*/callback", status=404, code=10062, message="Unknown interaction"
    )
    await mira.slash(world.channel(), "fail")
    (told,) = mira.user.dm_channel.history()
    assert told.content == "There is no such topic."


async def test_nothing_that_the_bot_says_pings_anybody(world: World) -> None:
    channel = world.seen(world.channel())
    with world.env.time_context():
        await channel.send("@everyone")
    sent = [each.json for each in world.env.http_requests if each.path.endswith("/messages")]
    assert [each["allowed_mentions"] for each in sent] == [{"parse": []}]
