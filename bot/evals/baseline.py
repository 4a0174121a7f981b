"""What other tools do: one prompt over as much of the thread as fits, with quotes typed out.

Its drafts have the shapes of Moot's, so that suites measure both alike. A typed quote counts where
it stands letter for letter in a message of the person whom it is given to.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any, TypeVar

from pydantic import BaseModel

from bot.core.inert import one_line
from bot.core.model import Message, Thread
from bot.core.prompts import Prompt, parse
from bot.core.summary import (
    Answer,
    Count,
    EngineFacts,
    Intent,
    Quote,
    Receipt,
    ShownViewpoint,
    Suggestion,
    Suggestions,
    Summary,
    TopicFacts,
)
from bot.engines import Meter, Wanted
from bot.engines.chat import Chat, ContextTooLong, Request
from bot.evals import typed

T = TypeVar("T", bound=BaseModel)
USUAL_CONTEXT = 16_384
"""Tokens, where neither the configuration nor the server tells."""
CHARACTERS = 3
"""Of a token: fewer than plain English has, so that most threads fit at the first try."""
INSTRUCTIONS = 500
"""Tokens for what stands around the thread."""
VARIABLES: Mapping[str, tuple[str, ...]] = {
    "summary": ("topic", "messages"),
    "answer": ("topic", "messages", "question"),
    "replies": ("topic", "messages", "count"),
}


class Baseline:
    """One call a draft; `context` (tokens) overrides what the server says."""

    def __init__(self, chat: Chat, context: int | None = None) -> None:
        self._chat = chat
        self._context = context
        self._prompts = {name: _prompt(name, known) for name, known in VARIABLES.items()}

    @property
    def facts(self) -> EngineFacts:
        """The model, and the prompts' hashes."""
        hashes = {name: prompt.hash for name, prompt in self._prompts.items()}
        return EngineFacts("baseline", self._chat.endpoint.model, hashes)

    async def close(self) -> None:
        """Lets go of connections."""
        await self._chat.close()

    async def summarise(self, thread: Thread) -> Summary:
        """A viewpoint for each that the model lists, held by those whom it quotes truly."""
        meter = Meter()
        told, shown = await self._ask("summary", thread, typed.TypedSummary, typed.summary, meter)
        viewpoints = tuple(
            _viewpoint(place, each.claim, typed.found(shown, each.quotes))
            for place, each in enumerate(told.viewpoints, start=1)
        )
        quotes = [quote for each in viewpoints for quote in each.evidence]
        return Summary(
            topic=_topic(thread),
            engine=self.facts,
            headline=told.headline,
            questions=(),
            viewpoints=viewpoints,
            agreements=(),
            receipt=_receipt(thread, shown, quotes),
            usage=meter.usage,
        )

    async def ask(self, thread: Thread, question: str) -> Answer:
        """An answer with the quotes that the model typed beneath it."""
        meter = Meter()
        told, shown = await self._ask(
            "answer", thread, typed.TypedAnswer, typed.answer, meter, question=one_line(question)
        )
        quotes = typed.found(shown, told.quotes)
        receipt = _receipt(thread, shown, quotes)
        return Answer(_topic(thread), self.facts, told.answer, quotes, receipt, meter.usage)

    async def suggest(self, thread: Thread, wanted: Wanted) -> Suggestions:
        """As many replies as are wanted; none of them names what it stands on."""
        meter = Meter()
        told, shown = await self._ask(
            "replies", thread, typed.TypedReplies, typed.replies, meter, count=str(wanted.count)
        )
        replies = tuple(
            Suggestion(place, Intent.BUILD, each.text, (), each.beyond, (), "baseline")
            for place, each in enumerate(told.replies[: wanted.count], start=1)
        )
        receipt = _receipt(thread, shown, ())
        return Suggestions(_topic(thread), self.facts, replies, receipt, meter.usage)

    async def _ask(
        self,
        name: str,
        thread: Thread,
        shape: type[T],
        schema: Callable[[bool], Mapping[str, Any]],
        meter: Meter,
        **variables: str,
    ) -> tuple[T, Sequence[Message]]:
        """The model's answer, and the messages that it was shown: half as many if too many."""
        shown = _fitting(thread.messages, await self._room(name))
        bounded = schema(self._chat.endpoint.base_url is not None)
        while True:
            request = self._request(name, thread, shown, variables)
            try:
                return await self._chat.ask(request, shape, meter, bounded), shown
            except ContextTooLong:
                if len(shown) < 2:
                    raise
                shown = shown[: len(shown) // 2]

    async def _room(self, name: str) -> int:
        """Characters of the thread that fit beside the instructions and the answer."""
        context = self._context or (await self._chat.model()).context or USUAL_CONTEXT
        return max(1, context - self._prompts[name].max_tokens - INSTRUCTIONS) * CHARACTERS

    def _request(
        self, name: str, thread: Thread, shown: Sequence[Message], variables: Mapping[str, str]
    ) -> Request:
        prompt = self._prompts[name]
        messages = "\n".join(f"{each.author.name}: {one_line(each.content)}" for each in shown)
        told = {"topic": one_line(thread.topic.title), "messages": messages, **variables}
        content = prompt.fill(told)
        return Request(name, prompt.instructions, content, prompt.max_tokens, prompt.temperature)


def _prompt(name: str, known: Sequence[str]) -> Prompt:
    text = (files("bot.evals") / "prompts" / f"{name}.md").read_text(encoding="utf-8")
    return parse(name, text, known)


def _fitting(messages: Sequence[Message], room: int) -> Sequence[Message]:
    """The first messages, and at least one."""
    for place, message in enumerate(messages):
        room -= len(message.author.name) + len(message.content) + 3
        if room < 0:
            return messages[: max(1, place)]
    return messages


def _viewpoint(place: int, claim: str, quotes: tuple[Quote, ...]) -> ShownViewpoint:
    holders = dict.fromkeys(each.author for each in quotes if each.message_id)
    return ShownViewpoint(place, claim, None, (), tuple(holders), quotes)


def _topic(thread: Thread) -> TopicFacts:
    people = {each.author.source_id for each in thread.messages}
    return TopicFacts(0, thread.topic.title, None, len(thread.messages), len(people))


def _receipt(thread: Thread, shown: Sequence[Message], quotes: Sequence[Quote]) -> Receipt:
    people = dict.fromkeys(each.author.name for each in thread.messages)
    quoted = {each.author for each in quotes if each.message_id}
    left_out = len(thread.messages) - len(shown)
    return Receipt(
        messages=len(thread.messages),
        read=len(shown),
        skipped=(Count("over_budget", left_out),) if left_out else (),
        authors=len(people),
        quoted=len(quoted),
        not_quoted=tuple(name for name in people if name not in quoted),
        rejected=(),
    )
