"""Trials: contenders run the cases of suites, each result is kept when it is there."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.core.errors import EngineFailed
from bot.core.summary import EngineFacts
from bot.evals.case import Case, Suite
from bot.evals.contenders import Attempt, Contender
from bot.evals.results import Result, ResultFile, blank, tokens

Tell = Callable[[Result, int, int], None]
"""Told each result, and how many there are of how many."""


def sample(suite: Suite, cases: Sequence[Case], most: int | None, seed: int) -> list[Case]:
    """Up to `most` cases in their order, the same ones for every contender."""
    if most is None or most >= len(cases):
        return list(cases)
    chance = random.Random(f"{seed} {suite.name}")  # noqa: S311 - repeatable on purpose
    chosen = sorted(chance.sample(range(len(cases)), most))
    return [cases[place] for place in chosen]


class Trials:
    """Runs cases until `most_tokens` are spent; what is under way then is finished."""

    def __init__(
        self,
        file: ResultFile,
        tell: Tell,
        most_tokens: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._file = file
        self._tell = tell
        self._most_tokens = most_tokens
        self._clock = clock
        self._spent = 0
        self.results: list[Result] = []
        self.left_out = 0

    async def run(self, suite: Suite, cases: Sequence[Case], contender: Contender) -> None:
        """Every case of a suite by one contender, as many at once as it allows."""
        slots = asyncio.Semaphore(contender.at_once)
        done = 0

        async def one(case: Case) -> None:
            nonlocal done
            async with slots:
                result = await self._result(suite, case, contender)
            done += 1
            if result is not None:
                self._keep(result)
                self._tell(result, done, len(cases))

        tasks = [asyncio.create_task(one(case)) for case in cases]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()

    def run_floor(self, suite: Suite, cases: Sequence[Case], name: str) -> None:
        """What is reached without skill: nothing is asked of anybody."""
        for case in cases:
            result = blank(suite.name, name, EngineFacts(name), case)
            self.results.append(replace(result, figures=suite.floors[name](case)))

    async def _result(self, suite: Suite, case: Case, contender: Contender) -> Result | None:
        result = blank(suite.name, contender.name, contender.facts, case)
        if known := self._file.has(result):
            return known
        if self._most_tokens is not None and self._spent >= self._most_tokens:
            self.left_out += 1
            return None
        return await self._tried(result, suite, case, contender)

    async def _tried(
        self, result: Result, suite: Suite, case: Case, contender: Contender
    ) -> Result:
        attempt, started = Attempt(contender.drafting), self._clock()
        try:
            result = replace(result, figures=await suite.run(case, attempt))
        except EngineFailed as error:
            result = replace(result, failed=str(error))
        spent = tokens(attempt.usage)
        self._spent += spent
        return replace(result, tokens=spent, seconds=round(self._clock() - started, 3))

    def _keep(self, result: Result) -> None:
        self.results.append(result)
        if self._file.has(result) != result:
            self._file.add(result)
