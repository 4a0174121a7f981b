"""What a server answered, in whichever of the shapes that servers have for it.

Servers differ in where they put the words, the thoughts, the reason of an end, and an error. What
is none of these shapes is told apart here, so that nobody else meets it. No network, no prompts.
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from bot.core.summary import Usage

NO_JSON = "answered with something that is not JSON"
NO_COMPLETION = "answered with something that is no chat completion"
A_PAGE = (
    "answered with a web page, which is no chat completion: its address (base_url) is not that of "
    "a model"
)
MOST_TOLD = 10_000_000
"""Tokens of one call that a server is believed to have counted: no model takes or writes more."""
_CUT = frozenset({"length", "max_tokens", "max_output_tokens"})
_FILTERED = frozenset({"content_filter", "safety", "prohibited_content"})
_THOUGHTS = ("reasoning_content", "reasoning", "thinking")
"""The fields of a message in which servers put what a model thought."""

Object = Mapping[str, Any]


class NoCompletion(Exception):
    """A body that is none; the text says what it is instead, as a predicate of the server."""


class ErrorBody(Exception):
    """A body with status 200 that tells of an error; `body` is what it tells."""

    def __init__(self, body: Any) -> None:
        super().__init__()
        self.body = body


@dataclass(frozen=True, slots=True)
class Completion:
    """The words of an answer and the thoughts before it.

    `cut` where it was cut off at its length, `refused` why there is none; `told` is what the server
    says that it cost, None where it says nothing that can be so. `cap` is the length in tokens that
    it was asked to keep to, `unstreamed` where it came whole though a stream was asked for.
    """

    text: str = ""
    thoughts: str = ""
    cut: bool = False
    refused: str | None = None
    told: Usage | None = None
    cap: int = 0
    unstreamed: bool = False


def completion(body: bytes, charset: str | None = None) -> Completion:
    """The completion in a body. Raises NoCompletion, ErrorBody."""
    text = decoded(body, charset)
    if text.lstrip().startswith(("data:", "event:", ":")):
        return streamed(events(text.splitlines()))
    return _whole(_object(_parsed(text)))


def listing(body: bytes, charset: str | None = None) -> list[dict[str, Any]]:
    """The models that a server lists, each with a text as its `id`. Raises NoCompletion."""
    told = _parsed(decoded(body, charset))
    listed = _mapping(told).get("data", _mapping(told).get("models", told))
    if not isinstance(listed, list):
        raise NoCompletion(NO_JSON)
    models = (_model(each) for each in cast("list[Any]", listed))
    return [each for each in models if isinstance(each.get("id"), str)]


def _model(told: Any) -> dict[str, Any]:
    if isinstance(told, str):
        return {"id": told}
    given = dict(_mapping(told))
    return {**given, "id": given.get("id", given.get("name"))}


def decoded(body: bytes, charset: str | None = None) -> str:
    """The text of a body, whatever is said of its charset: JSON shows its own."""
    for name in (json.detect_encoding(body), charset):
        try:
            return body.decode(name or "utf-8")
        except (ValueError, LookupError):
            continue
    return body.decode("utf-8", errors="replace")


def events(lines: Iterable[str]) -> Iterator[Object]:
    """The events of a stream; what is none is passed over."""
    for line in lines:
        if (event := event_in(line)) is not None:
            yield event


def event_in(line: str) -> Object | None:
    """The event in a line of a stream, if there is one."""
    if not line.startswith("data:"):
        return None
    try:
        told = json.loads(line.removeprefix("data:"))
    except (ValueError, RecursionError):
        return None
    return cast("Object", told) if isinstance(told, dict) else None


def streamed(told: Iterable[Object], *, cut: bool = False) -> Completion:
    """The completion that events come to; `cut` where no more of them were waited for."""
    pieces = [_event(event) for event in told]
    if not pieces:
        raise NoCompletion(NO_COMPLETION)
    return Completion(
        text="".join(each.text for each in pieces),
        thoughts="".join(each.thoughts for each in pieces),
        cut=cut or any(each.cut for each in pieces),
        refused=next((each.refused for each in pieces if each.refused), None),
        told=next((each.told for each in reversed(pieces) if each.told), None),
    )


def _event(event: Object) -> Completion:
    """A piece of a stream; the last one may have a count alone."""
    if event.get("error"):
        raise ErrorBody(event)
    if not _sequence(event.get("choices")):
        return Completion(told=usage(event.get("usage")))
    return _whole(event)


def _parsed(text: str) -> Any:
    if text.lstrip().startswith("<"):
        raise NoCompletion(A_PAGE)
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise NoCompletion(NO_JSON) from None


def _object(document: Any) -> Object:
    if not isinstance(document, dict):
        raise NoCompletion(NO_COMPLETION)
    return cast("Object", document)


def _whole(body: Object) -> Completion:
    choices = (_mapping(each) for each in _sequence(body.get("choices")))
    choice = next(filter(None, choices), _mapping(None))
    if error := choice.get("error") or body.get("error"):
        raise ErrorBody({"error": error})
    message = choice.get("message", choice.get("delta", choice.get("text")))
    told = {"content": message} if isinstance(message, str) else _mapping(message)
    if not choice or (not told and "delta" not in choice):
        raise NoCompletion(NO_COMPLETION)
    finish = str(choice.get("finish_reason")).lower()
    return Completion(
        text=_text(told.get("content")) or _called(told),
        thoughts=next(filter(None, (_text(told.get(name)) for name in _THOUGHTS)), ""),
        cut=finish in _CUT,
        refused=_refused(told, finish),
        told=usage(body.get("usage")),
    )


def _refused(message: Object, finish: str) -> str | None:
    """In this house's words: a refusal's own are the model's, and nothing has checked them."""
    if finish in _FILTERED:
        return "its content filter stopped the answer"
    return "it would not answer" if message.get("refusal") else None


def _text(content: Any) -> str:
    """The words in what a message holds: a text, pieces of one, or the answer as an object."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(map(_piece, cast("list[Any]", content)))
    if isinstance(content, dict):
        return _piece(content) or json.dumps(content)
    return ""


def _piece(piece: Any) -> str:
    if isinstance(piece, str):
        return piece
    text = _mapping(piece).get("text")
    return text if isinstance(text, str) else ""


def _called(message: Object) -> str:
    """The arguments of the first function that a model calls in place of answering."""
    calls = (_mapping(each).get("function") for each in _sequence(message.get("tool_calls")))
    for call in (*calls, message.get("function_call")):
        given = _mapping(call).get("arguments")
        if isinstance(given, str):
            return given
    return ""


def usage(told: Any) -> Usage | None:
    """What a server counted, where it did: two whole numbers that a call can come to."""
    prompt, written = (
        _count(_mapping(told).get(name)) for name in ("prompt_tokens", "completion_tokens")
    )
    return None if prompt is None or written is None else Usage(1, prompt, written)


def _count(told: Any) -> int | None:
    if isinstance(told, bool) or not isinstance(told, int | float) or not math.isfinite(told):
        return None
    return int(told) if told == int(told) and 0 <= told <= MOST_TOLD else None


def _mapping(value: Any) -> Object:
    return cast("Object", value) if isinstance(value, dict) else {}


def _sequence(value: Any) -> Sequence[Any]:
    return cast("Sequence[Any]", value) if isinstance(value, list) else ()
