"""Whatever fails while the bot runs: no key, no token and no word of a message is in its log.

The log is set up as `moot run` does it. Errors are made to say what they must not hand on.
"""

import asyncio
import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import simcord
from pydantic import SecretStr

from bot.cli import logs
from bot.client import create_bot
from bot.client.serving import _record_stray
from bot.config import Config, DatabaseConfig, DiscordConfig, LLMConfig
from tests.client.simcord_shims import like_discord
from tests.client.tea import tea
from tests.client.world import World, shown
from tests.endpoint import Endpoint, Reply, serving

pytestmark = pytest.mark.anyio
KEY, TOKEN = "sk-sentinel-0123456789", "MTIz.sentinel.abcdefghij"
PASSWORD = "open-sesame-42"
WORDS = "My zzyzxian aunt will not pay the rent, whatever the house says."


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a host sees on standard error."""
    written = io.StringIO()
    with logs.written_to(written):
        yield written


def error(status: int, told: str) -> Reply:
    body = {"error": {"message": told, "type": "error", "param": None, "code": None}}
    return Reply(status=status, body=json.dumps(body).encode())


def that_echoes(status: int) -> Any:
    """A server that fails, and repeats all that it was sent."""
    return lambda request: error(status, f"can't take: {json.dumps(request['messages'][-1])}")


@asynccontextmanager
async def running(config: Config) -> AsyncIterator[World]:
    world = World(create_bot(config))
    try:
        async with simcord.run(world.bot, check_errors=False) as env:
            with like_discord(env):
                world.open(env)
                yield world
                await env.settle()
    finally:
        await world.bot.close()


def config_for(endpoint: Endpoint, path: Path) -> Config:
    address = endpoint.url.replace("://", f"://ada:{PASSWORD}@")
    return Config(
        database=DatabaseConfig(path=path / "moot.db"),
        llm=LLMConfig(model="scripted", base_url=address, api_key=SecretStr(KEY), context=32_000),
        discord=DiscordConfig(cooldown=0, token=SecretStr(TOKEN)),
    )


@pytest.mark.parametrize(
    ("script", "told"),
    [
        (lambda request: error(401, f"Incorrect API key provided: {KEY}"), ""),
        (that_echoes(500), "answered 500."),
        (that_echoes(422), "refused the request."),
        (that_echoes(400), "refused the request."),
        (lambda request: error(404, "there is no such model here"), "no such model here."),
    ],
    ids=["401 with the key", "500 with words", "422 with words", "400 with words", "404"],
)
async def test_a_server_that_repeats_what_it_was_sent_is_not_repeated(
    tmp_path: Path,
    log: io.StringIO,
    capsys: pytest.CaptureFixture[str],
    script: Any,
    told: str,
) -> None:
    with serving(script) as endpoint:
        async with running(config_for(endpoint, tmp_path)) as world:
            scene = await tea(world)
            await scene.people["ines"].send(scene.thread, WORDS)
            card = shown(await scene.late.slash(scene.thread, "summary"))
            drafts = shown(await scene.late.slash(scene.thread, "suggest"))
            said = shown(await scene.late.slash(scene.thread, "ask", question="Who pays the rent?"))
    assert endpoint.requests
    for seen in (card, drafts, said):
        (foot,) = [line for line in seen.splitlines() if "the model did not answer" in line]
        assert told.rstrip(".") in foot
        assert "zzyzxian" not in foot
        assert not any(secret in seen for secret in (KEY, TOKEN, PASSWORD))
    _nothing_of_it_in(log.getvalue(), *capsys.readouterr())


async def test_an_error_that_quotes_a_message_is_logged_without_it(
    tmp_path: Path, log: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    async def fails(*given: object, **more: object) -> Any:
        raise RuntimeError(f"{given} {more} {KEY} {TOKEN}") from ValueError(WORDS)

    with serving(that_echoes(500)) as endpoint:
        async with running(config_for(endpoint, tmp_path)) as world:
            scene = await tea(world)
            partner: Any = world.bot.partner
            partner.ask = partner.summarise = partner.record = fails
            partner.sweep = partner.quotes_of = fails
            await scene.people["ines"].send(scene.thread, WORDS)
            told = [
                await scene.late.slash(scene.thread, "ask", question=WORDS),
                await scene.late.slash(scene.thread, "summary"),
            ]
            await world.env.advance_time(90_000)
            world.forgive()
    assert all("through no fault of yours" in shown(each) for each in told)
    assert log.getvalue().count("RuntimeError") >= 4, "the log says that something failed"
    _nothing_of_it_in(log.getvalue(), *map(shown, told), *capsys.readouterr())


async def test_what_libraries_and_forgotten_tasks_log_is_without_words_too(
    log: io.StringIO,
) -> None:
    loop = asyncio.get_running_loop()
    before = loop.get_exception_handler()
    loop.set_exception_handler(_record_stray)
    try:
        task = asyncio.create_task(_fail())
        await asyncio.wait([task])
        del task
        loop.call_exception_handler({"message": "Something odd happened"})
    finally:
        loop.set_exception_handler(before)
    try:
        await _fail()
    except RuntimeError:
        logging.getLogger("discord.client").exception("Ignoring exception in on_message")
    logging.getLogger("httpx2").info("HTTP Request: POST http://ada:%s@127.0.0.1", PASSWORD)

    written = log.getvalue()
    assert "Work that nobody waited for failed: RuntimeError" in written
    assert "Something odd happened" in written
    assert "Ignoring exception in on_message" in written
    assert "in _fail" in written
    _nothing_of_it_in(written)


def test_no_secret_is_in_the_repr_of_what_holds_it(tmp_path: Path) -> None:
    with serving(that_echoes(500)) as endpoint:
        config = config_for(endpoint, tmp_path)
        bot = create_bot(config)
        engine: Any = next(iter(bot.partner._engines.values()))
        for held in (config, config.llm, config.discord, engine, engine.chat.endpoint, vars(bot)):
            assert not any(secret in f"{held!r} {held}" for secret in (KEY, TOKEN))


async def _fail() -> None:
    raise RuntimeError(f"{WORDS} {KEY} {TOKEN}")


def _nothing_of_it_in(*texts: str) -> None:
    for text in texts:
        for secret in (KEY, TOKEN, PASSWORD, "zzyzxian", "regulars away"):
            assert secret not in text
