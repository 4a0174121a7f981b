"""Answers and replies in which a model typed its quotes out, and where those are to be found."""

import re
from collections.abc import Iterable, Sequence
from typing import Annotated

from pydantic import Field

from bot.core.model import Message
from bot.core.summary import Evidence
from bot.engines.llm import schemas

Line = Annotated[str, Field(max_length=1_000)]


class TypedQuote(schemas.Answer):
    author: Line
    quote: Line


class TypedAnswer(schemas.Answer):
    answer: Line | None
    quotes: Annotated[list[TypedQuote], Field(max_length=20)]


class TypedReply(schemas.Answer):
    text: Line
    beyond: Line | None


class TypedReplies(schemas.Answer):
    replies: Annotated[list[TypedReply], Field(max_length=8)]


def found(messages: Sequence[Message], typed: Iterable[TypedQuote]) -> tuple[Evidence, ...]:
    """Each quote with the message of that person that has it; with no message, where none has."""
    return tuple(_found(messages, quote) for quote in typed)


def _found(messages: Sequence[Message], typed: TypedQuote) -> Evidence:
    """The message's own white space stands in the quote: the model was shown each on one line."""
    theirs = (each for each in messages if each.author.name.strip() == typed.author.strip())
    words = r"\s+".join(map(re.escape, typed.quote.split()))
    places = ((each, re.search(words, each.content)) for each in theirs if words)
    source, slice_ = next(((each, at.group()) for each, at in places if at), (None, typed.quote))
    return Evidence(
        message_id=source.source_id if source else "",
        author=source.author.name if source else typed.author,
        quote=slice_.strip(),
        url=None,
        posted_at=source.posted_at if source else None,
    )
