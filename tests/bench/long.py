"""What a long thread costs: calls, characters, tokens, time and memory, against their bounds.

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
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.assembly import build_chat, build_partner
from bot.config import Config, DatabaseConfig, LLMConfig
from bot.core.model import Author, Message, Thread, Topic
from bot.engines import Wanted
from bot.evals.baseline import Baseline
from bot.partner import DiscussionPartner
from tests.bench.joined import joined
from tests.bench.scripted import ScriptedModel
from tests.endpoint import serving

MOST, LONG, CHAPTER, SHORT = 10_000, 2_000, 500, 100
NEW, PEOPLE, FEW = 10, 100, 20
CONTEXT = 128_000
"""Tokens that the model takes in, as most do that people would use."""


@dataclass(frozen=True)
class Row:
    """One figure, and the bound that it keeps to, if it has one."""

    name: str
    figure: float
    unit: str = ""
    bound: float | None = None

    @property
    def broken(self) -> bool:
        """Whether the figure is above its bound."""
        return self.bound is not None and self.figure > self.bound

    def __str__(self) -> str:
        bound = "" if self.bound is None else f"  <= {self.bound:g}{self.unit}"
        broken = "  BROKEN" if self.broken else ""
        return f"{self.name:<68}{self.figure:>9.4g}{self.unit}{bound}{broken}"


@dataclass(frozen=True)
class Spent:
    """What some work was asked of the model for, and how long it took."""

    calls: int
    characters: int
    tokens: int
    written: int
    seconds: float


class Bench:
    """One database of topics of several lengths, and the model that reads them."""

    def __init__(self, config: Config, model: ScriptedModel, most: int) -> None:
        self._config = config
        self._model = model
        self._most = most
        self._messages = joined(most + NEW)

    async def rows(self) -> list[Row]:
        """All figures, in the order of the work."""
        async with build_partner(self._config) as partner:
            very_long = await self._recorded(partner, "very long", self._most)
        memory, seconds = await asyncio.to_thread(_in_a_process_of_its_own, self._config, very_long)
        rows = await self._first()
        async with build_partner(self._config) as partner:
            rows += await self._ten_more(partner, min(CHAPTER, self._most), 0.2)
            if self._most >= LONG:
                rows += await self._ten_more(partner, LONG, 0.05)
            rows += [*await self._very_long(partner, very_long), await self._growing(partner)]
            rows += [await self._suggestions(partner, very_long), await self._at_once(partner)]
            rows += await self._priced(partner)
        return [
            *rows,
            Row(f"memory of a first reading of {self._most}, above idle", memory, " MB", 150),
            Row(f"first reading of {self._most}", seconds, " s"),
        ]

    async def _first(self) -> list[Row]:
        """A first brief beside what one would type who has no Moot."""
        messages = self._messages[:SHORT]
        chat = build_chat(self._config.llm)
        assert chat is not None
        baseline = Baseline(chat, CONTEXT)
        plain = await self._spent(baseline.summarise(Thread(_topic("plain"), messages, {})))
        await baseline.close()
        async with build_partner(self._config) as partner:
            topic = await self._recorded(partner, "first", SHORT)
            first = await self._spent(partner.summarise(topic))
        over = first.characters / plain.characters
        return [
            Row(f"calls for the first brief of {SHORT}", first.calls, "", 1),
            Row("    its characters, over the plain prompt's with the same thread", over, "", 1.6),
        ]

    async def _ten_more(self, partner: DiscussionPartner, count: int, bound: float) -> list[Row]:
        """Ten new messages, and an edited one, over the first reading."""
        name = f"{count} and more"
        topic = await self._recorded(partner, name, count)
        first = await self._spent(partner.summarise(topic))
        await self._recorded(partner, name, count + NEW)
        more = await self._spent(partner.summarise(topic))
        await self._edited(partner, name, count // 2)
        edited = await self._spent(partner.summarise(topic))
        edit_bound = None if count <= CHAPTER else 0.25
        return [
            Row(f"first reading of {count}", first.seconds, " s"),
            Row(f"    tokens of {NEW} more, over it", more.tokens / first.tokens, "", bound),
            Row("    tokens after an edit, over it", edited.tokens / first.tokens, "", edit_bound),
        ]

    async def _very_long(self, partner: DiscussionPartner, topic: int) -> list[Row]:
        """The stored brief, ten more, and who missed them."""
        stored = [(await self._spent(partner.summarise(topic))).seconds for _ in range(20)]
        anew = await self._recorded(partner, "very long, again", self._most)
        first = await self._spent(partner.summarise(anew))
        await self._recorded(partner, "very long, again", self._most + NEW)
        more = await self._spent(partner.summarise(anew))
        missed = await self._spent(partner.summarise(anew, since=str(self._most)))
        ratio, bound = more.tokens / first.tokens, 0.05 if self._most >= LONG else None
        return [
            Row(f"stored brief at {self._most}", statistics.median(stored) * 1000, " ms", 20),
            Row(f"tokens of {NEW} more on {self._most}, over the first reading", ratio, "", bound),
            Row("    seconds", more.seconds, " s"),
            Row("    and who missed them catches up", missed.seconds, " s"),
        ]

    async def _growing(self, partner: DiscussionPartner) -> Row:
        """A summary after every ten messages; a tool that reads all each time has 25 here."""
        most, spent = min(CHAPTER, self._most), 0
        whole = await self._recorded(partner, "at once", most)
        once = await self._spent(partner.summarise(whole))
        for count in range(NEW, most + 1, NEW):
            topic = await self._recorded(partner, "growing", count)
            spent += (await self._spent(partner.summarise(topic))).tokens
        name = f"tokens as it grows to {most} by tens, over those of one reading"
        return Row(name, spent / once.tokens, "", 8)

    async def _suggestions(self, partner: DiscussionPartner, very_long: int) -> Row:
        short = await self._recorded(partner, "short", SHORT)
        spent: list[int] = []
        for topic in (short, very_long):
            await partner.summarise(topic)
            spent.append((await self._spent(partner.suggest(topic, Wanted()))).tokens)
        name = f"tokens of suggest at {self._most}, over at {SHORT}"
        return Row(name, spent[1] / spent[0], "", 2)

    async def _at_once(self, partner: DiscussionPartner) -> Row:
        topic = await self._recorded(partner, "asked by many", SHORT)
        work = asyncio.gather(*(partner.summarise(topic) for _ in range(PEOPLE)))
        spent = await self._spent(work)
        return Row(f"readings for {PEOPLE} people who ask at once", spent.calls, "", 1)

    async def _priced(self, partner: DiscussionPartner) -> list[Row]:
        """The tokens that people's requests come to, read and written, where few say much."""
        few = [
            replace(each, author=Author(f"{place % FEW}", f"Person {place % FEW}"))
            for place, each in enumerate(self._messages[: SHORT + NEW])
        ]
        topic = (await partner.record(_topic("priced"), few[:SHORT])).topic_id
        first = await self._spent(partner.summarise(topic))
        drafts = await self._spent(partner.suggest(topic, Wanted()))
        answer = await self._spent(partner.ask(topic, "What speaks for it and what against it?"))
        await partner.record(_topic("priced"), few)
        more = await self._spent(partner.summarise(topic))
        missed = await self._spent(partner.summarise(topic, since=str(SHORT)))
        requests = {
            f"a first summary of {SHORT} by {FEW} people": first,
            f"    the same with {NEW} more": more,
            f"    what is new, of these {NEW}": missed,
            "    suggestions": drafts,
            "    an answer": answer,
        }
        return [
            row
            for name, spent in requests.items()
            for row in (
                Row(f"{name}: tokens read", spent.tokens),
                Row(f"{name}: tokens written", spent.written),
            )
        ]

    async def _recorded(self, partner: DiscussionPartner, name: str, count: int) -> int:
        return (await partner.record(_topic(name), self._messages[:count])).topic_id

    async def _edited(self, partner: DiscussionPartner, name: str, place: int) -> None:
        """One message says something else than before."""
        message: Message = self._messages[place]
        told = replace(message, content="I have changed my mind since, and would leave it all out.")
        await partner.record(_topic(name), (told,))

    async def _spent(self, work: Awaitable[Any]) -> Spent:
        self._model.forget()
        started = time.perf_counter()
        await work
        seconds, calls = time.perf_counter() - started, self._model.calls
        return Spent(
            calls=len(calls),
            characters=sum(call.characters for call in calls),
            tokens=sum(call.tokens for call in calls),
            written=sum(call.written for call in calls),
            seconds=seconds,
        )


def _topic(name: str) -> Topic:
    return Topic("bench", name, "A very long discussion")


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
        llm = LLMConfig(model="scripted", base_url=endpoint.url, timeout=120, context=CONTEXT)
        config = Config(database=DatabaseConfig(path=Path(folder) / "bench.db"), llm=llm)
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
