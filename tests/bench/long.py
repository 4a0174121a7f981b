"""What a long thread costs: tokens, readings, time and memory, against their bounds.

    uv run python -m tests.bench.long [--messages N]

The threads are joined from the data beside the project, the model is a scripted endpoint on
loopback, and the real client talks to it. It answers at once, so that times are Moot's own. One
tokenizer counts all prompts (see scripted.py). Memory is read from /proc, as Linux has it.
"""

import argparse
import asyncio
import multiprocessing
import re
import statistics
import sys
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.assembly import build_partner
from bot.config import Config
from bot.core.model import Message, Topic
from bot.engines import Wanted
from bot.partner import DiscussionPartner
from tests.bench.joined import joined
from tests.bench.scripted import ScriptedModel
from tests.endpoint import serving
from tests.engines.llm.world import configured

MOST, LONG, SHORT, NEW, PEOPLE = 10_000, 2_000, 100, 10, 100


@dataclass(frozen=True)
class Row:
    """One figure, and the bound that it keeps to, if it has one."""

    what: str
    figure: float
    unit: str = ""
    bound: float | None = None

    def __str__(self) -> str:
        bound = "" if self.bound is None else f"  <= {self.bound:g}{self.unit}"
        broken = "  BROKEN" if self.bound is not None and self.figure > self.bound else ""
        return f"{self.what:<68}{self.figure:>9.3g}{self.unit}{bound}{broken}"


class Bench:
    """One database of topics of several lengths, and the model that reads them."""

    def __init__(self, config: Config, model: ScriptedModel, most: int) -> None:
        self._config = config
        self._model = model
        self._most = most
        self._long = max(SHORT, most * LONG // MOST)
        self._messages = joined(most + NEW)

    async def rows(self) -> list[Row]:
        """All figures; the five with a bound first."""
        async with build_partner(self._config) as partner:
            very_long = await self._recorded(partner, "very long", self._most)
        memory, first = await asyncio.to_thread(_in_a_process_of_its_own, self._config, very_long)
        async with build_partner(self._config) as partner:
            ratio, anew, shorter, ten = await self._ten_more(partner)
            suggestions = await self._suggestions(partner, very_long)
            readings = await self._at_once(partner)
            cached = await self._cached(partner, very_long)
            ten_more, caught_up = await self._ten_more_and_caught_up(partner, very_long)
        return [
            Row(
                f"prompt tokens: {NEW} more on {self._long}, over the first reading",
                ratio,
                "",
                0.03,
            ),
            Row("    the same by a tool that reads its window again", anew),
            Row(f"prompt tokens: suggest at {self._most}, over at {SHORT}", suggestions, "", 1.3),
            Row(f"readings for {PEOPLE} people who ask at once", readings, "", 1),
            Row(f"cached summary at {self._most}", cached * 1000, " ms", 20),
            Row(f"memory of a first reading of {self._most}, above idle", memory, " MB", 150),
            Row(f"first reading of {self._long}", shorter, " s"),
            Row(f"    and {NEW} more", ten, " s"),
            Row(f"first reading of {self._most}", first, " s"),
            Row(f"    and {NEW} more", ten_more, " s"),
            Row("    and who missed them catches up", caught_up, " s"),
        ]

    async def _ten_more(self, partner: DiscussionPartner) -> tuple[float, float, float, float]:
        """Tokens of ten new messages, and of all read anew, over the first reading; seconds."""
        topic = await self._recorded(partner, "long", self._long)
        first, seconds = await self._spent(partner.summarise(topic))
        await self._recorded(partner, "long", self._long + NEW)
        more, then = await self._spent(partner.summarise(topic))
        anew = await self._recorded(partner, "long, read again", self._long + NEW)
        again, _ = await self._spent(partner.summarise(anew))
        return more / first, again / first, seconds, then

    async def _suggestions(self, partner: DiscussionPartner, very_long: int) -> float:
        short = await self._recorded(partner, "short", SHORT)
        tokens: list[int] = []
        for topic in (short, very_long):
            await partner.summarise(topic)
            spent, _ = await self._spent(partner.suggest(topic, Wanted()))
            tokens.append(spent)
        return tokens[1] / tokens[0]

    async def _at_once(self, partner: DiscussionPartner) -> float:
        """How often a topic was read for many who asked at once: each window counts once."""
        alone = await self._recorded(partner, "asked by one", SHORT)
        await self._spent(partner.summarise(alone))
        one = self._model.calls["read"]
        topic = await self._recorded(partner, "asked by many", SHORT)
        await self._spent(asyncio.gather(*(partner.summarise(topic) for _ in range(PEOPLE))))
        return self._model.calls["read"] / one

    async def _cached(self, partner: DiscussionPartner, topic: int) -> float:
        """Seconds, the median of twenty."""
        taken = [(await self._spent(partner.summarise(topic)))[1] for _ in range(20)]
        return statistics.median(taken)

    async def _ten_more_and_caught_up(
        self, partner: DiscussionPartner, topic: int
    ) -> tuple[float, float]:
        await self._recorded(partner, "very long", self._most + NEW)
        _, read = await self._spent(partner.summarise(topic))
        _, caught_up = await self._spent(partner.catch_up(topic, str(self._most)))
        return read, caught_up

    async def _recorded(self, partner: DiscussionPartner, name: str, count: int) -> int:
        given: tuple[Message, ...] = self._messages[:count]
        topic = Topic("bench", name, "A very long discussion")
        return (await partner.record(topic, given)).topic_id

    async def _spent(self, work: Awaitable[Any]) -> tuple[int, float]:
        """Prompt tokens and seconds."""
        self._model.forget()
        started = time.perf_counter()
        await work
        return self._model.prompt_tokens.total(), time.perf_counter() - started


def _in_a_process_of_its_own(config: Config, topic: int) -> tuple[float, float]:
    """Megabytes above idle at most, and seconds, of a topic's first reading."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_first_reading, (config, topic))


def _first_reading(config: Config, topic: int) -> tuple[float, float]:
    async def read() -> tuple[float, float]:
        async with build_partner(config) as partner:
            warm = await partner.record(Topic("bench", "warm", "Warm"), joined(1))
            await partner.summarise(warm.topic_id)
            idle, started = _memory("VmRSS"), time.perf_counter()
            await partner.summarise(topic, "llm")
            return _memory("VmHWM") - idle, time.perf_counter() - started

    return asyncio.run(read())


def _memory(kind: str) -> float:
    """Megabytes: VmRSS is what is in use now, VmHWM the most that ever was."""
    found = re.search(rf"{kind}:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8"))
    return int(found.group(1)) / 1024 if found else float("nan")


def table(most: int) -> list[Row]:
    """Runs everything with threads of up to `most` messages."""
    model = ScriptedModel()
    with TemporaryDirectory() as folder, serving(model) as endpoint:
        config = configured(Path(folder), endpoint.url, timeout=120, window=None)
        return asyncio.run(Bench(config, model, most).rows())


def main() -> None:
    """Prints one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=MOST)
    most = parser.parse_args().messages
    if len(joined(most + NEW)) < most + NEW:
        sys.exit("The shared data is not beside the project, or not enough of it.")
    print(*table(most), sep="\n")


if __name__ == "__main__":
    main()
