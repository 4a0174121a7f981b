"""JSON schemas of answers: every property required and nothing else, as strict servers want it."""

from collections.abc import Mapping
from typing import Any

HEADROOM = 60
"""Characters over a text's limit that a schema allows: a bound that cuts a sentence in mid-word
must leave room to see that it was cut."""


def closed(properties: Mapping[str, Any]) -> dict[str, Any]:
    """An object with just these properties."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def text(limit: int, own_server: bool, *, optional: bool = False) -> dict[str, Any]:
    """A text of about `limit` characters; hosted servers take no bound in a strict schema."""
    string: dict[str, Any] = {"type": "string"}
    if own_server:
        string["maxLength"] = limit + HEADROOM
    return {"anyOf": [{"type": "null"}, string]} if optional else string


def labels(known: list[str], own_server: bool) -> dict[str, Any]:
    """A list of labels, spelled out where the server decodes under the schema."""
    label: dict[str, Any] = {"type": "string"}
    bound: dict[str, Any] = {}
    if own_server and known:
        label["enum"] = known
        bound["maxItems"] = len(known)
    return {"type": "array", "items": label, **bound}
