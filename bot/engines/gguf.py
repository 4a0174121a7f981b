"""What a model file in the GGUF format says of itself, read from its head alone.

The layout is that of the format's specification (ggml, docs/gguf.md), versions 2 and 3, little
endian: magic, version, two counts, then keys with typed values. The tensors are llama.cpp's affair.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from bot.core.errors import ConfigError

_MAGIC = b"GGUF"
_NUMBERS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?"} | {
    10: "Q",
    11: "q",
    12: "d",
}
"""The format's numbers for value types, as `struct` names the types."""
_STRING, _ARRAY = 8, 9
_LONGEST = 10_000_000
"""Bytes of a text in the head, and values of a list: templates and vocabularies have far fewer."""
_CACHED = 2 * 2
"""Bytes of cache a dimension and token: a key and a value, in 16 bits each."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A model file: its size in bytes, and what its model takes.

    `context` is in tokens, `cache` in bytes of memory a token of context; None where the file does
    not say. Models whose attention slides over a part of the context take less.
    """

    size: int
    context: int | None
    cache: int | None


def check(path: Path) -> None:
    """Raises ConfigError unless there is a file that begins as GGUF does."""
    try:
        with path.open("rb") as file:
            magic = file.read(len(_MAGIC))
    except FileNotFoundError:
        raise ConfigError(
            f"There is no model file {path}: see `gguf` under [llm] in the configuration."
        ) from None
    except OSError as error:
        raise ConfigError(f"The model file {path} can't be read: {error.strerror}.") from None
    if magic != _MAGIC:
        raise ConfigError(
            f"{path} is not a GGUF file: give `gguf` under [llm] a model in llama.cpp's format."
        )


def read(path: Path) -> Weights:
    """What the file says. Raises ConfigError where it is none, or its head is not whole."""
    check(path)
    try:
        with path.open("rb") as file:
            told = _head(file)
        return _weights(path.stat().st_size, told)
    except (OSError, ValueError, struct.error, KeyError, OverflowError, RecursionError):
        raise ConfigError(
            f"The model file {path} is damaged or of a kind unknown here: download it again."
        ) from None


def _head(file: BinaryIO) -> dict[str, Any]:
    file.seek(len(_MAGIC))
    _version, _tensors, count = _unpack(file, "IQQ")
    return {_text(file): _value(file, *_unpack(file, "I")) for _ in range(count)}


def _whole(told: Mapping[str, Any], name: str) -> int | None:
    """A whole number above nothing; what is none was not said."""
    value = told.get(name)
    is_one = isinstance(value, int) and not isinstance(value, bool) and value > 0
    return value if is_one else None


def _value(file: BinaryIO, kind: int) -> Any:
    if kind == _STRING:
        return _text(file)
    if kind == _ARRAY:
        each, count = _unpack(file, "IQ")
        if count > _LONGEST:
            raise ValueError(count)
        return [_value(file, each) for _ in range(count)]
    (number,) = _unpack(file, _NUMBERS[kind])
    return number


def _text(file: BinaryIO) -> str:
    (length,) = _unpack(file, "Q")
    if length > _LONGEST:
        raise ValueError(length)
    return file.read(length).decode(errors="replace")


def _unpack(file: BinaryIO, form: str) -> tuple[Any, ...]:
    form = f"<{form}"
    return struct.unpack(form, file.read(struct.calcsize(form)))


def _weights(size: int, told: Mapping[str, Any]) -> Weights:
    own = f"{told['general.architecture']}."
    return Weights(size, _whole(told, f"{own}context_length"), _cache_per_token(told, own))


def _cache_per_token(told: Mapping[str, Any], own: str) -> int | None:
    layers, width = _whole(told, f"{own}block_count"), _whole(told, f"{own}embedding_length")
    heads = _whole(told, f"{own}attention.head_count")
    if layers is None or width is None or heads is None:
        return None
    length = _whole(told, f"{own}attention.key_length") or width // heads
    keyed = told.get(f"{own}attention.head_count_kv")
    each = [int(value) for value in keyed] if isinstance(keyed, list) else None  # pyright: ignore
    in_all = (
        sum(each) if each else (_whole(told, f"{own}attention.head_count_kv") or heads) * layers
    )
    return in_all * length * _CACHED
