"""The bot over a real connection that fails in every way: nothing is lost, nothing comes twice."""

import logging

import pytest

from bot.client import MootBot
from bot.config import Config
from tests.held import held_from
from tests.wire.conftest import signed_in
from tests.wire.server import SERVER, Answer, Wire, too_many
from tests.wire.waiting import becomes, until

pytestmark = pytest.mark.anyio


async def kept(bot: MootBot, expected: list[str]) -> list[str]:
    """The words of the only topic, in their order, as soon as they are the expected ones."""

    async def now() -> list[str]:
        topics = await bot.partner.topics()
        messages = await bot.partner.messages(topics[0].id) if topics else []
        return [f"{each.author.name}: {each.content}" for each in messages]

    return await becomes(now, lambda seen: seen == expected)


async def test_the_host_is_told_that_the_bot_serves(
    wire: Wire, config: Config, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    async with signed_in(config):
        assert await until(lambda: "Signed in as Moot" in caplog.text)


async def test_a_post_is_kept(wire: Wire, bot: MootBot) -> None:
    await wire.open_thread("Tea", "Tea is better.")
    said = ["Mira M.: Tea is better."]
    assert await kept(bot, said) == said


async def test_a_dropped_connection_is_resumed_and_the_missed_events_are_kept(
    wire: Wire, bot: MootBot
) -> None:
    thread = await wire.open_thread("Tea", "Tea is better.")
    spam = await wire.say(thread, "Buy!")
    await kept(bot, ["Mira M.: Tea is better.", "Mira M.: Buy!"])
    await wire.drop()
    await wire.say(thread, "Or coffee?")
    await wire.delete(thread, spam)
    said = ["Mira M.: Tea is better.", "Mira M.: Or coffee?"]
    assert await kept(bot, said) == said
    assert 6 in wire.opcodes
    assert wire.opcodes.count(2) == 1


async def test_after_an_invalid_session_the_histories_are_read_page_by_page(
    wire: Wire, bot: MootBot
) -> None:
    thread = await wire.open_thread("Tea", "0")
    spam = await wire.say(thread, "Buy!")
    await kept(bot, ["Mira M.: 0", "Mira M.: Buy!"])
    await wire.drop()
    wire.forget_sessions()
    for n in range(1, 251):
        await wire.say(thread, str(n))
    await wire.delete(thread, spam)
    wire.events.clear()
    said = [f"Mira M.: {n}" for n in range(251)]
    assert await kept(bot, said) == said
    assert wire.opcodes.count(2) == 2
    pages = [each for each in wire.requests if f"/channels/{thread}/messages" in each]
    assert len(pages) >= 3


async def test_what_is_deleted_while_its_history_is_read_does_not_come_back(
    wire: Wire, bot: MootBot
) -> None:
    await wire.drop()
    wire.forget_sessions()
    thread = await wire.open_thread("Tea", "Tea is better.")
    spam = await wire.say(thread, "Buy!")
    wire.meanwhile = [lambda: wire.delete(thread, spam)]
    said = ["Mira M.: Tea is better."]
    assert await kept(bot, said) == said
    await wire.say(thread, "Or coffee?")
    said += ["Mira M.: Or coffee?"]
    assert await kept(bot, said) == said


async def titles(bot: MootBot) -> list[str]:
    return [each.topic.title for each in await bot.partner.topics()]


async def renamed(wire: Wire, bot: MootBot, thread: int) -> None:
    """Over once the bot knows of it."""
    await wire.rename(thread, "Tea or coffee?")
    await becomes(lambda: titles(bot), lambda seen: seen == ["Tea or coffee?"])


async def test_a_title_that_changes_while_its_thread_is_read_stays_changed(
    wire: Wire, bot: MootBot
) -> None:
    await wire.drop()
    wire.forget_sessions()
    thread = await wire.open_thread("Tea", "Tea is better.")
    wire.meanwhile = [lambda: renamed(wire, bot, thread)]
    topics = await until(bot.partner.topics)
    await until(lambda: bot.partner.filled_at(topics[0].id))
    assert await titles(bot) == ["Tea or coffee?"]


async def test_a_new_title_outlasts_the_deletions_that_the_reading_finds(
    wire: Wire, bot: MootBot
) -> None:
    thread = await wire.open_thread("Tea", "Tea is better.")
    spam = await wire.say(thread, "Buy!")
    await kept(bot, ["Mira M.: Tea is better.", "Mira M.: Buy!"])

    await wire.drop()
    wire.forget_sessions()
    await wire.delete(thread, spam)
    wire.meanwhile = [lambda: renamed(wire, bot, thread)]
    said = ["Mira M.: Tea is better."]
    assert await kept(bot, said) == said
    assert await titles(bot) == ["Tea or coffee?"]


async def test_a_thread_that_is_deleted_while_it_is_read_does_not_come_back(
    wire: Wire, bot: MootBot
) -> None:
    await wire.drop()
    wire.forget_sessions()
    gone = await wire.open_thread("Rain", "It rains.")
    await wire.open_thread("Tea", "Tea is better.")
    wire.meanwhile = [lambda: wire.delete_thread(gone)]
    said = ["Mira M.: Tea is better."]
    assert await kept(bot, said) == said
    assert [each.topic.title for each in await bot.partner.topics()] == ["Tea"]


@pytest.mark.parametrize("told", [True, False])
async def test_who_loses_the_right_to_read_while_reading_deletes_nothing(
    wire: Wire, bot: MootBot, told: bool
) -> None:
    thread = await wire.open_thread("Tea", "Tea is better.")
    said = ["Mira M.: Tea is better."]
    assert await kept(bot, said) == said
    await wire.drop()
    wire.forget_sessions()
    history = f"/channels/{thread}/messages"
    wire.out_of_turn[history] = [Answer(200, [])]
    wire.meanwhile = [lambda: wire.shut_moot_out(told=told)]
    await until(lambda: wire.socket and not wire.meanwhile)
    # What is posted now is kept after whatever the reading did.
    await wire.say(thread, "Or coffee?")
    said += ["Mira M.: Or coffee?"]
    assert await kept(bot, said) == said


async def test_what_is_read_while_moot_is_sent_away_does_not_come_back(
    wire: Wire, bot: MootBot
) -> None:
    await wire.drop()
    wire.forget_sessions()
    await wire.open_thread("Tea", "Tea is better.")

    left: list[bool] = []

    async def sent_away() -> None:
        await wire.emit("GUILD_DELETE", {"id": str(SERVER)})
        left.append(await becomes(bot.partner.guilds, lambda known: not known) == [])

    wire.meanwhile = [sent_away]
    await until(lambda: left)
    assert left == [True]
    assert await becomes(bot.partner.topics, bool, seconds=0.5) == []


async def test_of_two_threads_that_are_not_listed_the_hidden_one_stays(
    wire: Wire, bot: MootBot
) -> None:
    gone = await wire.open_thread("Rain", "It rains.")
    hidden = await wire.open_thread("Tea", "Tea is better.")
    await becomes(bot.partner.topics, lambda topics: len(topics) == 2)
    await wire.drop()
    wire.forget_sessions()
    del wire.threads[gone], wire.threads[hidden]
    forbidden = Answer(403, {"message": "Missing Access", "code": 50001})
    wire.out_of_turn[f"/channels/{hidden}"] = [forbidden]
    said = ["Mira M.: Tea is better."]
    topics = await becomes(bot.partner.topics, lambda topics: len(topics) == 1)
    assert [each.topic.title for each in topics] == ["Tea"]
    assert await kept(bot, said) == said


async def test_a_rate_limit_is_waited_for_and_a_broken_server_asked_again(
    wire: Wire, bot: MootBot
) -> None:
    thread = await wire.open_thread("Tea", "Tea is better.")
    await kept(bot, ["Mira M.: Tea is better."])
    await wire.drop()
    wire.forget_sessions()
    await wire.say(thread, "Or coffee?")
    wire.events.clear()
    history = f"/channels/{thread}/messages"
    wire.out_of_turn[history] = [too_many(0.2), Answer(500, {"message": "Oops."})]
    said = ["Mira M.: Tea is better.", "Mira M.: Or coffee?"]
    assert await kept(bot, said) == said
    assert sum(history in each for each in wire.requests) >= 3


async def test_a_second_start_finds_what_is_new(wire: Wire, bot: MootBot) -> None:
    """What a history leaves out, by what name people go in the server, is asked for once."""
    await wire.drop()
    wire.forget_sessions()
    thread = await wire.open_thread("Tea", "Tea is better.")
    await wire.say(thread, "Or coffee?")
    wire.events.clear()
    said = ["Mira M.: Tea is better.", "Mira M.: Or coffee?"]
    assert await kept(bot, said) == said
    assert sum("/members/" in each for each in wire.requests) == 1


async def test_a_gap_that_can_not_be_filled_yet_is_filled_as_soon_as_it_can(
    wire: Wire, bot: MootBot, caplog: pytest.LogCaptureFixture
) -> None:
    thread = await wire.open_thread("Tea", "Tea is better.")
    await kept(bot, ["Mira M.: Tea is better."])
    async with held_from(bot):
        await wire.drop()
        wire.forget_sessions()
        await wire.say(thread, "Or coffee?")
        assert await until(lambda: "Filling the gaps has to wait" in caplog.text)
    said = ["Mira M.: Tea is better.", "Mira M.: Or coffee?"]
    assert await kept(bot, said) == said


async def test_closing_leaves_the_gateway(wire: Wire, bot: MootBot) -> None:
    socket = wire.socket
    assert socket is not None
    await bot.close()
    assert await until(lambda: socket.closed)
    assert bot.is_closed()
