"""A model without a server: Moot starts llama.cpp itself, over a file with the model's weights.

It runs as long as somebody asks it something or may: started at the first call, ended when the
chat is closed, and started again should it have died. What is asked of it, it must not know.
"""

import asyncio
import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
from asyncio.subprocess import Process
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

from bot.core.errors import ConfigError
from bot.engines import gguf
from bot.engines.breaker import Away
from bot.engines.server import Endpoint

LARGEST_CONTEXT = 16_384
"""Tokens taken where the file allows for more and nothing is set: longer
topics are read in chapters, and the cache of each token takes memory."""
SMALLEST_CONTEXT = 4_096
"""Tokens taken where neither the file nor the configuration says how many."""
_SCRIPT = Path(__file__).with_name("llama.py")
_WHY = re.compile(r"error loading model: (.+)")
_POLITE = {"OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "3000"}
"""Threads that wait for each other spin for some microseconds, then sleep. To spin for long, as is
their habit, is to wait for one that is not running wherever others want the cores as well; to sleep
at once costs a waking at every step. SmolLM2-135M wrote, in tokens a second with two threads on two
cores, beside none, two and six busy processes: 74, 21 and 1 by habit, 27, 39 and 5 asleep at once,
76, 19 and 10 so. Only GNU's runtime knows the count; another sleeps at once."""
_MEMORY = Path("/proc/meminfo")


@dataclass(slots=True)
class LocalModel:
    """The server over one file. `context` is in tokens, `threads` how many compute at once.

    `endpoint` names the model and says how it is asked; `start` says where. Making one raises
    ConfigError where the file is no model, or what runs it is not installed.
    """

    endpoint: Endpoint
    path: Path
    context: int | None = None
    threads: int | None = None
    _process: Process | None = field(default=None, init=False)
    _reached: Endpoint | None = field(default=None, init=False)
    _closing: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        gguf.check(self.path)
        if find_spec("xllamacpp") is None:
            raise ConfigError(
                "A model from a file needs xllamacpp, which is not installed: "
                "pip install 'moot[local]', or set base_url under [llm] for a server."
            )

    async def start(self) -> Endpoint:
        """Where it can be reached; the same as before as long as it runs. Raises Away."""
        self._check_open()
        if self._reached is None or self._process is None or self._process.returncode is not None:
            key = secrets.token_urlsafe(32)
            address = await self._started(key)
            self._reached = replace(self.endpoint, base_url=f"{address}/v1", api_key=key)
        return self._reached

    async def stop(self) -> None:
        """Ends it for good, with whatever it is at; a second time does nothing."""
        self._closing = True
        await self._end()

    async def _end(self) -> None:
        """It keeps nothing, so that it can be ended at any moment."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        await process.wait()

    async def _started(self, key: str) -> str:
        told = self._settings(key)
        with tempfile.TemporaryFile() as complaints:
            self._process = process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", str(_SCRIPT)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env={**_POLITE, **os.environ},
            )
            try:
                # Who closes while the process is being made has found none to end.
                address = "" if self._closing else await _asked(process, json.dumps(told))
            except BaseException:
                await self._end()
                raise
            if not address:
                await self._end()
                self._check_open()
                raise Away(f"llama.cpp can't load {self.path}: {_reason(complaints)}.")
        return address

    def _check_open(self) -> None:
        if self._closing:
            raise Away("Moot is closing and asks no model any more.")

    def _settings(self, key: str) -> dict[str, object]:
        try:
            weights = gguf.read(self.path)
        except ConfigError as error:
            gone = f"The model file {self.path} is gone (gguf)."
            raise Away(str(error) if self.path.exists() else gone) from None
        context = self.context or min(weights.context or SMALLEST_CONTEXT, LARGEST_CONTEXT)
        self._check_memory(weights, context)
        return {
            "path": str(self.path.absolute()),
            "name": self.endpoint.model,
            "context": context,
            "threads": self.threads or _cores(),
            "key": key,
        }

    def _check_memory(self, weights: gguf.Weights, context: int) -> None:
        needed, free = weights.size + (weights.cache or 0) * context, _free_memory()
        if free is not None and needed > free:
            raise Away(
                f"{self.path.name} with a context of {context:,} tokens needs some "
                f"{needed / 1e9:.1f} GB of memory and {free / 1e9:.1f} GB are free: take a smaller "
                "file (gguf), or a smaller context."
            )


async def _asked(process: Process, line: str) -> str:
    """The server's address; empty where it ended instead."""
    if process.stdin is None or process.stdout is None:  # never: both were asked for
        return ""
    try:
        process.stdin.write(f"{line}\n".encode())
        await process.stdin.drain()
    except (BrokenPipeError, ConnectionResetError):
        return ""
    return (await process.stdout.readline()).decode().strip()


def _reason(complaints: BinaryIO) -> str:
    complaints.seek(0)
    lines = complaints.read().decode(errors="replace").splitlines()
    found = [match[1] for line in lines if (match := _WHY.search(line))]
    return (found or lines or ["it gave no reason"])[-1].strip().rstrip(".")


def _cores() -> int | None:
    """None leaves it to llama.cpp, which takes the physical cores: a second thread on one slows
    both. Fewer where this process may use fewer."""
    if not hasattr(os, "sched_getaffinity"):
        return None
    allowed = len(os.sched_getaffinity(0))
    return allowed if allowed < (os.cpu_count() or 1) else None


def _free_memory() -> int | None:
    """Bytes that programs can have without swapping, where Linux tells."""
    try:
        told = dict(line.split(":", 1) for line in _MEMORY.read_text().splitlines())
        return int(told["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return None
