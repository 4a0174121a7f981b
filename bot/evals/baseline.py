"""What other tools do: one plain prompt over as much of the thread as fits.

The summary is free text that cites nothing. In answers the model types its quotes out; one counts
where it stands letter for letter in a message of the person whom it is given to. All have the
shapes of Moot's drafts, so that suites measure both alike.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from importlib.resources import files
from typing import TypeVar

from pydantic import BaseModel

from bot.core.inert import one_line
from bot.core.model import Message, Thread
from bot.core.prompts import Prompt, parse
from bot.core.summary import (
    Answer,
    Count,
    EngineFacts,
    Evidence,
    Intent,
    Receipt,
    Suggestion,
    Suggestions,
    Summary,
    Text,
    TopicFacts,
)
from bot.engines import Meter, Wanted
from bot.engines.chat import Chat, ContextTooLong, Request
from bot.engines.llm.schemas import json_schema
from bot.evals.typed import TypedAnswer, TypedReplies, found

T = TypeVar("T")
Shape = TypeVar("Shape", bound=BaseModel)
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
        """What the model writes, as it is."""
        meter = Meter()
        written, shown = await self._ask(
            "summary", thread, lambda request: self._chat.write(request, meter)
        )
        return Summary(
            topic=_topic(thread),
            engine=self.facts,
            since=None,
            to_you=(),
            lead=Text((written,), ()),
            points=(),
            open=(),
            people=(),
            receipt=_receipt(thread, shown, ()),
            usage=meter.usage,
        )

    async def ask(self, thread: Thread, question: str) -> Answer:
        """An answer with the quotes that the model typed beneath it."""
        meter = Meter()
        typed, shown = await self._ask(
            "answer", thread, self._typing(TypedAnswer, meter), question=one_line(question)
        )
        quotes = found(shown, typed.quotes)
        answer = Text((typed.answer,), quotes) if typed.answer else None
        receipt = _receipt(thread, shown, quotes)
        return Answer(_topic(thread), self.facts, answer, (), receipt, meter.usage)

    async def suggest(self, thread: Thread, wanted: Wanted) -> Suggestions:
        """As many replies as are wanted; none of them names what it stands on."""
        meter = Meter()
        typed, shown = await self._ask(
            "replies", thread, self._typing(TypedReplies, meter), count=str(wanted.count)
        )
        replies = tuple(
            Suggestion(place, Intent.BUILD, reply.text, (), reply.beyond, (), "baseline")
            for place, reply in enumerate(typed.replies[: wanted.count], start=1)
        )
        receipt = _receipt(thread, shown, ())
        return Suggestions(_topic(thread), self.facts, replies, receipt, meter.usage)

    def _typing(self, shape: type[Shape], meter: Meter) -> Callable[[Request], Awaitable[Shape]]:
        """Asks for an answer of a shape."""

        async def asking(request: Request) -> Shape:
            answer, _ = await self._chat.ask(request, shape, meter, json_schema(shape))
            return answer

        return asking

    async def _ask(
        self,
        name: str,
        thread: Thread,
        asking: Callable[[Request], Awaitable[T]],
        **variables: str,
    ) -> tuple[T, Sequence[Message]]:
        """The model's answer, and the messages that it was shown: half as many if too many."""
        shown = _fitting(thread.messages, await self._room(name))
        while True:
            try:
                return await asking(self._request(name, thread, shown, variables)), shown
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


def _topic(thread: Thread) -> TopicFacts:
    people = {each.author.source_id for each in thread.messages}
    return TopicFacts(0, thread.topic.title, None, len(thread.messages), len(people))


def _receipt(thread: Thread, shown: Sequence[Message], quotes: Sequence[Evidence]) -> Receipt:
    people = dict.fromkeys(message.author.name for message in thread.messages)
    cited = {quote.author for quote in quotes if quote.message_id}
    left_out = len(thread.messages) - len(shown)
    return Receipt(
        messages=len(thread.messages),
        read=len(shown),
        skipped=(Count("not_yet_read", left_out),) if left_out else (),
        authors=len(people),
        cited=len(cited),
        not_cited=tuple(name for name in people if name not in cited),
        rejected=(),
    )
