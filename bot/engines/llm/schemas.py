"""JSON schemas of answers, made from their models: every property required and nothing else, as
servers that decode strictly want it."""

from collections.abc import Mapping
from typing import Any, cast

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    """An answer of a model; what it has besides is not looked at."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)


def json_schema(shape: type[BaseModel]) -> Mapping[str, Any]:
    """The schema of an answer."""
    return cast("Mapping[str, Any]", _closed(shape.model_json_schema(by_alias=True)))


def _closed(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_closed(part) for part in cast("list[Any]", schema)]
    if not isinstance(schema, dict):
        return schema
    parts = cast("dict[str, Any]", schema)
    kept = {name: _closed(part) for name, part in parts.items() if name not in _NOISE}
    if isinstance(parts.get("properties"), dict):
        kept["properties"] = {name: _closed(part) for name, part in parts["properties"].items()}
        kept |= {"required": list(parts["properties"]), "additionalProperties": False}
    return kept


_NOISE = frozenset({"title", "default", "description"})
