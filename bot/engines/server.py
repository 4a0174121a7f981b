"""One call of a model server: paid for, tried again where that helps, and never longer than said.

With connecting.py the only place that asks openai. What may pass is tried again, what says that
the server is away goes to the breaker, and no try takes longer than its timeout, however its
answer comes in. What is asked, and whether the answer is any good, it must not know.
"""

import asyncio
import itertools
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from bot.core.errors import EngineFailed
from bot.core.summary import Usage
from bot.engines import Meter
from bot.engines.asking import Asking
from bot.engines.bodies import LONGEST, TooLong, Unreadable
from bot.engines.breaker import Away, Breaker
from bot.engines.complaints import Complaint, complaint
from bot.engines.completions import (
    NO_COMPLETION,
    Completion,
    ErrorBody,
    NoCompletion,
    completion,
    listing,
)
from bot.engines.connecting import BadSetting, connected, was_sent, why_unreached
from bot.engines.counting import is_sound
from bot.engines.discretion import discreet, secrets_in, without_login
from bot.engines.estimate import TokenEstimate
from bot.engines.pace import Speed, timed
from bot.engines.paying import Bill, paying
from bot.engines.refusals import refused, too_long
from bot.engines.retries import Retries, seconds_asked
from bot.engines.streams import first_tokens, told_in

if TYPE_CHECKING:
    import httpx2
    from openai import APIError, APIStatusError, AsyncOpenAI

T = TypeVar("T")

BROKEN = 500
"""The first of the statuses that say that a server can't answer anybody."""
PASSING = frozenset({408, 409, 429})
"""Statuses below that may be another a little later."""
_REFUSED = frozenset({400, 413, 422})
_NO_ENTRY = frozenset({401, 403})
_ELSEWHERE = range(300, 400)
_NOT_THERE = frozenset({404, 405, 415})
_SERVED_IN_VAIN = frozenset({408, 504, 524})
"""Statuses of a gateway that did not wait for an answer, which may have been written all the same.
"""
NO_QUOTA = "insufficient_quota"
"""OpenAI's code for a 429 that no waiting helps."""
LISTING = 5.0
"""Seconds in which a server lists its models."""


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
    def longest_try(self) -> float:
        """Seconds after which nothing more comes of a try."""
        return 2 * self.timeout


class KeyRefused(EngineFailed):
    """The server lets nobody in with this key."""


class Refused(EngineFailed):
    """The server does not take the request; `told` is what it says of it."""

    def __init__(self, sentence: str, status: int, told: Complaint) -> None:
        super().__init__(sentence)
        self.status = status
        self.told = told


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

    async def complete(self, purpose: str, asking: Asking, meter: Meter) -> Completion:
        """A completion, paid from the meter's purse; the meter is told what it cost.

        Raises EngineFailed, at once where the server is known to be away; Refused, OverBudget.
        """
        self._breaker.check()
        async with self._slots:
            await self._start()
            size = asking.weight
            most = Usage(1, self._estimate.of(size), asking.max_tokens)
            with self._breaker.passing():
                answer = await self._send(purpose, asking, most, meter)
            meter.spend(answer.told or Usage(1))
            if answer.told and is_sound(answer, asking.texts):
                self._estimate.learn(size, answer.told.prompt_tokens)
        return answer

    async def models(self) -> list[dict[str, Any]]:
        """What the server lists. Raises EngineFailed where it lists nothing, Away, KeyRefused.

        Tried once, and not for long: this only helps to ask well.
        """

        async def listed() -> list[dict[str, Any]]:
            told = (await self._connected().models.with_raw_response.list()).http_response
            try:
                return listing(told.content, told.charset_encoding)
            except NoCompletion:
                raise self.failed("lists no models") from None

        await self._start()
        return await self._once(listed, min(LISTING, self.endpoint.timeout))

    async def speed(self, asking: Asking) -> Speed:
        """How fast an answer comes. Nothing is paid for it. Raises as `complete` does."""

        async def answer() -> Speed:
            begun = time.monotonic()
            async with self._streaming(asking) as response:
                return await timed(begun, told_in(response.iter_lines()))

        async with self._slots:
            await self._start()
            return await self._once(answer, self.endpoint.timeout, asking)

    def failed(self, what: str) -> EngineFailed:
        """The error that names the server and says what it did."""
        return EngineFailed(f"{self._name} {what}.")

    def cut_at(self, tokens: int) -> str:
        """The sentence for a prompt that the server did not read whole."""
        return (
            f"{self._name} took in only the last {tokens:,} tokens of what it was sent: "
            "its context is too small."
        )

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
        self, work: Callable[[], Awaitable[T]], seconds: float, asking: Asking | None = None
    ) -> T:
        with self._breaker.passing():
            try:
                return await self._asked(work, seconds, asking, Bill(Usage()))
            except _MayPass as failure:
                raise failure.error from failure.__cause__

    async def _send(self, purpose: str, asking: Asking, most: Usage, meter: Meter) -> Completion:
        """The answer, tried for again where that may help; each try is paid for."""
        for made in itertools.count():
            try:
                async with paying(meter.purse, purpose, most, self.endpoint.longest_try) as bill:
                    answer = replace(await self._try(asking, bill), cap=asking.max_tokens)
                    if answer.told and is_sound(answer, asking.texts):
                        bill.usage = answer.told
                    return answer
            except _MayPass as failure:
                wait = self._retries.wait(made, failure.asked)
                if wait is None:
                    raise failure.error from failure.__cause__
                await self._sleep(wait)
        raise AssertionError  # there is an end to retries

    async def _try(self, asking: Asking, bill: Bill) -> Completion:
        async def whole() -> Completion:
            create: Any = self._connected().chat.completions.with_raw_response.create
            told = (await create(**self._request(asking))).http_response
            return completion(told.content, told.charset_encoding)

        async def left_at_the_cap() -> Completion:
            async with self._streaming(asking) as response:
                return await first_tokens(response.iter_lines(), asking.max_tokens)

        work = whole if asking.is_capped else left_at_the_cap
        return await self._asked(work, self.endpoint.timeout, asking, bill)

    def _streaming(self, asking: Asking) -> Any:
        """A response whose lines come as they are written."""
        create: Any = self._connected().chat.completions.with_streaming_response.create
        return create(**self._request(asking), stream=True)

    def _request(self, asking: Asking) -> dict[str, Any]:
        said = [{name: _sendable(value) for name, value in each.items()} for each in asking.said]
        return {"model": self.endpoint.model, "messages": said, **asking.parameters}

    async def _asked(
        self,
        work: Callable[[], Awaitable[T]],
        seconds: float,
        asking: Asking | None,
        bill: Bill,
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
        except Unreadable as error:
            raise self._away("sent something that can't be unpacked") from error
        except NoCompletion as error:
            raise self._away(str(error)) from error
        except ErrorBody as error:
            raise self._reported(error, asking, bill) from error
        except APIError as error:
            raise self._translated(error, seconds, asking, bill) from error
        except BadSetting:
            bill.waive()
            raise
        except EngineFailed:
            raise
        except Exception as error:  # whatever else a server or a client comes up with
            raise self._away("gave an answer that can't be read") from error

    def _translated(
        self, error: "APIError", seconds: float, asking: Asking | None, bill: Bill
    ) -> Exception:
        from openai import APIConnectionError, APIStatusError, APITimeoutError

        match error:
            case APITimeoutError():
                if not was_sent(error):
                    bill.waive()
                return self._too_slow(seconds)
            case APIConnectionError():
                if not was_sent(error):
                    bill.waive()
                return _MayPass(self._away(why_unreached(error)))
            case APIStatusError():
                return self._status_failed(error, asking, bill)
            case _:
                return self._away(NO_COMPLETION)

    def _status_failed(
        self, error: "APIStatusError", asking: Asking | None, bill: Bill
    ) -> Exception:
        response = error.response
        return self._failed(
            error.status_code, complaint(error.body), response.headers, asking, bill
        )

    def _reported(self, error: ErrorBody, asking: Asking | None, bill: Bill) -> Exception:
        """An error in a body with status 200 has the status that it names."""
        told = complaint(error.body)
        status = int(told.code) if told.code.isascii() and told.code.isdecimal() else 0
        return self._failed(status if 400 <= status < 600 else 400, told, {}, asking, bill)

    def _failed(
        self,
        status: int,
        told: Complaint,
        headers: "Mapping[str, str] | httpx2.Headers",
        asking: Asking | None,
        bill: Bill,
    ) -> Exception:
        if status not in _SERVED_IN_VAIN:
            bill.waive()
        asked = seconds_asked(headers, self._clock())
        why = self._why(told, asking)
        is_about_a_part = status in _NOT_THERE or status >= BROKEN
        if status in _REFUSED or (is_about_a_part and asking and _is_about(told, status, asking)):
            return Refused(f"{self._name} refused the request{why}.", status, told)
        what = f"answered {status}{why}"
        if asked is not None:
            what += f"; it asks to wait {asked:g} s"
        if status in _NO_ENTRY:
            return KeyRefused(f"{self._name} refuses its key (api_key): it {what}.")
        if status in _ELSEWHERE:
            what += ": its address (base_url) leads elsewhere"
        elif status in _NOT_THERE and "model" not in told.text:
            what += f": nothing is at its address (base_url){self._without_version()}"
        failed = self._away(what) if status >= BROKEN else self.failed(what)
        if (status >= BROKEN or status in PASSING) and told.code != NO_QUOTA:
            return _MayPass(failed, asked)
        return failed

    def _without_version(self) -> str:
        url = (self.endpoint.base_url or "").rstrip("/")
        return "" if url.endswith(("/v1", "/v2", "/v3", "/v4")) else ", which mostly ends with /v1"

    def _why(self, told: Complaint, asking: Asking | None) -> str:
        """What the server says of it, unless it repeats the key or people's words."""
        said = asking.said if asking else ()
        sent = [each["content"] for each in said if each["role"] != "system"]
        sent += secrets_in(self.endpoint.base_url)
        words = discreet(told.sentence, self.endpoint.api_key, sent)
        return f": {words}" if words else ""

    def _too_slow(self, seconds: float) -> Away:
        """Not tried again: whoever waits has waited as long as the host would have them wait."""
        return self._away(f"did not answer within {seconds:g} s (timeout)")

    def _away(self, what: str) -> Away:
        return Away(f"{self._name} {what}.")

    def _connected(self) -> "AsyncOpenAI":
        """The client. Raises BadSetting."""
        if self._client is None:
            at, own = self._reached, self._runner is not None
            self._client = connected(
                at.model, at.base_url, at.api_key, self.endpoint.timeout, own=own
            )
        return self._client

    @property
    def _name(self) -> str:
        where = without_login(self.endpoint.base_url) or "OpenAI"
        return f"The model {self.endpoint.model} at {where}"


def _is_about(told: Complaint, status: int, asking: Asking) -> bool:
    """Whether a server that failed says that something in the request made it fail."""
    return refused(told, asking.sent) is not None or too_long(told, status)


def _sendable(text: str) -> str:
    """A text in which each character can be sent."""
    return text.encode(errors="replace").decode()
