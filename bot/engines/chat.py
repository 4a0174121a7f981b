"""Chat completions with any OpenAI-compatible server.

Servers differ in what they take. A parameter that a server refuses by name is left out from then
on, a schema that it can't decode under is checked here instead, an answer that is cut off is
asked for once more with room, and one that is wrong once more with the reason. Of a prompt that
the server cut, no answer is taken.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar, cast

from pydantic import BaseModel, ValidationError

from bot.core.errors import ContextTooLong, EngineFailed
from bot.engines import Meter
from bot.engines.asking import Asking, Say
from bot.engines.breaker import Away
from bot.engines.completions import Completion
from bot.engines.connecting import BadSetting
from bot.engines.counting import cut_at
from bot.engines.estimate import size_of
from bot.engines.json_answers import after_thoughts, best, objects
from bot.engines.pace import Speed
from bot.engines.refusals import FORMAT, SYSTEM, largest_cap, refused, too_long
from bot.engines.server import Endpoint, KeyRefused, Refused, Server
from bot.engines.streams import BYTES

T = TypeVar("T", bound=BaseModel)

MOST_TOKENS_FACTOR = 4
"""How much larger the cap is on the second try, when an answer was cut off by the first."""
AMPLE = 16_000
"""Tokens in which a model that thinks has thought and answered."""
MOST_CHARACTERS = 100_000
"""Characters of an answer that is looked into; what was asked for is a tenth of that."""
SMALLEST_CONTEXT = 256
"""Tokens: a server that says that it takes fewer does not know."""
_FORMS = 12
"""The forms of a request that are tried at most: one for each thing that can be left out."""


class WrongForm(EngineFailed):
    """The model answers, but not in the form asked for."""


class AnswerCut(WrongForm):
    """The answer did not end within the tokens that it may have."""


class PromptCut(ContextTooLong):
    """The server cut the prompt without a word."""


@dataclass(frozen=True, slots=True)
class Request:
    """One question: the stable instructions, what changes, and how long the answer may get.

    `examples` are earlier turns as they should have gone: a request and its answer. `more` is what
    was said since: an answer, and what was asked then.
    """

    purpose: str
    instructions: str
    content: str
    max_tokens: int
    temperature: float | None = None
    examples: tuple[tuple[str, str], ...] = ()
    more: tuple[tuple[str, str], ...] = ()

    def turns(self) -> "list[Say]":
        """The conversation up to the answer that is wanted."""
        said: list[Say] = [{"role": "system", "content": self.instructions}]
        for asked, answer in self.examples:
            said += [{"role": "user", "content": asked}, {"role": "assistant", "content": answer}]
        said.append({"role": "user", "content": self.content})
        for answer, asked in self.more:
            said += [{"role": "assistant", "content": answer}, {"role": "user", "content": asked}]
        return said

    def followed(self, answer: str, asked: str) -> "Request":
        """The conversation that goes on from an answer."""
        return replace(self, more=(*self.more, (answer, asked)))


@dataclass(frozen=True, slots=True)
class Model:
    """What the server says of the model: context in tokens, number of parameters; None unknown."""

    context: int | None = None
    parameters: int | None = None


@dataclass(slots=True)
class _Learned:
    """What the server has refused so far, learned from its answers.

    `cap` is the most tokens that it lets an answer have, `ample` whether its model needs room to
    think, `taken` the most tokens of a prompt that it was seen to read.
    """

    refused: set[str] = field(default_factory=set[str])
    formats: int = 0
    cap: int | None = None
    ample: bool = False
    taken: int | None = None

    def capped(self, tokens: int) -> int:
        """The cap in place of one that was wished for."""
        wished = max(tokens, AMPLE) if self.ample else tokens
        return min(wished, self.cap or wished)


class Chat:
    """A conversation partner that answers with JSON of a given shape."""

    def __init__(self, server: Server | Endpoint) -> None:
        self._server = server if isinstance(server, Server) else Server(server)
        self.endpoint = self._server.endpoint
        self._learned = _Learned()
        self._model: Model | None = None
        self._looking = asyncio.Lock()

    async def ask(
        self,
        request: Request,
        shape: type[T],
        meter: Meter,
        schema: Mapping[str, Any],
    ) -> tuple[T, str]:
        """The answer, of the shape, and the text that it was read from.

        One that has not the shape is asked for once more. Raises EngineFailed where no answer of
        the shape is to be had, ContextTooLong where the request is too long.
        """
        said = await self._complete(request, request.turns(), schema, meter)
        found = _read(said, shape)
        if found.answer is None:
            self._check_end(said)
            again = request.followed(said.text[:MOST_CHARACTERS], _repair(found.faults))
            with suppress(ContextTooLong):  # No wonder: the first answer goes along.
                said = await self._complete(again, again.turns(), schema, meter)
                found = _read(said, shape)
                if found.answer is None:
                    self._check_end(said)
        if found.answer is None:
            told = "did not answer in the form asked for, twice"
            raise WrongForm(f"The model {self.endpoint.model} {told}.")
        return found.answer, found.text

    def _check_end(self, said: Completion) -> None:
        """Asking again would end no other way, and cost as much."""
        if said.cut:
            told = f"was cut off at {said.cap:,} tokens, before it was whole"
            raise AnswerCut(f"The answer of the model {self.endpoint.model} {told}.")

    async def write(self, request: Request, meter: Meter) -> str:
        """An answer in plain text. Raises EngineFailed, ContextTooLong."""
        said = await self._complete(request, request.turns(), None, meter)
        return said.text.rpartition("</think>")[2].strip()[:MOST_CHARACTERS]

    async def model(self) -> Model:
        """What the server says of the model, asked once; nothing known where it does not answer.

        llama.cpp tells `meta.n_ctx` and `meta.n_params`, vLLM `max_model_len`, others
        `context_length` or the like.
        """
        async with self._looking:
            if self._model is None:
                try:
                    self._model = await self._asked_model()
                except Away:
                    return Model()  # the first real call says so, and the next request asks anew
            return self._model

    async def _asked_model(self) -> Model:
        listed = await self._listed()
        ours = [each for each in listed or () if each["id"] == self.endpoint.model] or listed or ()
        told = dict(ours[0]) if len(ours) == 1 else {}
        meta = told.get("meta")
        told |= cast("dict[str, Any]", meta) if isinstance(meta, dict) else {}
        contexts = (_count(told.get(name)) for name in _CONTEXTS)
        context = next((each for each in contexts if each), None)
        return Model(
            context=context if context is None or context >= SMALLEST_CONTEXT else None,
            parameters=_count(told.get("n_params")),
        )

    async def listed(self) -> list[str] | None:
        """The models' names; None where the server lists none. Raises Away, KeyRefused."""
        listed = await self._listed()
        return None if listed is None else [each["id"] for each in listed]

    async def _listed(self) -> list[dict[str, Any]] | None:
        try:
            return await self._server.models()
        except (Away, KeyRefused, BadSetting):
            raise
        except EngineFailed:
            return None  # not every server lists models

    @property
    def taken(self) -> int | None:
        """The tokens of a prompt that the server read where it cut one; None where it cut none."""
        return self._learned.taken

    async def speed(self, request: Request) -> Speed:
        """How fast an answer comes, without a schema. Raises EngineFailed."""
        said = request.turns()
        asking = self._asking(request, said, None, request.max_tokens, streams=True)
        return await self._server.speed(asking)

    async def counted(self, request: Request, schema: Mapping[str, Any]) -> int | None:
        """The tokens of a request that the server says it read. Raises EngineFailed."""
        said = request.turns()
        try:
            answer = await self._call(request, said, schema, request.max_tokens, Meter())
        except PromptCut:
            return self.taken
        return answer.told.prompt_tokens if answer.told else None

    @property
    def takes_schemas(self) -> bool:
        """Whether the server has refused no JSON schema so far."""
        return self._learned.formats == 0

    async def close(self) -> None:
        """Closes the connections, and ends the server where it is Moot's own."""
        await self._server.close()

    async def _complete(
        self, request: Request, said: Sequence[Say], schema: Mapping[str, Any] | None, meter: Meter
    ) -> Completion:
        answer = await self._call(request, said, schema, request.max_tokens, meter)
        for room in self._rooms(request, answer):
            with suppress(ContextTooLong):  # What was cut off may still be read in part.
                answer = await self._call(request, said, schema, room, meter)
                self._learned.ample = self._learned.ample or room >= AMPLE
                break
        if answer.refused:
            raise EngineFailed(f"The model refused: {answer.refused}.")
        return answer

    def _rooms(self, request: Request, answer: Completion) -> list[int]:
        """The caps to try for an answer that was cut off, the largest first.

        Where there is no word of it, thoughts have taken all of the room.
        """
        if not answer.cut:
            return []
        larger = request.max_tokens * MOST_TOKENS_FACTOR
        ample = () if _words(answer).strip() else (max(larger, AMPLE),)
        wished = (self._learned.capped(room) for room in (*ample, larger))
        return [room for room in dict.fromkeys(wished) if room > answer.cap]

    async def _call(
        self,
        request: Request,
        said: Sequence[Say],
        schema: Mapping[str, Any] | None,
        max_tokens: int,
        meter: Meter,
    ) -> Completion:
        """One completion, with what the server takes; learns from what it refuses."""
        for _ in range(_FORMS):
            asking = self._asking(request, said, schema, max_tokens)
            if not asking.is_capped and "stream" in self._learned.refused:
                told = "takes no cap on an answer, and sends none bit by bit: it is not asked"
                raise self._server.failed(told)
            try:
                answer = await self._server.complete(request.purpose, asking, meter)
            except Refused as error:
                if too_long(error.told, error.status):
                    told = f"is too long for the context of the model {self.endpoint.model}"
                    raise ContextTooLong(f"The request {told}.") from error
                if not self._learn(error, asking):
                    raise
            else:
                if answer.unstreamed and _is_over(answer, asking.max_tokens):
                    self._learned.refused.add("stream")  # for it can't be left at the cap
                self._check_whole(answer, asking)
                return answer
        raise self._server.failed("refused every form of the request")

    def _check_whole(self, answer: Completion, asking: Asking) -> None:
        """Raises PromptCut where the server counted too few tokens to have read all."""
        read = cut_at(answer, asking.texts)
        if read is not None:
            self._learned.taken = min(read, self._learned.taken or read)
            raise PromptCut(self._server.cut_at(read))

    def _asking(
        self,
        request: Request,
        said: Sequence[Say],
        schema: Mapping[str, Any] | None,
        max_tokens: int,
        *,
        streams: bool = False,
    ) -> Asking:
        cap, learned = self._learned.capped(max_tokens), self._learned
        formats: list[dict[str, Any] | None] = [
            {
                "type": "json_schema",
                "json_schema": {"name": request.purpose, "strict": True, "schema": schema},
            },
            {"type": "json_object"},
            None,
        ]
        wanted: dict[str, Any] = {
            "temperature": request.temperature,
            "max_completion_tokens": cap,
            FORMAT: formats[learned.formats] if schema else None,
        }
        if "max_completion_tokens" in learned.refused:
            wanted["max_tokens"] = cap
        parameters = {k: v for k, v in wanted.items() if v is not None and k not in learned.refused}
        folded = _folded(said) if SYSTEM in learned.refused else said
        asking = Asking(folded, parameters, cap)
        if (streams or not asking.is_capped) and "stream_options" not in learned.refused:
            parameters["stream_options"] = {"include_usage": True}
        return asking

    def _learn(self, error: Refused, asking: Asking) -> bool:
        """Whether the refusal names something that can be done without from now on."""
        cap = largest_cap(error.told)
        if cap is not None and cap < asking.max_tokens:
            self._learned.cap = cap
            return True
        name = refused(error.told, asking.sent)
        if name == FORMAT:
            self._learned.formats += 1
        elif name is not None:
            self._learned.refused.add(name)
        return name is not None


_CONTEXTS = (
    "n_ctx",
    "max_model_len",
    "context_length",
    "context_window",
    "max_context_length",
)


def _count(told: Any) -> int | None:
    """A whole number above nothing, be it written as a text."""
    if isinstance(told, str) and told.isascii() and told.isdecimal():
        told = int(told[:12])
    is_one = isinstance(told, int | float) and not isinstance(told, bool) and 0 < told < 10**13
    return int(told) if is_one else None


def _folded(said: Sequence[Say]) -> list[Say]:
    """Without a turn of the system's: the first turn of the user's begins with its words."""
    first, second, *rest = said
    if first["role"] != "system":
        return list(said)
    return [{"role": "user", "content": f"{first['content']}\n\n{second['content']}"}, *rest]


def _words(said: Completion) -> str:
    """An answer without its thoughts; thoughts that have no end are all that there is."""
    _, opened, _ = said.text.partition("<think>")
    is_thinking = opened and "</think>" not in said.text
    return "" if is_thinking else after_thoughts(said.text)


def _is_over(said: Completion, tokens: int) -> bool:
    written = said.told.completion_tokens if said.told else 0
    return max(written, size_of(said.text) // BYTES) > tokens


@dataclass(frozen=True, slots=True)
class _Found(Generic[T]):
    """The answer in a text, if it has the shape, and what is wrong with it."""

    answer: T | None = None
    text: str = ""
    faults: Sequence[str] = ("answer: there is none",)


def _read(said: Completion, shape: type[T]) -> _Found[T]:
    """What was found first that has the shape: in the answer, or else among the thoughts, where
    some servers put all that they get."""
    first: _Found[T] | None = None
    for text in filter(str.strip, (said.text, said.thoughts)):
        if len(text) > MOST_CHARACTERS:
            return _Found(faults=[f"answer: it is too long, {len(text)} characters"])
        for candidate in (*objects(text), best(text)):
            found = _of_shape(candidate, text, shape)
            if found.answer is not None:
                return found
        first = first or _of_shape(best(text), text, shape)
    return first or _Found()


def _of_shape(candidate: str, text: str, shape: type[T]) -> _Found[T]:
    try:
        return _Found(shape.model_validate_json(candidate), text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[:3]
        faults = [f"{'.'.join(map(str, e['loc'])) or 'answer'}: {e['msg']}" for e in first]
        return _Found(text=text, faults=faults)


def _repair(faults: Sequence[str]) -> str:
    listed = "\n".join(f"- {fault}" for fault in faults[:8])
    return f"That answer can't be used:\n{listed}\nGive the whole answer again, as JSON, mended."
