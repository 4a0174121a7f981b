"""Chat completions with any OpenAI-compatible server.

Servers differ in what they take. A parameter that a server refuses by name is left out from then
on, a schema that it can't decode under is checked here instead, an answer that is cut off is
asked for once more with room, and one that is wrong once more with the reason.
"""

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from bot.core.errors import ContextTooLong, EngineFailed
from bot.engines import Meter
from bot.engines.breaker import Away
from bot.engines.pace import Speed
from bot.engines.server import Endpoint, KeyRefused, Say, Server, told_by

if TYPE_CHECKING:
    from openai import APIStatusError
    from openai.types.chat import ChatCompletion

T = TypeVar("T", bound=BaseModel)

MOST_TOKENS_FACTOR = 4
"""How much larger the cap is on the second try, when an answer was cut off by the first."""
MOST_CHARACTERS = 100_000
"""Characters of an answer that is looked into; what was asked for is a tenth of that."""


class WrongForm(EngineFailed):
    """The model answers, but not in the form asked for."""


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
class _Refused:
    """What the server has refused so far, learned from its answers."""

    parameters: set[str] = field(default_factory=set[str])
    formats: int = 0


class Chat:
    """A conversation partner that answers with JSON of a given shape."""

    def __init__(self, server: Server | Endpoint) -> None:
        self._server = server if isinstance(server, Server) else Server(server)
        self.endpoint = self._server.endpoint
        self._refused = _Refused()
        self._model: Model | None = None
        self._asking = asyncio.Lock()

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
        text = await self._complete(request, request.turns(), schema, meter)
        answer, faults = _read(text, shape)
        if answer is not None:
            return answer, text
        again = request.followed(text[:MOST_CHARACTERS], _repair(faults))
        with suppress(ContextTooLong):  # No wonder: the first answer goes along.
            text = await self._complete(again, again.turns(), schema, meter)
            answer, _ = _read(text, shape)
            if answer is not None:
                return answer, text
        raise WrongForm(
            f"The model {self.endpoint.model} did not answer in the form asked for, twice."
        )

    async def write(self, request: Request, meter: Meter) -> str:
        """An answer in plain text. Raises EngineFailed, ContextTooLong."""
        text = await self._complete(request, request.turns(), None, meter)
        return text.rpartition("</think>")[2].strip()[:MOST_CHARACTERS]

    async def model(self) -> Model:
        """What the server says of the model, asked once; nothing known where it does not answer.

        llama.cpp tells `meta.n_ctx_train` and `meta.n_params`, vLLM `max_model_len`, others
        `context_length`.
        """
        async with self._asking:
            if self._model is None:
                try:
                    self._model = await self._asked_model()
                except Away:
                    return Model()  # the first real call says so, and the next request asks anew
            return self._model

    async def _asked_model(self) -> Model:
        from openai import OpenAIError

        try:
            listed = await self._server.models()
        except Away:
            raise
        except (EngineFailed, OpenAIError, AttributeError):
            return Model()  # not every server lists models
        ours = [model for model in listed if model.id == self.endpoint.model] or listed
        told: dict[str, Any] = dict(ours[0].model_extra or {}) if len(ours) == 1 else {}
        meta = told.get("meta")
        told |= cast("dict[str, Any]", meta) if isinstance(meta, dict) else {}
        contexts = [told.get(key) for key in ("n_ctx", "max_model_len", "context_length")]
        return Model(
            context=next((each for each in contexts if isinstance(each, int)), None),
            parameters=told["n_params"] if isinstance(told.get("n_params"), int) else None,
        )

    async def listed(self) -> list[str] | None:
        """The models' names; None where the server lists none. Raises Away, KeyRefused."""
        from openai import OpenAIError

        try:
            return [model.id for model in await self._server.models()]
        except (Away, KeyRefused):
            raise
        except (EngineFailed, OpenAIError, AttributeError):
            return None

    async def speed(self, request: Request) -> Speed:
        """How fast an answer comes, without a schema. Raises EngineFailed."""
        from openai import APIStatusError

        said, parameters = request.turns(), self._parameters(request, None, request.max_tokens)
        try:
            return await self._server.speed(said, parameters)
        except APIStatusError as error:
            why = self._server.why(error, said)
            raise self._server.failed(f"refused the request{why}") from error

    @property
    def takes_schemas(self) -> bool:
        """Whether the server has refused no JSON schema so far."""
        return self._refused.formats == 0

    async def close(self) -> None:
        """Closes the connections, and ends the server where it is Moot's own."""
        await self._server.close()

    async def _complete(
        self, request: Request, said: Sequence[Say], schema: Mapping[str, Any] | None, meter: Meter
    ) -> str:
        completion = await self._call(request, said, schema, request.max_tokens, meter)
        choice = completion.choices[0]
        if choice.finish_reason == "length":
            room = request.max_tokens * MOST_TOKENS_FACTOR
            with suppress(ContextTooLong):  # What was cut off may still be read in part.
                completion = await self._call(request, said, schema, room, meter)
                choice = completion.choices[0]
        if choice.message.refusal or choice.finish_reason == "content_filter":
            # A refusal's own words are the model's, and nothing has checked them.
            by_filter = choice.finish_reason == "content_filter"
            why = "its content filter stopped the answer" if by_filter else "it would not answer"
            raise EngineFailed(f"The model refused: {why}.")
        return choice.message.content or ""

    async def _call(
        self,
        request: Request,
        said: Sequence[Say],
        schema: Mapping[str, Any] | None,
        max_tokens: int,
        meter: Meter,
    ) -> "ChatCompletion":
        """One completion, with what the server takes; learns from what it refuses."""
        from openai import BadRequestError, UnprocessableEntityError

        for _ in range(8):
            parameters = self._parameters(request, schema, max_tokens)
            try:
                return await self._server.complete(
                    request.purpose, said, parameters, max_tokens, meter
                )
            except (BadRequestError, UnprocessableEntityError) as error:
                if _too_long(error):
                    raise ContextTooLong(
                        f"The request is too long for the model {self.endpoint.model}."
                    ) from error
                if not self._learn(error, parameters):
                    why = self._server.why(error, said)
                    raise self._server.failed(f"refused the request{why}") from error
        raise self._server.failed("refused every form of the request")

    def _parameters(
        self, request: Request, schema: Mapping[str, Any] | None, max_tokens: int
    ) -> dict[str, Any]:
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
            "max_completion_tokens": max_tokens,
            "response_format": formats[self._refused.formats] if schema else None,
        }
        if "max_completion_tokens" in self._refused.parameters:
            wanted["max_tokens"] = max_tokens
        refused = self._refused.parameters
        return {k: v for k, v in wanted.items() if v is not None and k not in refused}

    def _learn(self, error: "APIStatusError", sent: Mapping[str, Any]) -> bool:
        """Whether the refusal names something that can be left out from now on."""
        told = f"{told_by(error)} {getattr(error, 'param', '') or ''}".lower()
        if "response_format" in sent and re.search(
            r"response_format|json_schema|json_object|schema|grammar", told
        ):
            self._refused.formats += 1
            return True
        for name in ("temperature", "max_completion_tokens", "max_tokens"):
            if name in sent and name in told:
                self._refused.parameters.add(name)
                return True
        return False


def _read(text: str, shape: type[T]) -> tuple[T | None, Sequence[str]]:
    """The answer in a text, if it has the shape, and what is wrong with it."""
    if len(text) > MOST_CHARACTERS:
        return None, [f"answer: it is too long, {len(text)} characters"]
    try:
        answer = shape.model_validate_json(json_in(text))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[:3]
        return None, [f"{'.'.join(map(str, e['loc'])) or 'answer'}: {e['msg']}" for e in first]
    return answer, ()


def json_in(text: str) -> str:
    """The JSON object in an answer that may have thoughts, prose or fences around it."""
    text = text.rpartition("</think>")[2]
    start = text.find("{")
    if start < 0:
        return text
    try:
        _, end = json.JSONDecoder().raw_decode(text[start:])
    except (ValueError, RecursionError):
        return text[start:]
    return text[start : start + end]


def _repair(faults: Sequence[str]) -> str:
    listed = "\n".join(f"- {fault}" for fault in faults[:8])
    return f"That answer can't be used:\n{listed}\nGive the whole answer again, as JSON, mended."


def _too_long(error: "APIStatusError") -> bool:
    told = f"{getattr(error, 'code', '') or ''} {error.message}".lower()
    return bool(
        re.search(
            r"context_length|context length|context size|exceed_context|too many tokens", told
        )
    )
