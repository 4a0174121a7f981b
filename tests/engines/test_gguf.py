"""The head of a model file: written here by hand as the format has it, and read from a real one."""

import struct
from pathlib import Path

import pytest

from bot.core.errors import ConfigError
from bot.engines.gguf import Weights, check, read
from tests.engines.small_model import weights

TEXT, ARRAY, U32 = 8, 9, 4


def text(value: str) -> bytes:
    return struct.pack("<Q", len(value)) + value.encode()


def entry(key: str, value: str | int | list[int]) -> bytes:
    if isinstance(value, str):
        return text(key) + struct.pack("<I", TEXT) + text(value)
    if isinstance(value, int):
        return text(key) + struct.pack("<II", U32, value)
    numbers = b"".join(struct.pack("<I", each) for each in value)
    return text(key) + struct.pack("<IIQ", ARRAY, U32, len(value)) + numbers


def written(path: Path, **told: str | int | list[int]) -> Path:
    """A file whose head tells these, with `__` for a dot in a key, and that holds nothing else."""
    entries = [entry(key.replace("__", "."), value) for key, value in told.items()]
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 0, len(entries)) + b"".join(entries))
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "model.gguf"


def test_a_real_file_says_its_context_and_what_a_token_takes() -> None:
    told = read(weights())
    assert told.context == 8192
    assert told.cache == 30 * 3 * 64 * 4  # layers, heads with a key, its length, two of 16 bits
    assert told.size == weights().stat().st_size


def test_heads_that_differ_from_layer_to_layer_are_added_up(path: Path) -> None:
    written(
        path,
        general__architecture="odd",
        tokenizer__ids=[1, 2, 3],
        odd__context_length=512,
        odd__block_count=2,
        odd__embedding_length=64,
        odd__attention__head_count=4,
        odd__attention__head_count_kv=[4, 1],
        odd__attention__key_length=8,
    )
    assert read(path) == Weights(path.stat().st_size, 512, (4 + 1) * 8 * 4)


def test_what_a_file_does_not_say_is_unknown(path: Path) -> None:
    written(path, general__architecture="odd", other__context_length=512)
    assert read(path) == Weights(path.stat().st_size, None, None)


def test_what_is_no_model_file_is_told_apart(path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no model file .*: see `gguf` under \[llm\]"):
        check(path)
    path.write_text("Dear all, this is a letter.")
    with pytest.raises(ConfigError, match="is not a GGUF file: give"):
        check(path)
    with pytest.raises(ConfigError, match="can't be read"):
        check(path.parent)


@pytest.mark.parametrize("length", [4, 10, 24, 40, 60])
def test_a_head_that_is_cut_off_is_damage(path: Path, length: int) -> None:
    whole = written(path, general__architecture="odd", odd__context_length=512).read_bytes()
    path.write_bytes(whole[:length])
    with pytest.raises(ConfigError, match="damaged or of a kind unknown here"):
        read(path)


def test_a_head_that_is_garbled_is_damage(path: Path) -> None:
    path.write_bytes(b"GGUF" + b"\xff" * 200)
    with pytest.raises(ConfigError, match="damaged"):
        read(path)


def _head(count: int, *entries: bytes) -> bytes:
    return b"GGUF" + struct.pack("<IQQ", 3, 0, count) + b"".join(entries)


@pytest.mark.parametrize(
    "head",
    [
        _head(2**63),
        _head(1, struct.pack("<Q", 2**63)),
        _head(1, struct.pack("<Q", 10**12)),
        _head(1, text("k") + struct.pack("<IIQ", ARRAY, U32, 2**60)),
        _head(1, text("k") + struct.pack("<IIQ", ARRAY, ARRAY, 1) * 2_000),
        _head(1, text("k") + struct.pack("<I", 99)),
        _head(0),
        b"GGUF",
    ],
)
def test_a_hostile_head_is_a_sentence(path: Path, head: bytes) -> None:
    path.write_bytes(head)
    with pytest.raises(ConfigError, match="damaged or of a kind unknown here"):
        read(path)


def test_numbers_that_can_t_be_are_as_if_unsaid(path: Path) -> None:
    written(path, general__architecture="odd", odd__context_length="many", odd__block_count=0)
    assert read(path) == Weights(path.stat().st_size, None, None)
