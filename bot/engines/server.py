"""One call of a model server: paid for, tried again where that helps, and never longer than said.

With chat.py the only place that imports openai. What may pass is tried again, what says that the
server is away goes to the breaker, and no try takes longer than its timeout, however its answer
comes in. What is asked, and whether the answer is any good, it must not know.
"""

import asyncio
import itertools
import json
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from bot.core.errors import EngineFailed
from bot.core.inert import one_line, shorten
from bot.core.summary import Usage
from bot.engines import Meter
from bot.engines.bodies import LONGEST, TooLong, bound
from bot.engines.breaker import Away, Breaker
from bot.engines.discretion import discreet, secrets_in, without_login
from bot.engines.estimate import TokenEstimate, size_of
from bot.engines.pace import Speed, timed
from bot.engines.paying import paying
from bot.engines.retries import Retries, seconds_asked

if TYPE_CHECKING:
    from openai import APIError, APIStatusError, AsyncOpenAI
    from openai.types import Model
    from openai.types.chat import ChatCompletion

T = TypeVar("T")
Say = Mapping[str, str]

BROKEN = 500
"""The first of the statuses that say that a server can't answer anybody."""
PASSING = frozenset({408, 409, 429})
"""Statuses below that may be another a little later."""
_NO_ENTRY = frozenset({401, 403})
NO_QUOTA = "insufficient_quota"
"""OpenAI's code for a 429 that no waiting helps."""
LISTING = 5.0
"""Seconds in which a server lists its models."""
MOST_TOLD = 10**9
"""Tokens of one call that a server is believed to have counted."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is and how it is asked.

    `timeout` is in seconds a try, and the longest that a server may ask to wait for the next;
    `retries` are the further tries of a call.
    """

    model: str
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    timeout: float = 60.0
    retries: int = 1
    at_once: int = 4

    @property
    def longest_call(self) -> float:
        """Seconds that a call may take, with all tries and all waits that a server asks for."""
        return (self.retries + 1) * 2 * self.timeout


class KeyRefused(EngineFailed):
    """The server lets nobody in with this key."""


class Runner(Protocol):
    """What runs a server of Moot's own."""

    async def start(self) -> Endpoint:
        """Where the server can be reached; started if it does not run. Raises Away."""
        ...

    async def stop(self) -> None:
        """Ends it for good; a second time does nothing."""
        ...


class _MayPass(Exception):
    """A try that failed where another may not; `asked` are the seconds that it has to wait."""

    def __init__(self, error: EngineFailed, asked: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.asked = asked


class Server:
    """The server at an endpoint. Whether it is there, all who call it know together.

    Where it has a runner, that says at the first call, and again later, where it really is.
    The clock, the sleep (of seconds) and the chance (0 to 1) are a test's to give.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
        runner: Runner | None = None,
    ) -> None:
        self.endpoint = endpoint
        self._runner = runner
        self._reached = endpoint
        self._starting = asyncio.Lock()
        self._clock = clock
        self._sleep = sleep
        self._retries = Retries(endpoint.retries, endpoint.timeout, chance)
        self._breaker = Breaker(self._name, clock)
        self._estimate = TokenEstimate()
        self._slots = asyncio.Semaphore(endpoint.at_once)
        self._client: AsyncOpenAI | None = None

    async def close(self) -> None:
        """Closes the connections, and ends the server where it is Moot's own."""
        await self._disconnect()
        if self._runner is not None:
            await self._runner.stop()

    async def _disconnect(self) -> None:
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def complete(
        self,
        purpose: str,
        said: Sequence[Say],
        parameters: Mapping[str, Any],
        max_tokens: int,
        meter: Meter,
    ) -> "ChatCompletion":
        """A completion, paid from the meter's purse; the meter is told what it cost.

        Raises EngineFailed, at once where the server is known to be away, OverBudget where the
        purse has not so much, and the client's own error where the request was refused.
        """
        self._breaker.check()
        async with self._slots:
            await self._start()
            size = size_of(json.dumps([*said, parameters], ensure_ascii=False))
            most = Usage(1, self._estimate.of(size), max_tokens)
            async with paying(meter.purse, purpose, most, self.endpoint.longest_call) as bill:
                with self._breaker.passing():
                    completion = await self._send(said, parameters)
                told = _usage(completion)
                bill.usage = told or most
            meter.spend(told or Usage(1))
            self._estimate.learn(size, told.prompt_tokens if told else 0)
        return completion

    async def models(self) -> "list[Model]":
        """What the server lists; nothing where it lists none. Raises EngineFailed where it is away.

        Tried once, and not for long: this only helps to ask well.
        """
        await self._start()
        return await self._once(self._listed, min(LISTING, self.endpoint.timeout))

    async def speed(self, said: Sequence[Say], parameters: Mapping[str, Any]) -> Speed:
        """How fast an answer comes. Nothing is paid for it. Raises as `complete` does."""

        async def answer() -> Speed:
            create: Any = self._connected().chat.completions.create
            more = {"stream": True, "stream_options": {"include_usage": True}, **parameters}
            begun = time.monotonic()
            chunks = await create(model=self.endpoint.model, messages=list(said), **more)
            return await timed(begun, chunks)

        async with self._slots:
            await self._start()
            return await self._once(answer, self.endpoint.timeout, said)

    def failed(self, what: str) -> EngineFailed:
        """The error that names the server and says what it did."""
        return EngineFailed(f"{self._name} {what}.")

    def why(self, error: "APIStatusError", said: Sequence[Say]) -> str:
        """What the server says of it, unless it repeats the key or people's words."""
        sent = [each["content"] for each in said if each["role"] != "system"]
        sent += secrets_in(self.endpoint.base_url)
        told = discreet(told_by(error), self.endpoint.api_key, sent)
        return f": {told}" if told else ""

    async def _start(self) -> None:
        """Has a server of Moot's own run. That takes no call's time, and is no call that failed."""
        if self._runner is None:
            return
        async with self._starting:
            reached = await self._runner.start()
            if reached != self._reached:
                await self._disconnect()
                self._reached = reached

    async def _once(
        self, work: Callable[[], Awaitable[T]], seconds: float, said: Sequence[Say] = ()
    ) -> T:
        with self._breaker.passing():
            try:
                return await self._asked(work, seconds, said)
            except _MayPass as failure:
                raise failure.error from failure.__cause__

    async def _send(self, said: Sequence[Say], parameters: Mapping[str, Any]) -> "ChatCompletion":
        """The answer, tried for again where that may help."""
        for made in itertools.count():
            try:
                return await self._try(said, parameters)
            except _MayPass as failure:
                wait = self._retries.wait(made, failure.asked)
                if wait is None:
                    raise failure.error from failure.__cause__
                await self._sleep(wait)
        raise AssertionError  # there is an end to retries

    async def _try(self, said: Sequence[Say], parameters: Mapping[str, Any]) -> "ChatCompletion":
        from openai.types.chat import ChatCompletion

        async def create() -> object:
            create: Any = self._connected().chat.completions.create
            return await create(model=self.endpoint.model, messages=list(said), **parameters)

        answer = await self._asked(create, self.endpoint.timeout, said)
        if not isinstance(answer, ChatCompletion) or not answer.choices:
            raise self._away("answered with something that is no chat completion")
        return answer

    async def _listed(self) -> "list[Model]":
        return [model async for model in self._connected().models.list()]

    async def _asked(
        self, work: Callable[[], Awaitable[T]], seconds: float, said: Sequence[Say] = ()
    ) -> T:
        """What the client gives, with its errors in this house's words."""
        from openai import APIError

        try:
            async with asyncio.timeout(seconds):
                return await work()
        except TimeoutError as error:
            raise self._too_slow(seconds) from error
        except TooLong as error:
            raise self._away(f"sent more than {LONGEST // 1_000_000} MB") from error
        except APIError as error:
            raise self._translated(error, seconds, said) from error
        except (ValueError, TypeError) as error:
            raise self._away("answered with something that is not JSON") from error

    def _translated(self, error: "APIError", seconds: float, said: Sequence[Say]) -> Exception:
        from openai import APIConnectionError, APIStatusError, APITimeoutError

        match error:
            case APITimeoutError():
                return self._too_slow(seconds)
            case APIConnectionError():
                return _MayPass(self._away("can't be reached"))
            case APIStatusError(status_code=400 | 422):
                return error
            case APIStatusError():
                return self._status_failed(error, said)
            case _:
                return self._away("answered with something that is no chat completion")

    def _status_failed(self, error: "APIStatusError", said: Sequence[Say]) -> Exception:
        status, asked = error.status_code, seconds_asked(error.response.headers, self._clock())
        what = f"answered {status}{self.why(error, said)}"
        if asked is not None:
            what += f"; it asks to wait {asked:g} s"
        if status in _NO_ENTRY:
            return KeyRefused(f"{self._name} {what}.")
        failed = self._away(what) if status >= BROKEN else self.failed(what)
        if (status >= BROKEN or status in PASSING) and error.code != NO_QUOTA:
            return _MayPass(failed, asked)
        return failed

    def _too_slow(self, seconds: float) -> Away:
        """Not tried again: whoever waits has waited as long as the host would have them wait."""
        return self._away(f"did not answer within {seconds:g} s")

    def _away(self, what: str) -> Away:
        return Away(f"{self._name} {what}.")

    def _connected(self) -> "AsyncOpenAI":
        """The client, which by itself tries nothing again."""
        if self._client is None:
            from openai import AsyncOpenAI, DefaultAsyncHttpx2Client

            self._client = AsyncOpenAI(
                base_url=self._reached.base_url,
                api_key=self._reached.api_key or ("none" if self._reached.base_url else ""),
                timeout=self.endpoint.timeout,
                max_retries=0,
                http_client=DefaultAsyncHttpx2Client(event_hooks={"response": [bound]}),
            )
        return self._client

    @property
    def _name(self) -> str:
        where = without_login(self.endpoint.base_url) or "OpenAI"
        return f"The model {self.endpoint.model} at {where}"


def told_by(error: "APIStatusError") -> str:
    """What a server says is wrong, on one line."""
    return shorten(one_line(error.message), 200).rstrip(".")


def _usage(completion: "ChatCompletion") -> Usage | None:
    """What the server counted, if it did: the client does not check that these are numbers."""
    told = completion.usage
    counts: list[object] = [told.prompt_tokens, told.completion_tokens] if told else []
    sound = [each for each in counts if isinstance(each, int) and 0 <= each <= MOST_TOLD]
    return Usage(1, sound[0], sound[1]) if len(sound) == 2 else None
