"""The server process: Truth and a scripted model, told what to do through a pipe.

It outlives every bot, and ends with whoever holds the other end of the pipe.
"""

import asyncio
import multiprocessing
import random
import re
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any, Self

from tests.crash.truth import Told, Truth
from tests.crash.words import words_in
from tests.endpoint import Reply
from tests.endpoint import serving as serving_model
from tests.engines.llm.world import GoodModel
from tests.wire.server import serving

SLOWEST = 0.08
"""Seconds that the model takes at most: kills are to come between its answers."""
PATIENCE = 90
"""Seconds for anything that the server is asked for."""
_SHOWN = re.compile(r"^(\d+\.\d+)(?: P\d+)? \| (.*)$", re.MULTILINE)
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.crash.bot", "tests.crash.server", "openai"])


@dataclass
class Server:
    """The server as the test has it. What is asked for is what Truth does, by its name."""

    process: ForkServerProcess
    pipe: Connection
    port: int
    model_url: str

    @classmethod
    def start(cls, seed: int) -> Self:
        """Starts it, and waits until it listens."""
        ours, theirs = processes.Pipe()
        process = processes.Process(target=_run, args=(theirs, str(seed)), daemon=True)
        process.start()
        theirs.close()
        return cls(process, ours, *ours.recv())

    def __call__(self, what: str, *about: Any) -> Any:
        """Has Truth do something, and waits for what comes of it: `server("happen", 20)`."""
        self.pipe.send((what, about))
        if not self.pipe.poll(PATIENCE):
            raise TimeoutError(f"The server does not come back from {what}.")
        return self.pipe.recv()

    def tell(self) -> Told:
        """What there is now."""
        told: Told = self("tell")
        return told

    def end(self) -> None:
        """Ends the process."""
        self.pipe.close()
        self.process.join(10)


def _run(pipe: Connection, seed: str) -> None:
    asyncio.run(_serve(pipe, seed))


async def _serve(pipe: Connection, seed: str) -> None:
    with serving_model(_Slowly(seed)) as model:
        async with serving(Truth(seed=seed)) as truth:
            pipe.send((truth.port, model.url))
            while asked := await asyncio.to_thread(_heard, pipe):
                what, about = asked
                pipe.send(await getattr(truth, what)(*about))


def _heard(pipe: Connection) -> tuple[str, tuple[Any, ...]] | None:
    try:
        return pipe.recv()
    except EOFError:
        return None


class _Slowly(GoodModel):
    """Answers well, with a word of the newest message in the lead, and takes its time."""

    def __init__(self, seed: str) -> None:
        super().__init__()
        self._chance = random.Random(seed)

    def __call__(self, request: dict[str, Any]) -> Reply:
        time.sleep(self._chance.uniform(0, SLOWEST))
        return super().__call__(request)

    def on_brief(self, content: str) -> Any:
        return super().on_brief(content) | {"lead": _lead(content)}

    def on_carry(self, content: str) -> Any:
        return super().on_carry(content) | {"lead": _lead(content)}


def _lead(content: str) -> str:
    """What is shown can be told from all else that was ever said by its words."""
    told = [(id_, word) for id_, words in _SHOWN.findall(content) for word in words_in(words)]
    id_, word = told[-1]
    return f"They talk of {word}, **and nothing is settled** [{id_}]."
