"""llama.cpp's server in a process of its own: a script that local.py runs, and nobody imports.

xllamacpp holds Python's global lock while it loads a model, and again while it stops, until the
prompt under way is read: with a model of 135M parameters on two busy cores that was up to 10 and
13 s in which nothing else of the process moved. Here nothing else has to, and to stop is to be
killed. It must import nothing of Moot's, so that it starts at once and from any folder.

On standard input comes one line of JSON, to which it answers with a line that holds its address.
When standard input ends, so does it, whether Moot closed it or died.
"""

import json
import os
import signal
import sys
from typing import Any

import xllamacpp

CACHED_PROMPTS = 256
"""MiB of memory for prompts read before; llama.cpp's own default would take up to 8 GiB."""
ERRORS = 1
"""llama.cpp's level of logging at which only what fails is told."""


def main() -> None:
    """Serves until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for Moot, which then ends this
    told = json.loads(sys.stdin.readline())
    try:
        server = xllamacpp.Server(_parameters(told))
    except RuntimeError:
        sys.exit(1)  # why, llama.cpp has told on standard error
    try:
        print(server.listening_address, flush=True)  # noqa: T201
        sys.stdin.read()
    finally:  # Moot may be gone before it can be told the address
        os._exit(0)  # not by way of the server's own end, which waits, at times for good


def _parameters(told: dict[str, Any]) -> xllamacpp.CommonParams:
    """Open to nobody but who has the key, on this computer."""
    parameters = xllamacpp.CommonParams()
    parameters.model.path = told["path"]
    parameters.model_alias = {told["name"]}
    parameters.n_ctx = told["context"]
    parameters.n_parallel = 1
    parameters.fit_params = False
    parameters.cache_ram_mib = CACHED_PROMPTS
    parameters.use_jinja = True
    parameters.verbosity = ERRORS
    if told["threads"]:
        parameters.cpuparams.n_threads = told["threads"]
        parameters.cpuparams_batch.n_threads = told["threads"]
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.api_keys = [told["key"]]
    parameters.cors_origins = ""
    parameters.ui = False
    parameters.endpoint_slots = False
    return parameters


if __name__ == "__main__":
    main()
