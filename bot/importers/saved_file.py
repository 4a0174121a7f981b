"""A file as it lies on the disk, brought in once and safely, before any format looks at it.

It knows sizes, encodings and JSON; it must not know what a discussion is.
"""

import codecs
import json
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from bot.core.errors import ImportFailed
from bot.core.inert import one_line
from bot.importers import unsuitable

SIZE_LIMIT = 256 * 1024 * 1024
"""Bytes. The whole file is held in memory, several times over once JSON is parsed."""

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file's text. `document` is its parsed JSON, None where it is not JSON.

    `damage` is the sentence to show where the text sets out to be JSON and is not whole.
    """

    name: str
    text: str
    document: dict[str, object] | list[object] | None = None
    damage: str | None = None

    @property
    def fields(self) -> frozenset[str]:
        """The names at the top of its JSON object; none where it is anything else."""
        return frozenset(self.document if isinstance(self.document, dict) else ())


def opened(path: Path) -> SavedFile:
    """The file at `path`; ImportFailed says what keeps it from being read."""
    name = one_line(str(path))
    _refuse(unsuitable.address(name))
    try:
        _check(path, name)
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise ImportFailed(f"{name} is not there; check the path.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ImportFailed(f"{name} can't be read ({reason}); check the path.") from error
    _refuse(unsuitable.packed(name, raw))
    return _parsed(name, _decoded(name, raw))


def _refuse(sentence: str | None) -> None:
    if sentence:
        raise ImportFailed(sentence)


def _check(path: Path, name: str) -> None:
    facts = path.stat()
    if S_ISDIR(facts.st_mode):
        raise ImportFailed(f"{name} is a folder; name the files in it.")
    if not S_ISREG(facts.st_mode):
        raise ImportFailed(f"{name} is not an ordinary file; save what it gives to one first.")
    if facts.st_size > SIZE_LIMIT:
        raise ImportFailed(
            f"{name} has {facts.st_size / 2**20:,.0f} MB, more than the {SIZE_LIMIT // 2**20} MB "
            "that can be taken in at once; export it in parts."
        )


def _decoded(name: str, raw: bytes) -> str:
    encoding = "utf-16" if raw.startswith(_UTF16_MARKS) else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise ImportFailed(
            f"{name} is not text in UTF-8 (see byte {error.start + 1}); save or export it as UTF-8."
        ) from error
    if "\0" in text:
        raise ImportFailed(f"{name} is not a text file; save or export the discussion as text.")
    if not text.strip():
        raise ImportFailed(f"{name} is empty; save or export it again.")
    return text


def _parsed(name: str, text: str) -> SavedFile:
    if text.lstrip()[0] not in "{[":
        return SavedFile(name, text)
    try:
        return SavedFile(name, text, document=json.loads(text))
    except RecursionError as error:
        raise ImportFailed(f"{name} is nested too deep to be a discussion.") from error
    except ValueError as error:
        place = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        damage = f"{name} is cut off or damaged JSON{place}; export or download it again."
        return SavedFile(name, text, damage=damage)
