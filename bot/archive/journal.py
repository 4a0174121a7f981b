"""A journal beside the database: what must not be lost with the process before it is written there.

A deletion that was heard while another program holds the database waits in memory, and a card that
was just posted is not known yet. Either would be lost with a kill, and what is lost so is found
nowhere again. So it is noted here first, and struck out once the database has it: a line of JSON
each, by ids, with no word of a message. While nothing waits the file is empty.

No line is synchronised with the disk: it outlives the process, and where the power fails the
database itself may lose its latest writes.
"""

import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

log = logging.getLogger(__name__)

ENDING = "-pending"
MOST = 100_000
"""Entries at a time, some hundred bytes each: a database that is held for hours fills no disk."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What was noted: of a kind, and about ids."""

    kind: str
    about: Mapping[str, Any]


class Journal:
    """The journal of one database. One process at a time has it open."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ENDING)
        self._file: int | None = None
        self._entries: dict[int, Entry] = {}
        self._next = 1
        self._is_refused = False

    def open(self) -> None:
        """Finds what an earlier process left. A line that can't be read is passed over."""
        try:
            text = self._path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return
        except OSError as error:
            self._tell(error)
            return
        self._entries = dict(_entries(text))
        self._next = max(self._entries, default=0) + 1

    def left(self, *kinds: str) -> dict[int, Entry]:
        """The entries of these kinds that are not struck out, by their numbers, oldest first."""
        return {number: each for number, each in self._entries.items() if each.kind in kinds}

    def note(self, kind: str, **about: Any) -> int | None:
        """Notes something; its number, or None where it can't be written down."""
        if len(self._entries) >= MOST:
            return None
        number = self._next
        if not self._append({"n": number, "kind": kind, "about": about}):
            return None
        self._next += 1
        self._entries[number] = Entry(kind, about)
        return number

    def strike(self, number: int | None) -> None:
        """Strikes an entry out; once no other is left, the file is empty."""
        if number is None or self._entries.pop(number, None) is None:
            return
        if self._entries:
            self._append({"struck": number})
        else:
            self._empty()

    def close(self) -> None:
        """Closes the file. What is left in it is found at the next opening."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        if not self._entries:
            with suppress(OSError):
                self._path.unlink()

    def _append(self, line: Mapping[str, Any]) -> bool:
        # A line that a full disk has cut is ended by the next one.
        data = b"\n" + json.dumps(line).encode() + b"\n"
        try:
            is_whole = os.write(self._opened(), data) == len(data)
        except OSError as error:
            self._tell(error)
            return False
        self._is_refused = False
        return is_whole

    def _empty(self) -> None:
        try:
            os.ftruncate(self._opened(), 0)
        except OSError as error:
            self._tell(error)

    def _tell(self, error: OSError) -> None:
        """Once, until it can be used again: what is heard is followed all the same."""
        if not self._is_refused:
            log.error("The journal beside the database can't be used (%s).", error.strerror)
        self._is_refused = True

    def _opened(self) -> int:
        """For its owner alone: a key to an answer of Moot's may be in it for a moment."""
        if self._file is None:
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0)
            self._file = os.open(self._path, flags, 0o600)
        return self._file


def _entries(text: str) -> Iterator[tuple[int, Entry]]:
    """The entries that are not struck out. A number noted twice counts as it was noted last."""
    found: dict[int, Entry] = {}
    for line in filter(None, text.split("\n")):
        match _parsed(line):
            case {"n": int(number), "kind": str(kind), "about": about} if number > 0:
                found[number] = Entry(kind, _as_dict(about))
            case {"struck": int(number)}:
                found.pop(number, None)
            case _:
                log.warning("A line of the journal can't be read, and is passed over.")
    yield from found.items()


def _parsed(line: str) -> dict[str, Any]:
    try:
        return _as_dict(json.loads(line))
    except (ValueError, RecursionError):
        return {}


def _as_dict(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
