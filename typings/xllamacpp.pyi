"""What Moot uses of xllamacpp, which ships no types."""

class _Model:
    path: str

class _Threads:
    n_threads: int

class CommonParams:
    model: _Model
    model_alias: set[str]
    n_ctx: int
    n_parallel: int
    fit_params: bool
    cache_ram_mib: int
    use_jinja: bool
    verbosity: int
    cpuparams: _Threads
    cpuparams_batch: _Threads
    hostnames: list[str]
    port: int
    api_keys: list[str]
    cors_origins: str
    ui: bool
    endpoint_slots: bool

class Server:
    listening_address: str
    def __init__(self, params: CommonParams) -> None: ...
