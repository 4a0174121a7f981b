"""Drafts whose quotes a model typed out, and where in the thread they are to be found."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.core.arrangement import Stance
from bot.core.model import Message
from bot.core.summary import Quote
from bot.engines.llm import shapes

LONGEST = 1_200
"""Characters that a text of the answer may have."""


class _Typed(BaseModel):
    model_config = ConfigDict(extra="ignore")


class TypedQuote(_Typed):
    author: str
    quote: str


class TypedViewpoint(_Typed):
    claim: str
    quotes: list[TypedQuote]


class TypedSummary(_Typed):
    headline: str
    viewpoints: list[TypedViewpoint]


class TypedAnswer(_Typed):
    answer: str | None
    quotes: list[TypedQuote]


class TypedReply(_Typed):
    text: str
    beyond: str | None = None


class TypedReplies(_Typed):
    replies: list[TypedReply]


def _text(optional: bool = False) -> dict[str, Any]:
    return shapes.text(LONGEST, own_server=False, optional=optional)


def _list(**properties: Any) -> dict[str, Any]:
    return {"type": "array", "items": shapes.closed(properties)}


_QUOTES = _list(author=_text(), quote=_text())
SUMMARY = shapes.closed({"headline": _text(), "viewpoints": _list(claim=_text(), quotes=_QUOTES)})
ANSWER = shapes.closed({"answer": _text(optional=True), "quotes": _QUOTES})
REPLIES = shapes.closed({"replies": _list(text=_text(), beyond=_text(optional=True))})


def found(messages: Sequence[Message], typed: Iterable[TypedQuote]) -> tuple[Quote, ...]:
    """Each quote with the message of that person that has it; with no message, where none has."""
    return tuple(_found(messages, each) for each in typed)


def _found(messages: Sequence[Message], typed: TypedQuote) -> Quote:
    theirs = (each for each in messages if each.author.name.strip() == typed.author.strip())
    words = typed.quote.strip()
    source = next((each for each in theirs if words and words in each.content), None)
    return Quote(
        message_id=source.source_id if source else "",
        author=source.author.name if source else typed.author,
        quote=words,
        stance=Stance.SUPPORTS,
        url=None,
        posted_at=source.posted_at if source else None,
    )
