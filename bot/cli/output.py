"""The one way out to standard output: a JSON document, or something laid out by rich.

On a terminal lines are as wide as it is. In a pipe or a file a paragraph is a line, whose ends
nobody has to mend, and no line ends with spaces.
"""

import sys
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime
from io import StringIO
from typing import Any, TypeVar

from rich.console import Console, RenderableType

from bot.cli.streams import written
from bot.core.inert import json_text
from bot.core.summary import Text

T = TypeVar("T")
WIDEST = 4_000
"""Columns of a table in a pipe."""


def show(result: T, as_json: bool, layout: Callable[[T], RenderableType]) -> None:
    """Prints a result as one JSON document, or laid out for whoever reads it."""
    if as_json:
        written(json_text(plain(result)))
    elif sys.stdout is not None and sys.stdout.isatty():
        console().print(layout(result))
    else:
        written(unwrapped(layout(result)))


def console(**settings: Any) -> Console:
    """A console that takes no word for markup."""
    return Console(highlight=False, emoji=False, markup=False, **settings)


def unwrapped(part: RenderableType) -> str:
    """A part as a pipe or a file gets it."""
    out = StringIO()
    console(file=out, width=WIDEST).print(part, soft_wrap=True)
    return "\n".join(map(str.rstrip, out.getvalue().rstrip("\n").split("\n")))


def plain(value: Any) -> Any:
    """Results as JSON has them; a field may have another name there, or none."""
    if isinstance(value, Text):
        return {"text": value.text, "evidence": plain(value.evidence)}
    if is_dataclass(value) and not isinstance(value, type):
        printed = (each for each in fields(value) if each.metadata.get("printed", True))
        return {
            each.metadata.get("name", each.name): plain(getattr(value, each.name))
            for each in printed
        }
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}  # pyright: ignore
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]  # pyright: ignore
    return value.isoformat() if isinstance(value, datetime) else value
