"""A model from a file: a real llama.cpp that starts, answers, dies, and is gone in the end."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal, TypeVar

import pytest
from pydantic import BaseModel

from bot.__main__ import main
from bot.assembly import build_chat
from bot.config import LLMConfig
from bot.core.errors import ConfigError, EngineFailed
from bot.engines import Meter, local
from bot.engines.chat import Chat, Request
from bot.engines.local import LocalModel
from bot.engines.server import KeyRefused, Server
from tests.cli.test_main_job import HATS
from tests.cli.topics import export
from tests.engines.small_model import NAME, local_model, weights

T = TypeVar("T")
SCRIPT = Path(local.__file__).with_name("llama.py")
pytestmark = pytest.mark.anyio
HELLO = Request("hello", "Be brief.", "Say hello.", max_tokens=40, temperature=0.0)
ENDLESS = Request("story", "Never stop.", "Tell a story. " * 300, max_tokens=2000, temperature=0.0)


class Word(BaseModel):
    word: Literal["hello", "goodbye"]


def chat_with(model: LocalModel) -> Chat:
    return Chat(Server(model.endpoint, runner=model))


async def say_hello(chat: Chat) -> Word:
    return (await chat.ask(HELLO, Word, Meter(), Word.model_json_schema()))[0]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_it_starts_at_the_first_call_for_who_has_the_key_and_again_when_it_died() -> None:
    model = local_model()
    chat = chat_with(model)
    try:
        assert model._process is None
        assert (await say_hello(chat)).word in ("hello", "goodbye")
        assert await chat.listed() == [NAME]
        told = await chat.model()
        assert (told.context, told.parameters) == (8192, 134_515_008)

        stranger = Chat(replace(await model.start(), api_key="guess"))
        with pytest.raises(KeyRefused):
            await stranger.listed()
        await stranger.close()

        assert model._process is not None
        model._process.kill()
        await model._process.wait()
        assert await chat.listed() == [NAME]
    finally:
        await chat.close()


async def test_closing_ends_it_with_a_request_under_way() -> None:
    model = local_model()
    chat = chat_with(model)
    address = (await model.start()).base_url or ""
    asking = asyncio.create_task(chat.ask(ENDLESS, Word, Meter(), {}))
    await asyncio.sleep(1)
    begun = time.monotonic()
    await chat.close()
    await chat.close()
    assert time.monotonic() - begun < 5
    with pytest.raises(EngineFailed):
        await asking
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", int(address.split(":")[2].split("/")[0]))
    with pytest.raises(EngineFailed, match="closing"):
        await say_hello(chat)
    assert model._process is None


@pytest.mark.parametrize("seconds", [0.0, 0.05])
async def test_closing_while_it_starts_ends_it_as_well(seconds: float) -> None:
    model = local_model()
    starting = asyncio.create_task(model.start())
    await asyncio.sleep(seconds)
    await model.stop()
    with pytest.raises(EngineFailed, match="closing"):
        await starting
    assert model._process is None


async def test_closing_while_it_loads_ends_its_process() -> None:
    model = local_model()
    starting = asyncio.create_task(model.start())
    for _ in range(5_000):
        if model._process is not None:
            break
        await asyncio.sleep(0.001)
    process = model._process
    await model.stop()
    with pytest.raises(EngineFailed, match="closing"):
        await starting
    assert process is not None
    assert process.returncode is not None


async def test_what_llama_cannot_load_is_told_in_its_words(tmp_path: Path) -> None:
    path = tmp_path / "half.gguf"
    path.write_bytes(weights().read_bytes()[:50_000_000])
    with pytest.raises(EngineFailed, match=r"can't load .*half\.gguf: .*corrupted or incomplete"):
        await local_model(path).start()


async def test_more_memory_than_there_is_is_told_before_it_is_taken() -> None:
    with pytest.raises(EngineFailed, match=r"needs some 2[0-9]{4}\.\d GB of memory and .* free"):
        await local_model(context=10**9).start()


def test_a_setting_that_will_not_do_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ConfigError, match="There is no model file"):
        build_chat(LLMConfig(gguf=tmp_path / "none.gguf"))
    with pytest.raises(ConfigError, match=r"base_url and gguf .* keep"):
        build_chat(LLMConfig(gguf=weights(), base_url="http://127.0.0.1:1/v1"))
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(ConfigError, match=r"pip install 'moot\[local\]'"):
        build_chat(LLMConfig(gguf=weights()))


def test_it_is_shown_under_its_files_name_or_the_one_that_is_set() -> None:
    named = [build_chat(LLMConfig(gguf=weights(), model=name)) for name in (None, "Smol")]
    assert [chat and chat.endpoint.model for chat in named] == [
        "SmolLM2-135M-Instruct.Q4_1",
        "Smol",
    ]


def test_it_ends_if_moot_is_gone_before_it_is_ready() -> None:
    settings = json.dumps(local_model()._settings("key"))
    with subprocess.Popen(
        [sys.executable, "-P", str(SCRIPT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdout.close()
        running.stdin.write(f"{settings}\n")
        running.stdin.close()
        try:
            assert running.wait(60) == 0
        finally:
            running.kill()


@pytest.fixture
def summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    """`moot summary` with the model from its file, in a process of its own."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        main(["import", str(export(tmp_path / "hats.json", HATS))])
    environment = {**os.environ, "MOOT_LLM__GGUF": str(weights())}
    command = [sys.executable, "-m", "bot", "summary", "1"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        yield running
        running.kill()


@pytest.mark.skipif(not shutil.which("pgrep"), reason="needs pgrep to find the model's process")
@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_nothing_is_left_when_moot_is_stopped_or_killed(
    summary: subprocess.Popen[str], sent: signal.Signals, status: int
) -> None:
    models = within(60, lambda: children(summary.pid))
    time.sleep(2)
    summary.send_signal(sent)
    told, complaints = summary.communicate(timeout=15)
    assert summary.returncode == status, told + complaints
    assert "Traceback" not in complaints
    assert within(60, lambda: not any(map(lives, models)))


def children(pid: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(each) for each in found.stdout.split()]


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def within(seconds: float, look: Callable[[], T]) -> T:
    deadline = time.monotonic() + seconds
    while not (seen := look()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert seen
    return seen
