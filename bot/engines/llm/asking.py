"""A question to the model: the prompt that asks it, and what is done where the answer won't do."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import BaseModel

from bot.core.prompts import Prompt
from bot.engines import Meter
from bot.engines.chat import Chat, Request, WrongForm

T = TypeVar("T", bound=BaseModel)

SMALL_MODEL = 4_000_000_000
"""Parameters below which a model reads sentence by sentence and groups claim by claim: asked for
more at once, such models forget the second person (seen with a model of 1.5 billion)."""
TRIES = 3
"""How often a small model is asked the same where its answer won't do."""
ANEW = 0.8
"""Temperature from the second try on: at nought the model would say the same again."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A model, and the prompts by name."""

    chat: Chat
    prompts: Mapping[str, Prompt]

    @property
    def own_server(self) -> bool:
        """Whether the schema may change from call to call: a hosted server caches it instead."""
        return self.chat.endpoint.base_url is not None

    async def small(self) -> bool:
        """Whether the server says that the model is a small one."""
        parameters = (await self.chat.model()).parameters
        return parameters is not None and parameters < SMALL_MODEL

    def request(self, name: str, **variables: str) -> Request:
        """A prompt with its variables put in."""
        prompt = self.prompts[name]
        return Request(
            purpose=name,
            instructions=prompt.instructions,
            examples=prompt.examples,
            content=prompt.fill(variables),
            max_tokens=prompt.max_tokens,
            temperature=prompt.temperature,
        )

    async def ask(
        self,
        request: Request,
        shape: type[T],
        meter: Meter,
        schema: Mapping[str, Any],
        wrong: Callable[[T], Sequence[str]],
    ) -> T:
        """An answer, mended where it can be; what is still wrong is the caller's to drop.

        A small model that is told what is wrong says the same again, so it is not told, but asked
        anew, with more left to chance; an answer that came stands where none comes after it.
        Raises EngineFailed, ContextTooLong as the chat does.
        """
        if not await self.small():
            return await self.chat.ask(request, shape, meter, schema, wrong)
        answer = await self.chat.ask(request, shape, meter, schema)
        for _ in range(TRIES - 1):
            if not wrong(answer):
                break
            with suppress(WrongForm):
                anew = replace(request, temperature=ANEW)
                answer = await self.chat.ask(anew, shape, meter, schema)
        return answer
