"""Importers turn files of other programs into threads: one module a format.

A format is recognised by what is in a file, never by its name. An importer knows its format and
the words of the core; it must not know the archive, Discord's API, or who asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.core.errors import ImportFailed
from bot.core.model import Thread
from bot.importers import discord_export, discourse, page, unsuitable
from bot.importers.saved_file import SavedFile, opened


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file held: the format's name, and its topics with all their messages."""

    format: str
    threads: tuple[Thread, ...]


class Importer(Protocol):
    """One format. Each of the modules in FORMATS is one."""

    def recognises(self, saved: SavedFile) -> bool:
        """Whether the content looks like this format."""
        ...

    def threads(self, saved: SavedFile) -> tuple[Thread, ...]:
        """The content as threads; ImportFailed where it is not this format after all."""
        ...


FORMATS: Mapping[str, Importer] = {
    "page": page,
    "discord": discord_export,
    "discourse": discourse,
}


def read(path: Path, format_name: str | None = None) -> Imported:
    """A file's threads, whole or not at all: whatever is wrong with it is an ImportFailed.

    `format_name` is one of FORMATS; without it the content decides.
    """
    if format_name is not None and format_name not in FORMATS:
        raise ImportFailed(f'"{format_name}" is no format; there are {", ".join(FORMATS)}.')
    saved = opened(path)
    chosen = format_name or _recognised(saved)
    if not FORMATS[chosen].recognises(saved):
        _refuse_other_form(saved)
    try:
        return Imported(chosen, FORMATS[chosen].threads(saved))
    except RecursionError as error:
        raise ImportFailed(f"{saved.name} is nested too deep to be a discussion.") from error


def _recognised(saved: SavedFile) -> str:
    for name, importer in FORMATS.items():
        if importer.recognises(saved):
            return name
    if saved.damage:
        raise ImportFailed(saved.damage)
    _refuse_other_form(saved)
    raise ImportFailed(
        f"{saved.name} is in none of the formats that can be imported ({', '.join(FORMATS)}); "
        f"if you know that it is one of them, name it with --format, else {unsuitable.INSTEAD}"
    )


def _refuse_other_form(saved: SavedFile) -> None:
    """Raises ImportFailed for HTML and the like; after the formats, since a title may begin so."""
    if sentence := unsuitable.other_form(saved.name, saved.text):
        raise ImportFailed(sentence)
