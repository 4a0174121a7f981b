"""The one way out to standard output: a JSON document, or something laid out by rich."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any, TypeVar

import click
from rich.console import Console, RenderableType

from bot.core.inert import json_text
from bot.core.summary import Text

T = TypeVar("T")


def show(result: T, as_json: bool, layout: Callable[[T], RenderableType]) -> None:
    """Prints a result as one JSON document, or laid out for a terminal."""
    if as_json:
        click.echo(json_text(_plain(result)))
    else:
        Console(highlight=False, emoji=False, markup=False).print(layout(result))


def _plain(value: Any) -> Any:
    """Results as JSON has them; a field may have another name there, or none."""
    if isinstance(value, Text):
        return {"text": value.text, "evidence": _plain(value.evidence)}
    if is_dataclass(value) and not isinstance(value, type):
        printed = (each for each in fields(value) if each.metadata.get("printed", True))
        return {
            each.metadata.get("name", each.name): _plain(getattr(value, each.name))
            for each in printed
        }
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}  # pyright: ignore
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]  # pyright: ignore
    return value.isoformat() if isinstance(value, datetime) else value
