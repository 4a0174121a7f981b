"""Drafts whose quotes a model typed out, and where in the thread they are to be found."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.core.arrangement import Stance
from bot.core.model import Message
from bot.core.summary import Quote
from bot.engines.llm import shapes

LONGEST = 600
"""Characters that a text of the answer may have."""
MOST_VIEWPOINTS, MOST_QUOTES, MOST_REPLIES = 20, 20, 8
"""How many a list may have."""


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


def summary(own_server: bool) -> Mapping[str, Any]:
    """The JSON schema of a summary; bounded on a server of one's own, as small models run on."""
    text, listed = _kinds(own_server)
    quotes = listed(MOST_QUOTES, author=text, quote=text)
    viewpoints = listed(MOST_VIEWPOINTS, claim=text, quotes=quotes)
    return shapes.closed({"headline": text, "viewpoints": viewpoints})


def answer(own_server: bool) -> Mapping[str, Any]:
    """The JSON schema of an answer."""
    text, listed = _kinds(own_server)
    said = shapes.text(LONGEST, own_server, optional=True)
    return shapes.closed({"answer": said, "quotes": listed(MOST_QUOTES, author=text, quote=text)})


def replies(own_server: bool) -> Mapping[str, Any]:
    """The JSON schema of replies."""
    text, listed = _kinds(own_server)
    beyond = shapes.text(LONGEST, own_server, optional=True)
    return shapes.closed({"replies": listed(MOST_REPLIES, text=text, beyond=beyond)})


def _kinds(own_server: bool) -> tuple[Mapping[str, Any], Callable[..., dict[str, Any]]]:
    """A text, and what makes a list of objects."""

    def listed(most: int, **properties: Any) -> dict[str, Any]:
        bound = {"maxItems": most} if own_server else {}
        return {"type": "array", "items": shapes.closed(properties), **bound}

    return shapes.text(LONGEST, own_server), listed


def found(messages: Sequence[Message], typed: Iterable[TypedQuote]) -> tuple[Quote, ...]:
    """Each quote with the message of that person that has it; with no message, where none has."""
    return tuple(_found(messages, each) for each in typed)


def _found(messages: Sequence[Message], typed: TypedQuote) -> Quote:
    """The message's own white space stands in the quote: the model was shown each on one line."""
    theirs = (each for each in messages if each.author.name.strip() == typed.author.strip())
    words = r"\s+".join(map(re.escape, typed.quote.split()))
    found = ((each, re.search(words, each.content)) for each in theirs if words)
    source, slice_ = next(((each, at.group()) for each, at in found if at), (None, typed.quote))
    return Quote(
        message_id=source.source_id if source else "",
        author=source.author.name if source else typed.author,
        quote=slice_.strip(),
        stance=Stance.SUPPORTS,
        url=None,
        posted_at=source.posted_at if source else None,
    )
